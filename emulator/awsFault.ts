/** An error as an AWS service answers it. */
export class AwsFault extends Error {
  constructor(
    /** The exception's name, for example `NoSuchOrganizationConformancePackException`. */
    readonly code: string,
    message: string,
    readonly httpStatus = 400,
    /** Members of the exception other than its message, for example `{ Reason: "INVALID_NEXT_TOKEN" }`. */
    readonly members: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = code;
  }
}

/** AWS's answer to a value that the service model forbids. */
export function validationException(value: unknown, member: string, constraint: string): AwsFault {
  const given =
    value === undefined || value === null ? "null" : `'${typeof value === "string" ? value : JSON.stringify(value)}'`;
  return new AwsFault(
    "ValidationException",
    `1 validation error detected: Value ${given} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

/** AWS's answer to a value of the wrong JSON type. */
export function serializationException(member: string, expected: string): AwsFault {
  return new AwsFault("SerializationException", `${member} is not ${expected}.`);
}

/** An answer that says no, in the words of the AWS service model. */
export class AwsFault extends Error {
  constructor(
    /** The exception's name, for example `NoSuchOrganizationConformancePackException`. */
    readonly code: string,
    message: string,
    readonly httpStatus = 400,
    /** What the exception says beside its message, for example `{ Reason: "INVALID_NEXT_TOKEN" }`. */
    readonly members: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = code;
  }
}

/** What AWS answers to a value that the service model forbids. */
export function validationException(value: unknown, member: string, constraint: string): AwsFault {
  const given =
    value === undefined || value === null ? "null" : `'${typeof value === "string" ? value : JSON.stringify(value)}'`;
  return new AwsFault(
    "ValidationException",
    `1 validation error detected: Value ${given} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

/** What AWS answers to a value of the wrong JSON type. */
export function serializationException(member: string, expected: string): AwsFault {
  return new AwsFault("SerializationException", `${member} is not ${expected}.`);
}

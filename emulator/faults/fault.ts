import { AwsFault } from "../services/awsFault";

/** How the emulator can misbehave. */
export const faultKinds = [
  "accessDenied",
  "expiredToken",
  "htmlBody",
  "invalidNextToken",
  "missingField",
  "repeatedNextToken",
  "resetConnection",
  "serverError",
  "slowResponse",
  "throttling",
  "truncatedBody",
  "unknownStatus",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** One misbehaviour, and the requests that it hits. */
export interface Fault {
  readonly kind: FaultKind;
  /** The operation it hits, for example `GetOrganizationConformancePackDetailedStatus`. Default: every one. */
  readonly operation?: string;
  /** The region it hits. Default: every one. */
  readonly region?: string;
  /** How many matching requests pass before it hits. Default 0. */
  readonly after?: number;
  /** How many matching requests it then hits. Default: all of them. */
  readonly times?: number;
  /** `slowResponse`: how long the answer takes. Default 60,000. */
  readonly delayMs?: number;
  /** `missingField`: which field the first row loses. Default `Status`. */
  readonly field?: "AccountId" | "ConformancePackName" | "Status";
}

/** What the services say in words of their own. Without an entry here, an operation is one of AWS Config. */
const serviceOf: ReadonlyMap<string, "organizations" | "sts"> = new Map([
  ["AssumeRole", "sts"],
  ["GetCallerIdentity", "sts"],
  ["DescribeOrganization", "organizations"],
  ["ListAccounts", "organizations"],
  ["ListDelegatedAdministrators", "organizations"],
]);

/** The IAM action of an operation, for example `organizations:ListAccounts`. */
export function actionOf(operation: string): string {
  return `${serviceOf.get(operation) ?? "config"}:${operation}`;
}

/** Throws the answer of a fault that is an AWS error. */
export function throwAwsError(fault: Fault, operation: string, principal: string): void {
  const service = serviceOf.get(operation);
  const action = actionOf(operation);
  switch (fault.kind) {
    case "accessDenied":
      throw new AwsFault(
        service === "sts" ? "AccessDenied" : "AccessDeniedException",
        `User: ${principal} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
        service === "sts" ? 403 : 400,
      );
    case "expiredToken":
      throw new AwsFault("ExpiredTokenException", "The security token included in the request is expired");
    case "invalidNextToken":
      throw service === "organizations"
        ? new AwsFault("InvalidInputException", "The NextToken is not valid.", 400, { Reason: "INVALID_NEXT_TOKEN" })
        : new AwsFault("InvalidNextTokenException", "The specified next token is not valid.");
    case "serverError":
      throw service === "organizations"
        ? new AwsFault("ServiceException", "AWS Organizations cannot complete the request. Try again later.", 500)
        : new AwsFault("InternalFailure", "The request processing has failed because of an unknown error.", 500);
    case "throttling":
      throw service === "organizations"
        ? new AwsFault("TooManyRequestsException", "You have sent too many requests in too short a period of time.")
        : new AwsFault("ThrottlingException", "Rate exceeded");
    default:
  }
}

/** Bends an answer as the fault says. */
export function bend(
  fault: Fault,
  input: Readonly<Record<string, unknown>>,
  output: Record<string, unknown>,
): Record<string, unknown> {
  const [first, ...rest] = (output.OrganizationConformancePackDetailedStatuses ?? []) as Record<string, unknown>[];
  if (fault.kind === "repeatedNextToken" && input.NextToken !== undefined) {
    return { ...output, NextToken: input.NextToken };
  }
  if (first && fault.kind === "unknownStatus") {
    return { ...output, OrganizationConformancePackDetailedStatuses: [{ ...first, Status: "CREATE_PAUSED" }, ...rest] };
  }
  if (first && fault.kind === "missingField") {
    const bent = { ...first, [fault.field ?? "Status"]: undefined };
    return { ...output, OrganizationConformancePackDetailedStatuses: [bent, ...rest] };
  }
  return output;
}

/** The faults that are set, and how often each has met a request. */
export class Faults {
  readonly #set: { readonly fault: Fault; met: number }[] = [];

  inject(fault: Fault): void {
    this.#set.push({ fault, met: 0 });
  }

  clear(): void {
    this.#set.length = 0;
  }

  /** The faults that hit this request; each that matches counts it. */
  hitting(operation: string, region: string): Fault[] {
    return this.#set
      .filter(
        ({ fault }) =>
          (fault.operation === undefined || fault.operation === operation) &&
          (fault.region === undefined || fault.region === region),
      )
      .filter((entry) => {
        const { after = 0, times = Infinity } = entry.fault;
        entry.met += 1;
        return entry.met > after && entry.met <= after + times;
      })
      .map(({ fault }) => fault);
  }
}

/** The ways in which the emulator can misbehave. */
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
  /** The operation it hits, for example `GetOrganizationConformancePackDetailedStatus`. Default: every operation. */
  readonly operation?: string;
  /** The region it hits. Default: every region. */
  readonly region?: string;
  /** The number of matching requests that pass before it hits. Default 0. */
  readonly after?: number;
  /** The number of matching requests that it then hits. Default: all of them. */
  readonly times?: number;
  /** `slowResponse`: how long the answer takes, in milliseconds. Default 60,000. */
  readonly delayMs?: number;
  /** `missingField`: the field that the first row loses. Default `Status`. */
  readonly field?: "AccountId" | "ConformancePackName" | "Status";
}

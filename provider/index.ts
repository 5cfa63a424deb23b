/**
 * What gathers and judges, for programs other than a Pulumi program: no engine is needed.
 *
 * @packageDocumentation
 */
export {
  AccessDeniedError,
  BadResponseError,
  CredentialsError,
  type ErrorContext,
  InvalidArgumentsError,
  InvalidTokenError,
  NoSuchOrganizationConformancePackError,
  OrgConformanceError,
  RepeatedTokenError,
  ServiceError,
  ThrottledError,
  TimedOutError,
  TooManyPagesError,
  UnreachableError,
} from "./errors";
export { type GatherOptions, gatherPackStatus, streamMemberStatuses } from "./gatherPackStatus";
export { harmless } from "./harmless";
export {
  type MemberOutcome,
  type MemberStatus,
  type OrganizationResourceDetailedStatus,
  organizationResourceDetailedStatuses,
  outcomeOf,
} from "./memberStatus";
export type { PackStatus, PackStatusArgs } from "./packStatus";
export { type FailOn, failOnValues, PackStatusProvider } from "./packStatusProvider";
export { report, type ReportOptions } from "./report";
export { type AssumeRole, type AwsSettings, readAwsSettings } from "./settings";
export type { Problem } from "./validation";
export {
  type Evidence,
  judge,
  type Judgement,
  type MemberCounts,
  type MissingAccount,
  type Reason,
  type Verdict,
  verdicts,
} from "./verdict";

/**
 * What gathers and judges, for programs other than a Pulumi program: no engine is needed.
 *
 * @packageDocumentation
 */
export {
  AccessDeniedError,
  AccountRefusedError,
  type AwsService,
  BadResponseError,
  ClockSkewError,
  CredentialsError,
  type ErrorContext,
  InvalidArgumentsError,
  InvalidTokenError,
  NoSuchOrganizationConformancePackError,
  NotSettledError,
  OrgConformanceError,
  RepeatedTokenError,
  ServiceError,
  ThrottledError,
  TimedOutError,
  TooManyPagesError,
  UnreachableError,
} from "./errors";
export type { CredentialsSource } from "./credentialsSource";
export type { AggregateStatus } from "./aggregateStatus";
export type { Expectation, UnexpectedCause } from "./expectation";
export { type FailOn, failOnValues, type GateArgs, type WaitForSettled } from "./gateArgs";
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
export { PackStatusProvider } from "./packStatusProvider";
export { report, type ReportOptions } from "./report";
export {
  decide,
  type DetailedDecision,
  type GateDecision,
  type Handling,
  handlings,
  type ToleratedAccount,
  type Tolerance,
} from "./tolerance";
export {
  type AssumeRole,
  type AssumeRoleSetting,
  type AssumeRoleWithWebIdentity,
  type AwsSettings,
  readAwsSettings,
} from "./settings";
export type { Problem } from "./validation";
export {
  type Evidence,
  judge,
  type Judgement,
  type MemberCounts,
  type MissingAccount,
  type Reason,
  type ReasonCode,
  type RegionEvidence,
  type RegionStatus,
  type UnexpectedMember,
  type Verdict,
  verdicts,
} from "./verdict";

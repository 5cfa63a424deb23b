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
} from "./errors/errors";
export type { CredentialsSource } from "./aws/credentialsSource";
export type { AggregateStatus } from "./aws/aggregateStatus";
export type { Expectation, UnexpectedCause } from "./status/expectation";
export { type FailOn, failOnValues, type GateArgs, type WaitForSettled } from "./gate/gateArgs";
export { type GatherOptions, gatherPackStatus, streamMemberStatuses } from "./lookup/gatherPackStatus";
export { harmless } from "./text/harmless";
export {
  type MemberOutcome,
  type MemberStatus,
  type OrganizationResourceDetailedStatus,
  organizationResourceDetailedStatuses,
  outcomeOf,
} from "./status/memberStatus";
export type { PackStatus, PackStatusArgs } from "./status/packStatus";
export { report, type ReportOptions } from "./gate/report";
export {
  decide,
  type DetailedDecision,
  type GateDecision,
  type Handling,
  handlings,
  type ToleratedAccount,
  type Tolerance,
} from "./gate/tolerance";
export {
  type AssumeRole,
  type AssumeRoleSetting,
  type AssumeRoleWithWebIdentity,
  type AwsSettings,
  readAwsSettings,
} from "./aws/settings";
export type { Problem } from "./checks/validation";
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
} from "./status/verdict";

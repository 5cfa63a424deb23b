/**
 * Lookup, verdict, exceptions and report, for programs without Pulumi.
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
  type CredentialsSource,
  type ErrorContext,
  InvalidArgumentsError,
  NoSuchOrganizationConformancePackError,
  NotSettledError,
  OrgConformanceError,
  PackListError,
  PaginationError,
  ServiceError,
  ThrottledError,
  TimedOutError,
  UnexpectedError,
  UnreachableError,
} from "./errors";
export type { AggregateStatus } from "./status/aggregateStatus";
export type { Expectation, UnexpectedCause } from "./status/expectation";
export { type FailOn, failOnValues, type GateArgs, type WaitForSettled } from "./gate/gateArgs";
export type { GatherOptions } from "./lookup/gatherOptions";
export { gatherPackStatus } from "./lookup/gatherPackStatus";
export type { MemberStatusesArgs } from "./lookup/memberStatusesArgs";
export { streamMemberStatuses } from "./lookup/streamMemberStatuses";
export { sanitize } from "./text/sanitize";
export {
  type MemberOutcome,
  type OrganizationResourceDetailedStatus,
  organizationResourceDetailedStatuses,
  outcomeOf,
} from "./status/detailedStatus";
export type { MemberStatus } from "./status/memberStatus";
export type { PackStatus } from "./status/packStatus";
export type { AccountOwner, AccountOwners } from "./status/accountOwner";
export type { OrganizationalUnit } from "./status/organizationalUnit";
export type { ExpectedUnits, PackStatusArgs } from "./status/packStatusArgs";
export { report, type ReportOptions } from "./gate/report";
export { decide } from "./gate/decideChecked";
export type { DetailedDecision, GateDecision } from "./gate/decision";
export type { ToleratedOutage } from "./gate/toleratedOutage";
export { type Handling, handlings, type ToleratedAccount, type ToleratedUnit, type Tolerance } from "./gate/tolerance";
export {
  type AssumeRole,
  type AssumeRoleSetting,
  type AssumeRoleWithWebIdentity,
  type AwsSettings,
  readAwsSettings,
} from "./aws/settings";
export type { Problem } from "./checks/problem";
export type { Evidence, RegionEvidence } from "./status/evidence";
export { judge } from "./status/judge";
export type { Judgement, RegionStatus } from "./status/judgement";
export type { MemberCounts } from "./status/memberCounts";
export type { MissingAccount } from "./status/missingAccounts";
export type { Reason, ReasonCode } from "./status/reasons";
export type { UnexpectedMember } from "./status/unexpectedMembers";
export { type Verdict, verdicts } from "./status/verdict";

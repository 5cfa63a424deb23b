/**
 * What a Pulumi program imports.
 *
 * @packageDocumentation
 */
export {
  type AssumeRoleArgs,
  getOrganizationConformancePackStatus,
  type GetOrganizationConformancePackStatusArgs,
  type GetOrganizationConformancePackStatusOptions,
  getOrganizationConformancePackStatusOutput,
  type GetOrganizationConformancePackStatusOutputArgs,
  type GetOrganizationConformancePackStatusOutputOptions,
  type GetOrganizationConformancePackStatusResult,
  type Inputs,
  organizationConformancePackMemberStatuses,
} from "./getOrganizationConformancePackStatus";
export {
  OrganizationConformancePackStatus,
  type OrganizationConformancePackStatusArgs,
  type OrganizationConformancePackStatusOptions,
  type ToleranceArgs,
  type WaitForSettledArgs,
} from "./organizationConformancePackStatus";
export type { AggregateStatus } from "../../core/status/aggregateStatus";
export {
  AccessDeniedError,
  AccountRefusedError,
  type AwsService,
  BadResponseError,
  ClockSkewError,
  CredentialsError,
  type ErrorContext,
  InvalidArgumentsError,
  NoSuchOrganizationConformancePackError,
  NotSettledError,
  OrgConformanceError,
  PaginationError,
  ServiceError,
  ThrottledError,
  TimedOutError,
  UnreachableError,
} from "../../core/errors";
export type { UnexpectedCause } from "../../core/status/expectation";
export type { FailOn, GateArgs, WaitForSettled } from "../../core/gate/gateArgs";
export type { MemberStatus } from "../../core/status/memberStatus";
export type { OrganizationResourceDetailedStatus } from "../../core/status/detailedStatus";
export type { PackStatus, PackStatusArgs } from "../../core/status/packStatus";

export type { AssumeRole } from "../../core/aws/settings";
export { decide } from "./decide";
export type { DetailedDecision, GateDecision } from "../../core/gate/decision";
export type { Handling, ToleratedAccount, Tolerance } from "../../core/gate/tolerance";
export type { Problem } from "../../core/checks/validation";
export type { MemberCounts } from "../../core/status/memberCounts";
export type { MissingAccount } from "../../core/status/missingAccounts";
export type { Reason, ReasonCode } from "../../core/status/reasons";
export type { RegionStatus } from "../../core/status/judgement";
export type { UnexpectedMember } from "../../core/status/unexpectedMembers";
export type { Verdict } from "../../core/status/verdict";

/**
 * The entry point of Pulumi programs.
 *
 * @packageDocumentation
 */
export {
  getOrganizationConformancePackStatus,
  type GetOrganizationConformancePackStatusArgs,
  type GetOrganizationConformancePackStatusOptions,
  type GetOrganizationConformancePackStatusResult,
} from "./getOrganizationConformancePackStatus";
export {
  type AssumeRoleArgs,
  getOrganizationConformancePackStatusOutput,
  type GetOrganizationConformancePackStatusOutputArgs,
  type GetOrganizationConformancePackStatusOutputOptions,
} from "./getOrganizationConformancePackStatusOutput";
export {
  streamOrganizationConformancePackMemberStatuses,
  type StreamOrganizationConformancePackMemberStatusesArgs,
} from "./streamOrganizationConformancePackMemberStatuses";
export {
  OrganizationConformancePackStatus,
  type OrganizationConformancePackStatusOptions,
} from "./organizationConformancePackStatus";
export type {
  OrganizationConformancePackStatusArgs,
  ToleranceArgs,
  WaitForSettledArgs,
} from "./organizationConformancePackStatusArgs";
export { decide } from "./decide";

export type { DetailedDecision, GateDecision } from "../../core/gate/decision";
export type { FailOn } from "../../core/gate/gateArgs";
export type { ToleratedOutage } from "../../core/gate/toleratedOutage";
export type { Handling, ToleratedAccount, ToleratedUnit, Tolerance } from "../../core/gate/tolerance";
export type { AccountOwner, AccountOwners } from "../../core/status/accountOwner";
export type { AggregateStatus } from "../../core/status/aggregateStatus";
export type { OrganizationResourceDetailedStatus } from "../../core/status/detailedStatus";
export type { RegionStatus } from "../../core/status/judgement";
export type { MemberCounts } from "../../core/status/memberCounts";
export type { MemberStatus } from "../../core/status/memberStatus";
export type { MissingAccount } from "../../core/status/missingAccounts";
export type { OrganizationalUnit } from "../../core/status/organizationalUnit";
export type { AssumeRole, ExpectedUnits } from "../../core/status/packStatusArgs";
export type { Reason, ReasonCode } from "../../core/status/reasons";
export type { UnexpectedMember } from "../../core/status/unexpectedMembers";
export type { Verdict } from "../../core/status/verdict";

export {
  AccessDeniedError,
  AccountRefusedError,
  type AwsService,
  BadResponseError,
  ClockSkewError,
  CredentialsError,
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
} from "../../core/errors";
export type { Problem } from "../../core/checks/problem";

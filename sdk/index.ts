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
export type { AggregateStatus } from "../provider/aggregateStatus";
export * from "../provider/errors";
export type { UnexpectedCause } from "../provider/expectation";
export type { FailOn, GateArgs, WaitForSettled } from "../provider/gateArgs";
export type { MemberStatus, OrganizationResourceDetailedStatus } from "../provider/memberStatus";
export type { PackStatus, PackStatusArgs } from "../provider/packStatus";

export type { AssumeRole } from "../provider/settings";
export {
  decide,
  type DetailedDecision,
  type GateDecision,
  type Handling,
  type ToleratedAccount,
  type Tolerance,
} from "../provider/tolerance";
export type { Problem } from "../provider/validation";
export type {
  MemberCounts,
  MissingAccount,
  Reason,
  ReasonCode,
  RegionStatus,
  UnexpectedMember,
  Verdict,
} from "../provider/verdict";

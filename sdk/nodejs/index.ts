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
export type { AggregateStatus } from "../../core/aws/aggregateStatus";
export * from "../../core/errors/errors";
export type { UnexpectedCause } from "../../core/status/expectation";
export type { FailOn, GateArgs, WaitForSettled } from "../../core/gate/gateArgs";
export type { MemberStatus, OrganizationResourceDetailedStatus } from "../../core/status/memberStatus";
export type { PackStatus, PackStatusArgs } from "../../core/status/packStatus";

export type { AssumeRole } from "../../core/aws/settings";
export {
  decide,
  type DetailedDecision,
  type GateDecision,
  type Handling,
  type ToleratedAccount,
  type Tolerance,
} from "../../core/gate/tolerance";
export type { Problem } from "../../core/checks/validation";
export type {
  MemberCounts,
  MissingAccount,
  Reason,
  ReasonCode,
  RegionStatus,
  UnexpectedMember,
  Verdict,
} from "../../core/status/verdict";

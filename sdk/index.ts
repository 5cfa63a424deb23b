/**
 * What a Pulumi program imports.
 *
 * @packageDocumentation
 */
export {
  getOrganizationConformancePackStatus,
  type GetOrganizationConformancePackStatusArgs,
  type GetOrganizationConformancePackStatusOptions,
  getOrganizationConformancePackStatusOutput,
  type GetOrganizationConformancePackStatusOutputArgs,
  type GetOrganizationConformancePackStatusOutputOptions,
  type GetOrganizationConformancePackStatusResult,
  organizationConformancePackMemberStatuses,
} from "./getOrganizationConformancePackStatus";
export {
  OrganizationConformancePackStatus,
  type OrganizationConformancePackStatusArgs,
  type OrganizationConformancePackStatusOptions,
} from "./organizationConformancePackStatus";
export * from "../provider/errors";
export type { MemberStatus, OrganizationResourceDetailedStatus } from "../provider/memberStatus";
export type { PackStatus, PackStatusArgs } from "../provider/packStatus";
export type { FailOn } from "../provider/packStatusProvider";
export type { Problem } from "../provider/validation";
export type { MemberCounts, MissingAccount, Reason, Verdict } from "../provider/verdict";

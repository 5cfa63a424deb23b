import { memberStatusAction } from "../aws/memberStatusPages";
import type { PackStatusArgs } from "../status/packStatusArgs";

const aggregateAction = "config:DescribeOrganizationConformancePackStatuses";
const organizationActions = ["config:DescribeOrganizationConformancePacks", "organizations:ListAccounts"];

/** The IAM actions that a lookup with these arguments needs, of whoever makes its calls: the last role that is assumed. */
export function neededActions({
  aggregate,
  expectedAccounts,
}: Pick<PackStatusArgs, "aggregate" | "expectedAccounts">): string[] {
  return [
    memberStatusAction,
    ...(aggregate === false ? [] : [aggregateAction]),
    ...(expectedAccounts === "organization" ? organizationActions : []),
  ];
}

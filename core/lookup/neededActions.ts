import { memberStatusAction } from "../aws/memberStatusPages";
import { packListAction } from "../aws/visiblePackNames";
import type { PackStatusArgs } from "../status/packStatusArgs";

const aggregateAction = "config:DescribeOrganizationConformancePackStatuses";
const organizationActions = [packListAction, "organizations:ListAccounts"];

/**
 * The IAM actions that a lookup with these arguments needs, of whoever makes its calls: the last role that is assumed.
 *
 * @param args - Their name is `*` for all packs.
 */
export function neededActions({
  aggregate,
  expectedAccounts,
  name,
}: Partial<Pick<PackStatusArgs, "aggregate" | "expectedAccounts" | "name">>): string[] {
  return [
    memberStatusAction,
    ...(aggregate === false ? [] : [aggregateAction]),
    ...(expectedAccounts === "organization" ? organizationActions : name === "*" ? [packListAction] : []),
  ];
}

import { accountTagsAction } from "../aws/accountTags";
import { memberStatusAction } from "../aws/memberStatusPages";
import { packListAction } from "../aws/visiblePackNames";
import { expectedUnitsOf } from "./treeOfLookup";
import type { PackStatusArgs } from "../status/packStatusArgs";

const aggregateAction = "config:DescribeOrganizationConformancePackStatuses";

/** The part of a lookup that decides on actions. */
export type NeedsOf = Partial<
  Pick<PackStatusArgs, "accountPaths" | "aggregate" | "expectedAccounts" | "name" | "ownerTag">
> & {
  readonly unitIds?: readonly string[] | undefined;
};

/**
 * The IAM actions that a lookup with these arguments needs, of whoever makes its calls: the last role that is assumed.
 *
 * @param args - Their name is `*` for all packs.
 */
export function neededActions(args: NeedsOf): string[] {
  const { accountPaths = false, aggregate, expectedAccounts, name, ownerTag, unitIds = [] } = args;
  const expectedUnits = expectedUnitsOf(args);
  const readsTree = accountPaths || expectedUnits !== undefined || unitIds.length > 0;
  const isFlat = !accountPaths && unitIds.length === 0 && expectedUnits?.recursive === false;
  const listsPacks = expectedAccounts === "organization" || expectedUnits !== undefined || name === "*";
  return [
    memberStatusAction,
    ...(aggregate === false ? [] : [aggregateAction]),
    ...(listsPacks ? [packListAction] : []),
    ...(expectedAccounts === "organization" ? ["organizations:ListAccounts"] : []),
    ...(accountPaths ? ["organizations:ListRoots"] : []),
    ...(readsTree ? ["organizations:ListAccountsForParent"] : []),
    ...(readsTree && !isFlat ? ["organizations:ListOrganizationalUnitsForParent"] : []),
    ...(ownerTag === undefined ? [] : [accountTagsAction]),
  ];
}

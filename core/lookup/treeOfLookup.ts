import { Failure, InvalidArgumentsError, ServiceError } from "../errors";
import { expectUnits } from "../status/expectation";
import type { Judgement } from "../status/judgement";
import type { OrganizationTree } from "../status/organization";
import { lineOf, type OrganizationalUnit } from "../status/organizationalUnit";
import { outdatedMembers } from "../status/outdatedMembers";
import type { ExpectedUnits, PackStatusArgs } from "../status/packStatusArgs";
import { unrecognizedMembers } from "../status/unrecognizedMembers";

/** The organizational units whose accounts are expected. */
export function expectedUnitsOf({
  expectedAccounts,
}: Pick<PackStatusArgs, "expectedAccounts">): ExpectedUnits | undefined {
  return typeof expectedAccounts === "object" && "organizationalUnits" in expectedAccounts
    ? expectedAccounts
    : undefined;
}

/** @throws A `Failure` when the whole tree was read, and a unit is not in it. */
export function refuseUnknownUnits(
  unitIds: readonly string[],
  { units }: OrganizationTree,
  { packName, region }: { readonly packName: string; readonly region: string },
): void {
  const unknown = unitIds.find((id) => !units.has(id));
  if (unknown === undefined) return;
  throw new Failure(ServiceError, {
    packName,
    region,
    service: "AWS Organizations",
    code: "ParentNotFoundException",
    nextStep: `Check ${unknown} in organizationalUnits: it may have been deleted, or belong to another organization.`,
  });
}

/** @throws `InvalidArgumentsError` when a unit that is expected has no account: nobody would be missed there. */
export function refuseEmptyUnits(expected: ExpectedUnits, tree: OrganizationTree, packName: string): void {
  const { required } = expectUnits(tree, expected, []);
  const parents = new Set([...required].flatMap((accountId) => tree.accounts.get(accountId)?.parentId ?? []));
  const withAccounts =
    expected.recursive === false
      ? parents
      : new Set([...parents].flatMap((parentId) => [...lineOf(parentId, tree.units)].map(({ id }) => id)));
  const empty = expected.organizationalUnits.filter((id) => !withAccounts.has(id));
  if (empty.length === 0) return;
  const hint = expected.recursive === false ? " With recursive: false, accounts of units inside it don't count." : "";
  const reason = `No active account, apart from the management account, is in ${empty.join(", ")}, so none could be missing there.${hint}`;
  throw new InvalidArgumentsError([{ property: "expectedAccounts.organizationalUnits", reason }], packName);
}

/** The units that accounts in trouble are in, and those that these are in, sorted by id. */
export function unitsInTrouble(tree: OrganizationTree, judgement: Judgement): OrganizationalUnit[] {
  const { failed, inProgress, members, missing } = judgement;
  const inTrouble = new Set(
    [...failed, ...inProgress, ...missing, ...unrecognizedMembers(members), ...outdatedMembers(judgement)].map(
      ({ accountId }) => accountId,
    ),
  );
  const accountsIn = new Map<string, string[]>();
  for (const accountId of [...inTrouble].sort()) {
    const parentId = tree.accounts.get(accountId)?.parentId;
    if (parentId === undefined) continue;
    for (const { id } of lineOf(parentId, tree.units)) accountsIn.set(id, accountsIn.get(id) ?? []);
    accountsIn.get(parentId)?.push(accountId);
  }
  return [...accountsIn]
    .map(([id, accountIds]) => ({ ...tree.units.get(id), id, accountIds }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

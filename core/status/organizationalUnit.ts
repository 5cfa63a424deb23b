/** An organizational unit or a root of the organization, and those accounts directly in it that a status is about. */
export interface OrganizationalUnit {
  /** `ou-…`, or `r-…` for a root. */
  readonly id: string;
  /** Sanitized; absent for a unit at which the reading began. */
  readonly name?: string;
  /** The unit or root that it is in; absent for a root, and where the reading began. */
  readonly parentId?: string;
  /** Accounts that are failed, unfinished, unknown or missing, 12 digits each. The healthy ones are left out. */
  readonly accountIds: readonly string[];
}

/** Units by id. */
export type UnitTable = ReadonlyMap<string, Pick<OrganizationalUnit, "id" | "name" | "parentId">>;

/** A unit, and those that it is in, up to where the table ends. */
export function* lineOf(
  unitId: string,
  units: UnitTable,
): Generator<Pick<OrganizationalUnit, "id" | "name" | "parentId">> {
  const seen = new Set<string>();
  let unit = units.get(unitId);
  // A table from a person's hand may go round in circles.
  while (unit && !seen.has(unit.id)) {
    seen.add(unit.id);
    yield unit;
    unit = unit.parentId === undefined ? undefined : units.get(unit.parentId);
  }
}

/** For each account, its path below the root: `Workloads/Production`. Accounts whose line does not end at a root have none. */
export function accountPaths(units: readonly OrganizationalUnit[] = []): ReadonlyMap<string, string> {
  const table = new Map(units.map((unit) => [unit.id, unit]));
  const paths = new Map<string, string>();
  for (const { accountIds, id } of units) {
    const line = [...lineOf(id, table)].reverse();
    const [root, ...below] = line;
    if (root?.id.startsWith("r-") !== true) continue;
    const path = below.length === 0 ? "Root" : below.map((unit) => unit.name ?? unit.id).join("/");
    for (const accountId of accountIds) paths.set(accountId, path);
  }
  return paths;
}

/** The accounts in some units, or in units inside them. */
export function accountsUnder(
  unitIds: readonly string[],
  units: readonly OrganizationalUnit[] = [],
): ReadonlySet<string> {
  const table = new Map(units.map((unit) => [unit.id, unit]));
  return new Set(
    units.flatMap(({ accountIds, id }) =>
      [...lineOf(id, table)].some((unit) => unitIds.includes(unit.id)) ? accountIds : [],
    ),
  );
}

/** Two tables as one: an account or a parent that one of them knows is known. */
export function mergeUnits(
  some: readonly OrganizationalUnit[],
  others: readonly OrganizationalUnit[],
): readonly OrganizationalUnit[] {
  const merged = new Map(some.map((unit) => [unit.id, unit]));
  for (const unit of others) {
    const known = merged.get(unit.id);
    const accountIds = [...new Set([...(known?.accountIds ?? []), ...unit.accountIds])].sort();
    merged.set(unit.id, { ...unit, ...known, accountIds });
  }
  return [...merged.values()];
}

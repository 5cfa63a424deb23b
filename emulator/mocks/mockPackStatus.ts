import type { AggregateStatus } from "../../core/status/aggregateStatus";
import { expectListed } from "../../core/status/expectation";
import { judge } from "../../core/status/judge";
import type { MemberStatus } from "../../core/status/memberStatus";
import type { PackStatus } from "../../core/status/packStatus";
import { byAccountThenRegion } from "../../core/status/place";
import type { Tolerance } from "../../core/gate/tolerance";

/** The parts of a mocked status. Each has a default. */
export interface MockPackStatusArgs {
  readonly name?: string;
  readonly regions?: readonly string[];
  /** Default: one healthy account. A row needs an `accountId`; its default status is `CREATE_SUCCESSFUL`. */
  readonly members?: readonly (Pick<MemberStatus, "accountId"> & Partial<MemberStatus>)[];
  readonly expectedAccounts?: readonly string[];
  /** AWS's status of the whole pack, by region. Default: it was not read. */
  readonly aggregates?: Readonly<Record<string, AggregateStatus>>;
  /** Default: no row is stuck. */
  readonly stuckAfterMinutes?: number;
  /** The resource's own `tolerate`. */
  readonly tolerate?: Tolerance;
}

const defaultMembers = [{ accountId: "111111111111" }];

/**
 * A status as a lookup would return it, for the `call` of `pulumi.runtime.setMocks`. The same function judges it as a
 * real one.
 */
export function mockPackStatus(args: MockPackStatusArgs = {}): PackStatus {
  const { aggregates = {}, expectedAccounts, name = "mocked", regions = ["us-east-1"], stuckAfterMinutes } = args;
  const members = (args.members ?? defaultMembers)
    .map((member): MemberStatus => ({
      region: regions[0] ?? "us-east-1",
      conformancePackName: `OrgConformsPack-${name}-mocked00`,
      status: "CREATE_SUCCESSFUL",
      ...member,
    }))
    .sort(byAccountThenRegion);
  const parts = regions.map((region) => ({
    region,
    ...(aggregates[region] && { aggregate: aggregates[region] }),
    ...(expectedAccounts && { expectation: expectListed(expectedAccounts) }),
  }));
  return { name, regions, ...judge({ regions: parts, members, stuckAfterMinutes }) };
}

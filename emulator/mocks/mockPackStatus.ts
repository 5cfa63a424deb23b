import type { AggregateStatus } from "../../core/status/aggregateStatus";
import type { MemberStatus } from "../../core/status/memberStatus";
import { byAccountThenRegion } from "../../core/status/place";
import type { PackStatus } from "../../core/status/packStatus";
import { encodeState, type GateState } from "../../provider/gateState";
import { expectListed } from "../../core/status/expectation";
import { decide } from "../../core/gate/decide";
import type { Tolerance } from "../../core/gate/tolerance";
import { judge } from "../../core/status/judge";

/** What a mocked status is made of. Everything has a default. */
export interface MockPackStatusArgs {
  readonly name?: string;
  readonly regions?: readonly string[];
  /** Default: one healthy account. A row needs an `accountId`; its status is `CREATE_SUCCESSFUL` unless it says another. */
  readonly members?: readonly (Pick<MemberStatus, "accountId"> & Partial<MemberStatus>)[];
  readonly expectedAccounts?: readonly string[];
  /** By region, AWS's status of the whole pack. Default: it was not asked. */
  readonly aggregates?: Readonly<Record<string, AggregateStatus>>;
  /** Default: no row is called stuck. */
  readonly stuckAfterMinutes?: number;
  /** What the resource's own `tolerate` is. */
  readonly tolerate?: Tolerance;
}

/**
 * A status as a lookup would return it, for the `call` of `pulumi.runtime.setMocks`. The verdict is made by the same
 * function as a real one.
 */
export function mockPackStatus(args: MockPackStatusArgs = {}): PackStatus {
  const { aggregates = {}, expectedAccounts, name = "mocked", regions = ["us-east-1"], stuckAfterMinutes } = args;
  const members = (args.members ?? [{ accountId: "111111111111" }])
    .map((member): MemberStatus => ({
      region: regions[0] ?? "us-east-1",
      conformancePackName: `OrgConformsPack-${name}-mocked00`,
      status: "CREATE_SUCCESSFUL",
      ...member,
    }))
    .sort(byAccountThenRegion);
  return {
    name,
    regions,
    ...judge({
      regions: regions.map((region) => ({
        region,
        ...(aggregates[region] && { aggregate: aggregates[region] }),
        ...(expectedAccounts && { expectation: expectListed(expectedAccounts) }),
      })),
      members,
      stuckAfterMinutes,
    }),
  };
}

/** The same as the state of an `OrganizationConformancePackStatus`, for the `newResource` of `pulumi.runtime.setMocks`. */
export function mockPackStatusState(args: MockPackStatusArgs = {}): GateState {
  const status = mockPackStatus(args);
  return encodeState(status, new Date(), decide(status, args.tolerate));
}

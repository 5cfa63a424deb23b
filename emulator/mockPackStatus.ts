import type { MemberStatus } from "../provider/memberStatus";
import { byAccountThenRegion } from "../provider/memberStatus";
import type { PackStatus } from "../provider/packStatus";
import { encodePackStatus, type PackStatusState } from "../provider/packStatusState";
import { judge } from "../provider/verdict";

/** What a mocked status is made of. Everything has a default. */
export interface MockPackStatusArgs {
  readonly name?: string;
  readonly regions?: readonly string[];
  /** Default: one healthy account. A row needs an `accountId`; its status is `CREATE_SUCCESSFUL` unless it says another. */
  readonly members?: readonly (Pick<MemberStatus, "accountId"> & Partial<MemberStatus>)[];
  readonly expectedAccounts?: readonly string[];
}

/**
 * A status as a lookup would return it, for the `call` of `pulumi.runtime.setMocks`. The verdict is made by the same
 * function as a real one.
 */
export function mockPackStatus(args: MockPackStatusArgs = {}): PackStatus {
  const { name = "mocked", regions = ["us-east-1"], expectedAccounts } = args;
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
    ...judge({ regions, members, ...(expectedAccounts && { expectedAccounts }) }),
    members,
  };
}

/** The same as the state of an `OrganizationConformancePackStatus`, for the `newResource` of `pulumi.runtime.setMocks`. */
export function mockPackStatusState(args: MockPackStatusArgs = {}): PackStatusState {
  return encodePackStatus(mockPackStatus(args), new Date());
}

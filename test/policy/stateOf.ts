import { decide } from "../../core/gate/decide";
import type { GateArgs } from "../../core/gate/gateArgs";
import type { Tolerance } from "../../core/gate/tolerance";
import type { AggregateStatus } from "../../core/status/aggregateStatus";
import type { Evidence, RegionEvidence } from "../../core/status/evidence";
import { expectListed } from "../../core/status/expectation";
import { judge } from "../../core/status/judge";
import type { MemberStatus } from "../../core/status/memberStatus";
import { byAccountThenRegion } from "../../core/status/place";
import { encodeState, type GateState } from "../../provider/gateState";

/** Account ids that a reader tells apart: 100000000001, 100000000002, … */
export const account = (index: number): string => String(100_000_000_000 + index);

/** Rows with the same status and error, healthy ones by default. */
export function rows(count: number, row: Partial<MemberStatus> = {}, first = 1): MemberStatus[] {
  return Array.from({ length: count }, (_, index) => ({
    accountId: account(first + index),
    region: "us-east-1",
    conformancePackName: "OrgConformsPack-1a2b3c4d",
    status: "CREATE_SUCCESSFUL",
    ...row,
  }));
}

/** What a status is made of beside its rows. */
export interface Others extends Partial<Omit<Evidence, "members" | "regions">> {
  /** Default: us-east-1. */
  readonly regions?: readonly (string | RegionEvidence)[];
  /** AWS's status of the whole pack, in every region that has none of its own. */
  readonly aggregate?: string | AggregateStatus;
  /** In every region that has no expectation of its own. */
  readonly expectedAccounts?: readonly string[];
  /** The arguments of the gate beside those of the lookup. */
  readonly args?: GateArgs;
}

/** The state of a gate on the pack `security-baseline`, looked up just now. */
export function stateOf(members: readonly MemberStatus[], others: Others = {}): GateState & GateArgs {
  const { aggregate, args = {}, expectedAccounts, regions: given = ["us-east-1"], ...evidence } = others;
  const regions = given.map((region) => ({
    ...(aggregate !== undefined && { aggregate: typeof aggregate === "string" ? { status: aggregate } : aggregate }),
    ...(expectedAccounts && { expectation: expectListed(expectedAccounts) }),
    ...(typeof region === "string" ? { region } : region),
  }));
  const status = {
    name: "security-baseline",
    regions: regions.map(({ region }) => region),
    ...judge({ regions, members: members.toSorted(byAccountThenRegion), ...evidence }),
  };
  return { ...encodeState(status, new Date(), decide(status, args.tolerate)), ...args };
}

/** The same with arguments of its own: the ones beside those of the lookup. */
export function gateOf(members: readonly MemberStatus[], args: GateArgs, others: Others = {}): GateState & GateArgs {
  return stateOf(members, { ...others, args });
}

/** An exception for one account. */
export function excepting(index: number, others: Omit<Exception, "accountId" | "reason"> = {}): Tolerance {
  return { accounts: [{ accountId: account(index), reason: "Ann decided it.", ...others }] };
}

type Exception = NonNullable<Tolerance["accounts"]>[number];

/** What AWS says of an account without a recorder. */
export const noRecorder = {
  status: "CREATE_FAILED",
  errorCode: "NoAvailableConfigurationRecorderException",
  errorMessage: "There are no configuration recorders available to put the conformance pack.",
} as const;

/** A region that did not answer, or has no such pack. */
export function silent(region: string, code: "noSuchPack" | "regionUnanswered" = "regionUnanswered"): RegionEvidence {
  return { region, failure: { code, message: `${region} says no.`, nextStep: "Ask again." } };
}

import type { GateArgs } from "../../core/gate/gateArgs";
import { report } from "../../core/gate/report";
import { decideForWait } from "../../core/gate/settled";
import type { Tolerance } from "../../core/gate/tolerance";
import type { MemberStatus } from "../../core/status/memberStatus";
import { notPassed } from "../../core/status/verdict";
import { createPolicies } from "../../policy/policies";
import { decodeState } from "../../provider/gateState";
import { type EvaluatedResource, newUrn, stackViolationsOf, violationsOf } from "./evaluate";
import { account, excepting, gateOf, noRecorder, type Others, rows } from "./stateOf";

const waits =
  "The pack has not settled yet: the update waits for it and judges it then (waitForSettled). As it is now:";
const resourcePolicies = ["memberFailed", "incomplete", "inProgress"] as const;
type Name = (typeof resourcePolicies)[number] | "settled";

let run = createPolicies();

beforeEach(() => {
  run = createPolicies();
});

/** What the end of the run says beside the violations. */
const notices = (resources: readonly EvaluatedResource[] = []) => stackViolationsOf(run.tolerated, resources);

/** The policies that report something. */
async function reportedBy(props: object, urn = newUrn(), config: object = {}): Promise<Name[]> {
  const reporting: Name[] = [];
  for (const name of resourcePolicies) {
    const violations = await violationsOf(run[name], { props, urn }, config);
    if (violations.length > 0) reporting.push(name);
  }
  if ((await stackViolationsOf(run.settled, [{ props, urn }])).length > 0) reporting.push("settled");
  return reporting;
}

const inWork = { status: "CREATE_IN_PROGRESS" };

/** What time may heal, and who reports it when nobody waits. */
const unsettled: { what: string; members: MemberStatus[]; others?: Others; reporting: Name[] }[] = [
  { what: "rows in progress", members: rows(2, inWork), reporting: ["inProgress"] },
  {
    what: "a failed row beside one in progress",
    members: [...rows(1, noRecorder), ...rows(1, inWork, 2)],
    reporting: ["memberFailed", "inProgress"],
  },
  {
    what: "a stuck row",
    members: rows(1, { ...inWork, lastUpdateTime: "2026-01-01T00:00:00.000Z" }),
    others: { stuckAfterMinutes: 60 },
    reporting: ["inProgress"],
  },
  {
    what: "a missing account",
    members: rows(1),
    others: { expectedAccounts: [1, 2].map(account) },
    reporting: ["incomplete"],
  },
  { what: "no row at all", members: [], reporting: ["incomplete"] },
  {
    what: "an aggregate in progress over clean rows",
    members: rows(1),
    others: { aggregate: "UPDATE_IN_PROGRESS" },
    reporting: ["inProgress"],
  },
  {
    what: "an aggregate in progress that disagrees with failed rows",
    members: rows(1, noRecorder),
    others: { aggregate: "UPDATE_IN_PROGRESS" },
    reporting: ["memberFailed", "inProgress"],
  },
];

describe.each(unsettled)("$what", ({ members, others, reporting }) => {
  test.each<GateArgs>([
    { waitForSettled: true },
    { waitForSettled: { timeoutSeconds: 60 } },
    { waitForSettled: true, failOn: "notPassed" },
    { waitForSettled: true, tolerate: { inProgress: "allow" } },
  ])("is no violation while the update waits, and is reported once as awaited: %j", async (args) => {
    const urn = newUrn();
    expect(await reportedBy(gateOf(members, args, others), urn)).toEqual([]);
    // With the report on all that the wait is for, whichever policy checks it.
    const status = decodeState(gateOf(members, args, others));
    const { remaining } = decideForWait(status, args.tolerate);
    expect(await notices()).toEqual([[`${waits}\n${report(remaining, notPassed, { isAwaited: true }) ?? ""}`, urn]]);
  });

  test.each<GateArgs>([
    {},
    { waitForSettled: false },
    // The update would open for what has not settled then.
    { waitForSettled: true, failOn: "never" },
    { waitForSettled: true, failOn: "failed" },
  ])("is judged where nobody waits: %j", async (args) => {
    expect(await reportedBy(gateOf(members, args, others))).toEqual(reporting);
    expect(await notices()).toEqual([]);
  });

  test("is judged by settled where nobody waits, and no resource policy is in the pack", async () => {
    const isSettledsBusiness = reporting.some((name) => name !== "inProgress");
    const props = gateOf(members, { waitForSettled: true, failOn: "never" }, others);
    expect(await stackViolationsOf(run.settled, [{ props }])).toHaveLength(isSettledsBusiness ? 1 : 0);
  });

  test("is judged when an earlier run looked it up: that run has waited", async () => {
    const props = {
      ...gateOf(members, { waitForSettled: true }, others),
      lookedUpAt: new Date(Date.now() - 86_400_000).toISOString(),
    };
    // Each policy also says that it is of an earlier run.
    for (const name of resourcePolicies) {
      expect(await violationsOf(run[name], { props })).toHaveLength(reporting.includes(name) ? 2 : 1);
    }
    const isSettledsBusiness = reporting.some((name) => name !== "inProgress");
    expect(await stackViolationsOf(run.settled, [{ props }])).toHaveLength(isSettledsBusiness ? 2 : 1);
    expect(await notices()).toEqual([]);
  });

  test("is judged with maxStatusAgeMinutes: a saved state waits for nothing", async () => {
    const props = gateOf(members, { waitForSettled: true }, others);
    const config = { maxStatusAgeMinutes: 60 };
    for (const name of resourcePolicies) {
      expect(await violationsOf(run[name], { props }, config)).toHaveLength(reporting.includes(name) ? 1 : 0);
    }
    const isSettledsBusiness = reporting.some((name) => name !== "inProgress");
    expect(await stackViolationsOf(run.settled, [{ props }], config)).toHaveLength(isSettledsBusiness ? 1 : 0);
    expect(await notices()).toEqual([]);
  });
});

test.each<{ what: string; after: MemberStatus[]; isSaid: boolean }>([
  { what: "nothing, once it has settled", after: rows(2), isSaid: false },
  { what: "how it was, while it has not, as at the end of a preview", after: rows(2, inWork), isSaid: true },
])("of a wait, the end of the run says $what", async ({ after, isSaid }) => {
  const urn = newUrn();
  const args = { waitForSettled: true };
  expect(await reportedBy(gateOf(rows(2, inWork), args), urn)).toEqual([]);
  const said = await notices([{ props: gateOf(rows(1), {}) }, { props: gateOf(after, args), urn }]);
  expect(said.map(([, on]) => on)).toEqual(isSaid ? [urn] : []);
  // The update waits, so that nobody is to run the command again.
  expect(said.join()).not.toContain("Next: wait");
  expect(await notices()).toEqual([]);
});

test("a wait is reported without excepted accounts, and with those that may be in progress", async () => {
  const tolerate = { ...excepting(1), inProgress: "allow" } as const;
  const members = [...rows(1, noRecorder), ...rows(1, inWork, 2)];
  expect(await reportedBy(gateOf(members, { waitForSettled: true, tolerate }))).toEqual([]);
  const said = (await notices()).flat().join("\n");
  expect(said).toContain(account(2));
  expect(said).not.toContain(account(1));
});

test("an awaited status does not count as judged, so that settled judges it as it is at the end", async () => {
  const members = [...rows(1, noRecorder), ...rows(1, inWork, 2)];
  const urn = newUrn();
  expect(await reportedBy(gateOf(members, { waitForSettled: true }), urn)).toEqual([]);
  expect(await stackViolationsOf(run.settled, [{ props: gateOf(members, {}), urn }])).toHaveLength(1);
  const after = gateOf([...rows(1, noRecorder), ...rows(1, {}, 2)], { waitForSettled: true });
  expect(await stackViolationsOf(run.settled, [{ props: after, urn }])).toHaveLength(1);
});

test.each<{ what: string; members: MemberStatus[]; args: GateArgs; others?: Others; reporting: Name[] }>([
  { what: "failed rows alone", members: rows(2, noRecorder), args: {}, reporting: ["memberFailed"] },
  {
    what: "an aggregate that failed over clean rows",
    members: rows(1),
    args: {},
    others: { aggregate: "UPDATE_FAILED" },
    reporting: ["memberFailed"],
  },
  {
    what: "an aggregate that disagrees with failed rows",
    members: rows(1, noRecorder),
    args: {},
    others: { aggregate: "CREATE_SUCCESSFUL" },
    reporting: ["memberFailed"],
  },
  {
    what: "a pack that is being deleted",
    members: rows(1),
    args: {},
    others: { aggregate: "DELETE_IN_PROGRESS" },
    reporting: ["incomplete"],
  },
  { what: "an unknown status", members: rows(1, { status: "CREATE_PAUSED" }), args: {}, reporting: ["incomplete"] },
  {
    what: "a failed row beside one in progress that has an exception",
    members: [...rows(1, noRecorder), ...rows(1, inWork, 2)],
    args: { tolerate: excepting(2) },
    reporting: ["memberFailed"],
  },
])("no update waits for $what: it is judged at once", async ({ args, members, others, reporting }) => {
  const props = gateOf(members, { ...args, waitForSettled: true }, others);
  expect(await reportedBy(props)).toEqual(reporting);
  expect((await notices()).join()).not.toContain(waits);
});

describe("a policy with a tolerance of its own", () => {
  const says =
    "The update waits for this pack and judges it then by the resource's own tolerate. This policy has a different one.\n    Next: give the resource the same tolerate, or none.";
  const reported = (resource: Tolerance | undefined, policy: Tolerance | undefined) =>
    Promise.all(
      resourcePolicies.map((name) =>
        violationsOf(
          run[name],
          { props: gateOf(rows(2, inWork), { waitForSettled: true, ...(resource && { tolerate: resource }) }) },
          { ...(policy && { tolerate: policy }) },
        ),
      ),
    );

  test.each<{ what: string; resource?: Tolerance; policy?: Tolerance; refused: boolean }>([
    { what: "neither has any", refused: false },
    { what: "only the resource has one", resource: excepting(9), refused: false },
    { what: "only the policy has one, so that the update judges by none", policy: excepting(9), refused: false },
    { what: "both have the same", resource: excepting(9), policy: excepting(9), refused: false },
    { what: "the policy's is different", resource: excepting(9), policy: excepting(8), refused: true },
    { what: "the policy has no exceptions", resource: excepting(9), policy: {}, refused: true },
  ])("is violated while the update waits ($refused) where $what", async ({ policy, refused, resource }) => {
    expect(await reported(resource, policy)).toEqual(refused ? [[says], [says], [says]] : [[], [], []]);
    expect(await notices()).toHaveLength(refused ? 0 : 3);
  });
});

import { incomplete, inProgress, memberFailed, settled } from "../../policy/index";
import { type GateArgs } from "../../core/gate/gateArgs";
import type { Tolerance } from "../../core/gate/tolerance";
import {
  account,
  excepting,
  gateOf,
  newUrn,
  noRecorder,
  notices,
  rows,
  stackViolationsOf,
  violationsOf,
} from "./evaluate";

const waits = "It has not settled yet: the update waits for it, and judges it then (waitForSettled). As it is now:";
const resourcePolicies = { memberFailed, incomplete, inProgress };
type Name = keyof typeof resourcePolicies | "settled";

/** The policies that report something. */
async function reportedBy(props: object, urn = newUrn(), config: object = {}): Promise<Name[]> {
  const reporting: Name[] = [];
  for (const [name, policy] of Object.entries(resourcePolicies)) {
    const violations = await violationsOf(policy, { props, urn }, config);
    if (violations.length > 0) reporting.push(name as Name);
  }
  if ((await stackViolationsOf(settled, [{ props, urn }])).length > 0) reporting.push("settled");
  return reporting;
}

const inWork = { status: "CREATE_IN_PROGRESS" };
const aggregate = (status: string) => ({ aggregates: { "us-east-1": { status } } });

/** What time may heal, and who reports it when nobody waits. */
const unsettled: { what: string; members: ReturnType<typeof rows>; others?: object; reporting: Name[] }[] = [
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
    others: aggregate("UPDATE_IN_PROGRESS"),
    reporting: ["inProgress"],
  },
  {
    what: "an aggregate in progress that disagrees with failed rows",
    members: rows(1, noRecorder),
    others: aggregate("UPDATE_IN_PROGRESS"),
    reporting: ["memberFailed", "inProgress"],
  },
];

beforeEach(async () => {
  await notices();
});

describe.each(unsettled)("$what", ({ members, others, reporting }) => {
  test.each<GateArgs>([
    { waitForSettled: true },
    { waitForSettled: { timeoutSeconds: 60 } },
    { waitForSettled: true, failOn: "notPassed" },
    { waitForSettled: true, tolerate: { inProgress: "allow" } },
  ])("is no violation while the update waits, which is said once: %j", async (args) => {
    const urn = newUrn();
    expect(await reportedBy(gateOf(members, args, others), urn)).toEqual([]);
    // With the report of all that is in the way, also of what other policies are about.
    const [[message] = [""], ...more] = await notices();
    expect(message.split("\n")).toEqual([
      waits,
      expect.stringMatching(/^Organization conformance pack "security-baseline" in us-east-1: ./),
      ...message.split("\n").slice(2),
    ]);
    expect(message.split(waits)).toHaveLength(2);
    expect(more).toEqual([]);
    const unawaited = await Promise.all(
      reporting.map((name) =>
        violationsOf(resourcePolicies[name as keyof typeof resourcePolicies], { props: gateOf(members, {}, others) }),
      ),
    );
    for (const [violation] of unawaited) expect(message).toContain(/: (.*)/.exec(violation ?? "")?.[1]?.split(". ")[0]);
  });

  test.each<GateArgs>([
    {},
    { waitForSettled: false },
    // The update would let pass what is not settled then.
    { waitForSettled: true, failOn: "never" },
    { waitForSettled: true, failOn: "failed" },
  ])("is judged where nobody waits: %j", async (args) => {
    expect(await reportedBy(gateOf(members, args, others))).toEqual(reporting);
    expect(await notices()).toEqual([]);
  });

  test("is judged by settled where nobody waits, and no resource policy is in the pack", async () => {
    const stands = reporting.some((name) => name !== "inProgress");
    const props = gateOf(members, { waitForSettled: true, failOn: "never" }, others);
    expect(await stackViolationsOf(settled, [{ props }])).toHaveLength(stands ? 1 : 0);
  });

  test("is judged when an earlier run looked it up: that run has waited", async () => {
    const props = {
      ...gateOf(members, { waitForSettled: true }, others),
      lookedUpAt: new Date(Date.now() - 86_400_000).toISOString(),
    };
    // Each policy also says that it is of an earlier run.
    for (const [name, policy] of Object.entries(resourcePolicies)) {
      expect(await violationsOf(policy, { props })).toHaveLength(reporting.includes(name as Name) ? 2 : 1);
    }
    const stands = reporting.some((name) => name !== "inProgress");
    expect(await stackViolationsOf(settled, [{ props }])).toHaveLength(stands ? 2 : 1);
    expect(await notices()).toEqual([]);
  });

  test("is judged with maxStatusAgeMinutes: a saved state waits for nothing", async () => {
    const props = gateOf(members, { waitForSettled: true }, others);
    const config = { maxStatusAgeMinutes: 60 };
    for (const [name, policy] of Object.entries(resourcePolicies)) {
      expect(await violationsOf(policy, { props }, config)).toHaveLength(reporting.includes(name as Name) ? 1 : 0);
    }
    const stands = reporting.some((name) => name !== "inProgress");
    expect(await stackViolationsOf(settled, [{ props }], config)).toHaveLength(stands ? 1 : 0);
    expect(await notices()).toEqual([]);
  });
});

test.each<{ what: string; after: ReturnType<typeof rows>; isSaid: boolean }>([
  { what: "nothing, once it has settled", after: rows(2), isSaid: false },
  { what: "how it stood, while it has not: at the end of a preview", after: rows(2, inWork), isSaid: true },
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

test("what is said of a wait says nothing of what is excepted, and all of what may be in progress", async () => {
  const tolerate = { ...excepting(1), inProgress: "allow" } as const;
  const members = [...rows(1, noRecorder), ...rows(1, inWork, 2)];
  expect(await reportedBy(gateOf(members, { waitForSettled: true, tolerate }))).toEqual([]);
  const said = (await notices()).flat().join("\n");
  expect(said).toContain(account(2));
  expect(said).not.toContain(account(1));
});

test("a status that is awaited is not remembered as judged: what it became, or stayed, is", async () => {
  const members = [...rows(1, noRecorder), ...rows(1, inWork, 2)];
  const urn = newUrn();
  expect(await reportedBy(gateOf(members, { waitForSettled: true }), urn)).toEqual([]);
  expect(await stackViolationsOf(settled, [{ props: gateOf(members, {}), urn }])).toHaveLength(1);
  const after = gateOf([...rows(1, noRecorder), ...rows(1, {}, 2)], { waitForSettled: true });
  expect(await stackViolationsOf(settled, [{ props: after, urn }])).toHaveLength(1);
});

test.each<{ what: string; members: ReturnType<typeof rows>; args: GateArgs; others?: object; reporting: Name[] }>([
  { what: "failed rows alone", members: rows(2, noRecorder), args: {}, reporting: ["memberFailed"] },
  {
    what: "an aggregate that failed over clean rows",
    members: rows(1),
    args: {},
    others: aggregate("UPDATE_FAILED"),
    reporting: ["memberFailed"],
  },
  {
    what: "an aggregate that disagrees with failed rows",
    members: rows(1, noRecorder),
    args: {},
    others: aggregate("CREATE_SUCCESSFUL"),
    reporting: ["memberFailed"],
  },
  {
    what: "a pack that is being deleted",
    members: rows(1),
    args: {},
    others: aggregate("DELETE_IN_PROGRESS"),
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

describe("a policy whose tolerance is another than that by which the update judges", () => {
  const says =
    "The update waits for this pack, and judges it then by the resource's own tolerate. This policy has another.\n    Next: give the resource the same tolerate, or none.";
  const run = (resource: Tolerance | undefined, policy: Tolerance | undefined) =>
    Promise.all(
      Object.values(resourcePolicies).map((each) =>
        violationsOf(
          each,
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
    { what: "the policy's is another", resource: excepting(9), policy: excepting(8), refused: true },
    { what: "the policy's lets nothing pass", resource: excepting(9), policy: {}, refused: true },
  ])("is violated while the update waits, where $what: $refused", async ({ policy, refused, resource }) => {
    expect(await run(resource, policy)).toEqual(refused ? [[says], [says], [says]] : [[], [], []]);
    expect(await notices()).toHaveLength(refused ? 0 : 3);
  });
});

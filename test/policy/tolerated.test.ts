import type { ResourceValidationPolicy } from "@pulumi/policy";
import { decide } from "../../core/gate/decide";
import type { Tolerance } from "../../core/gate/tolerance";
import type { MemberStatus } from "../../core/status/memberStatus";
import { createPolicies } from "../../policy/policies";
import { decodeState } from "../../provider/gateState";
import { newUrn, stackViolationsOf, violationsOf } from "./evaluate";
import { account, excepting, gateOf, noRecorder, type Others, rows, silent } from "./stateOf";

let run = createPolicies();

beforeEach(() => {
  run = createPolicies();
});

const notices = () => stackViolationsOf(run.tolerated, []);

/** A run of all resource policies over one resource. */
async function judge(props: object, { config = {}, urn = newUrn() }: { config?: object; urn?: string } = {}) {
  for (const policy of [run.memberFailed, run.incomplete, run.inProgress])
    await violationsOf(policy, { props, urn }, config);
  return urn;
}

const inWork = { status: "UPDATE_IN_PROGRESS" };

test.each<{ what: string; members: MemberStatus[]; tolerate: Tolerance; others?: Others; says: RegExp[] }>([
  {
    what: "an exception for a failed account",
    members: [...rows(1, noRecorder), ...rows(1, {}, 2)],
    tolerate: excepting(1),
    says: [/^Account 100000000001 is CREATE_FAILED in us-east-1.* Ann decided it\.$/],
  },
  {
    what: "an exception for a missing account, with its last day",
    members: rows(1, {}, 2),
    tolerate: excepting(1, { expires: "2999-12-31" }),
    others: { expectedAccounts: [1, 2].map(account) },
    says: [/^Account 100000000001 is missing .* 2999-12-31/],
  },
  {
    what: "failures within a limit",
    members: [...rows(1, noRecorder), ...rows(3, {}, 2)],
    tolerate: { maxFailedAccounts: 1, maxFailedPercent: 25 },
    says: [/^1 of 4 accounts failed: .*maxFailedAccounts 1 .*maxFailedPercent 25/],
  },
  {
    what: "a pack that may be in progress",
    members: rows(2, inWork),
    tolerate: { inProgress: "allow" },
    says: [/^2 of 2 accounts are in progress\. .*Allowed.*inProgress/],
  },
  {
    what: "a region that may be without the pack, with a warning",
    members: rows(1),
    tolerate: { noSuchPack: "warn" },
    others: { regions: ["us-east-1", silent("eu-west-1", "noSuchPack")] },
    says: [/^eu-west-1 says no\. .*warning.*noSuchPack/],
  },
  {
    what: "an exception that is no longer needed",
    members: rows(1),
    tolerate: excepting(1),
    says: [/^The exception for 100000000001 .* Remove it\.$/],
  },
  {
    what: "exceptions first, then warnings",
    members: [...rows(1, noRecorder), ...rows(2, inWork, 2)],
    tolerate: { ...excepting(1), maxFailedAccounts: 5, inProgress: "warn" },
    says: [/^Account 100000000001 is CREATE_FAILED/, /^2 of 3 accounts are in progress\. .*warning/],
  },
])("it reports $what, on the resource, in the words of the decision", async ({ members, others, says, tolerate }) => {
  const state = gateOf(members, { tolerate }, others);
  const { tolerated, warnings } = decide(decodeState(state), tolerate);
  const text = [...tolerated, ...warnings].join("\n");
  expect(text.split("\n")).toEqual(says.map((pattern) => expect.stringMatching(pattern) as string));

  const own = await judge(state);
  expect(await notices()).toEqual([[text, own]]);
  const configured = await judge(gateOf(members, {}, others), { config: { tolerate } });
  expect(await notices()).toEqual([[text, configured]]);
});

test.each<{ what: string; members: MemberStatus[]; tolerate?: Tolerance }>([
  { what: "no tolerance, and no trouble", members: rows(3) },
  { what: "no tolerance", members: rows(3, noRecorder) },
  { what: "an empty one", members: rows(3, inWork), tolerate: {} },
  { what: "limits that are not needed", members: rows(3), tolerate: { maxFailedAccounts: 2, inProgress: "allow" } },
  { what: "a limit that is passed", members: rows(3, noRecorder), tolerate: { maxFailedAccounts: 2 } },
  {
    what: "an exception that expired, which the violation reports",
    members: rows(1, noRecorder),
    tolerate: excepting(1, { expires: "2020-01-01" }),
  },
  { what: "refusals in words", members: rows(1, inWork), tolerate: { inProgress: "refuse", noSuchPack: "refuse" } },
])("it reports nothing where there is $what", async ({ members, tolerate }) => {
  await judge(gateOf(members, { ...(tolerate && { tolerate }) }));
  expect(await notices()).toEqual([]);
});

test("it reports each exception once a run, however many policies applied it", async () => {
  const props = gateOf(rows(1, noRecorder), { tolerate: excepting(1) });
  const urn = await judge(props);
  await judge(props, { urn });
  await stackViolationsOf(run.settled, [{ props, urn }]);
  const [[message] = [""], ...others] = await notices();
  expect(message.split("\n")).toHaveLength(1);
  expect(others).toEqual([]);
  expect(await notices()).toEqual([]);
});

test("it reports the exceptions of each resource on that resource", async () => {
  const first = await judge(gateOf(rows(1, noRecorder), { tolerate: excepting(1) }));
  const second = await judge(gateOf(rows(1, noRecorder, 2), { tolerate: excepting(2) }));
  expect((await notices()).map(([message, urn]) => [/\d{12}/.exec(message)?.[0], urn])).toEqual([
    [account(1), first],
    [account(2), second],
  ]);
});

test("it reports what each policy allowed by settings of its own", async () => {
  const props = gateOf([...rows(1, noRecorder), ...rows(1, inWork, 2)], {});
  const urn = newUrn();
  const judgeBy = (policy: ResourceValidationPolicy, tolerate: Tolerance) =>
    violationsOf(policy, { props, urn }, { tolerate });
  await judgeBy(run.memberFailed, { maxFailedAccounts: 1 });
  await judgeBy(run.inProgress, { inProgress: "allow" });
  expect(await notices()).toEqual([
    [
      "1 of 2 accounts failed: within maxFailedAccounts 1.\n1 of 2 accounts is in progress. Allowed by tolerate.inProgress.",
      urn,
    ],
  ]);
});

test.each([
  { count: 20, lines: 20, last: /^Account 100000000020 / },
  { count: 21, lines: 21, last: /^and 1 more notice$/ },
  { count: 45, lines: 21, last: /^and 25 more notices$/ },
])("of $count sentences, it shows 20 and counts the others", async ({ count, last, lines }) => {
  const accounts = rows(count).map(({ accountId }) => ({ accountId, reason: "Ann decided it." }));
  await judge(gateOf(rows(count, noRecorder), { tolerate: { accounts } }));
  const [[message] = [""]] = await notices();
  expect(message.split("\n")).toHaveLength(lines);
  expect(message.split("\n").at(-1)).toMatch(last);
});

test("a reason can't drive a terminal or a CI system", async () => {
  const reason = "red\u001b[31m\r\n::error::oops\n##vso[task.complete]\u202e";
  await judge(gateOf(rows(1, noRecorder), { tolerate: { accounts: [{ accountId: account(1), reason }] } }));
  const [[message] = [""]] = await notices();
  expect(message).toContain("Excepted: red");
  // eslint-disable-next-line no-control-regex -- They are what must not be there.
  expect(message).not.toMatch(/[\u0000-\u001f\u202e]|::error|##vso/);
});

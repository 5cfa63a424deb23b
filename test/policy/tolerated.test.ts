import type { ResourceValidationPolicy } from "@pulumi/policy";
import { incomplete, inProgress, memberFailed, settled, tolerated } from "../../policy/index";
import type { Tolerance } from "../../core/gate/tolerance";
import {
  account,
  excepting,
  gateOf,
  memberOf,
  newUrn,
  noRecorder,
  notices,
  rows,
  stackViolationsOf,
  stateOfEvidence,
  violationsOf,
} from "./evaluate";

/** A run of all resource policies over one resource. */
async function judge(props: object, { config = {}, urn = newUrn() }: { config?: object; urn?: string } = {}) {
  for (const policy of [memberFailed, incomplete, inProgress]) await violationsOf(policy, { props, urn }, config);
  return urn;
}

beforeEach(async () => {
  await notices();
});

test("it is an advisory stack policy", () => {
  expect(tolerated).toMatchObject({
    name: "organization-conformance-pack-tolerated",
    enforcementLevel: "advisory",
  });
});

const inWork = { status: "UPDATE_IN_PROGRESS" };
const ann = "Ann decided it.";

test.each<{ what: string; members: ReturnType<typeof rows>; tolerate: Tolerance; others?: object; says: string[] }>([
  {
    what: "a failed account",
    members: [...rows(1, noRecorder), ...rows(1, {}, 2)],
    tolerate: excepting(1),
    says: [`Account 100000000001 is CREATE_FAILED in us-east-1: tolerated, ${ann}`],
  },
  {
    what: "an exception with an end",
    members: rows(1, { status: "CREATE_PAUSED" }),
    tolerate: excepting(1, { expires: "2999-12-31" }),
    says: [`Account 100000000001 is CREATE_PAUSED in us-east-1: tolerated until 2999-12-31, ${ann}`],
  },
  {
    what: "an account in several regions",
    members: [...rows(1, noRecorder), ...rows(1, { ...inWork, region: "eu-west-1" })],
    tolerate: excepting(1),
    others: { regions: ["us-east-1", "eu-west-1"] },
    says: [`Account 100000000001 is CREATE_FAILED in us-east-1, UPDATE_IN_PROGRESS in eu-west-1: tolerated, ${ann}`],
  },
  {
    what: "a missing account",
    members: rows(1, {}, 2),
    tolerate: excepting(1),
    others: { expectedAccounts: [1, 2].map(account) },
    says: [`Account 100000000001 is missing in us-east-1: tolerated, ${ann}`],
  },
  {
    what: "what is within a limit",
    members: [...rows(1, noRecorder), ...rows(3, {}, 2)],
    tolerate: { maxFailedAccounts: 1, maxFailedPercent: 25 },
    says: ["1 of 4 accounts failed: within maxFailedAccounts 1 and maxFailedPercent 25."],
  },
  {
    what: "what is in progress, allowed",
    members: rows(2, inWork),
    tolerate: { inProgress: "allow" },
    says: ["2 of 2 accounts are in progress. It is allowed, by inProgress."],
  },
  {
    what: "what is in progress, with a warning",
    members: rows(2, inWork),
    tolerate: { inProgress: "warn" },
    says: ["2 of 2 accounts are in progress. It is let pass with a warning, by inProgress."],
  },
  {
    what: "an exception that nothing needs any more",
    members: rows(1),
    tolerate: excepting(1),
    says: ["The exception for 100000000001 matches nothing: the account has nothing to be excused. Remove it."],
  },
  {
    what: "an exception for an account that is not there",
    members: rows(1),
    tolerate: excepting(2, { regions: ["us-east-1", "eu-west-1"] }),
    says: [
      "The exception for 100000000002 in us-east-1, eu-west-1 matches nothing: there is no such account. Remove it.",
    ],
  },
  {
    what: "an expired exception that nothing needs",
    members: rows(1),
    tolerate: excepting(1, { expires: "2020-01-01" }),
    says: [
      "The exception for 100000000001 matches nothing: the account has nothing to be excused. Remove it. It expired on 2020-01-01.",
    ],
  },
  {
    what: "several things, what was let pass first",
    members: [...rows(1, noRecorder), ...rows(2, inWork, 2)],
    tolerate: { ...excepting(1), maxFailedAccounts: 5, inProgress: "warn" },
    says: [
      `Account 100000000001 is CREATE_FAILED in us-east-1: tolerated, ${ann}`,
      "2 of 3 accounts are in progress. It is let pass with a warning, by inProgress.",
    ],
  },
])("it tells of $what, on the resource", async ({ members, others, says, tolerate }) => {
  const own = await judge(gateOf(members, { tolerate }, others));
  expect(await notices()).toEqual([[says.join("\n"), own]]);
  const configured = await judge(gateOf(members, {}, others), { config: { tolerate } });
  expect(await notices()).toEqual([[says.join("\n"), configured]]);
});

test.each<{ what: string; members: ReturnType<typeof rows>; tolerate?: Tolerance }>([
  { what: "no tolerance, and no trouble", members: rows(3) },
  { what: "no tolerance", members: rows(3, noRecorder) },
  { what: "an empty one", members: rows(3, inWork), tolerate: {} },
  { what: "limits that nothing needs", members: rows(3), tolerate: { maxFailedAccounts: 2, inProgress: "allow" } },
  { what: "a limit that is passed", members: rows(3, noRecorder), tolerate: { maxFailedAccounts: 2 } },
  {
    what: "an exception that expired, which the violation tells of",
    members: rows(1, noRecorder),
    tolerate: excepting(1, { expires: "2020-01-01" }),
  },
  { what: "refusals in words", members: rows(1, inWork), tolerate: { inProgress: "refuse", noSuchPack: "refuse" } },
])("it says nothing where there is $what", async ({ members, tolerate }) => {
  await judge(gateOf(members, { ...(tolerate && { tolerate }) }));
  expect(await notices()).toEqual([]);
});

test.each(["allow", "warn"] as const)("it tells of a region without the pack, with noSuchPack %s", async (handling) => {
  const state = stateOfEvidence({
    regions: [
      { region: "us-east-1" },
      {
        region: "eu-west-1",
        failure: { code: "noSuchPack", message: "No such pack in eu-west-1.", nextStep: "Put it." },
      },
    ],
    members: [memberOf(1)],
  });
  const urn = await judge({ ...state, tolerate: { noSuchPack: handling } });
  const how = handling === "allow" ? "It is allowed" : "It is let pass with a warning";
  expect(await notices()).toEqual([[`No such pack in eu-west-1. ${how}, by noSuchPack.`, urn]]);
});

test("it says each thing once, however many policies let it pass, and once a run", async () => {
  const props = gateOf(rows(1, noRecorder), { tolerate: excepting(1) });
  const urn = await judge(props);
  await judge(props, { urn });
  await stackViolationsOf(settled, [{ props, urn }]);
  const [[message] = [""], ...others] = await notices();
  expect(message.split("\n")).toHaveLength(1);
  expect(others).toEqual([]);
  expect(await notices()).toEqual([]);
});

test("it tells two resources apart", async () => {
  const first = await judge(gateOf(rows(1, noRecorder), { tolerate: excepting(1) }));
  const second = await judge(gateOf(rows(1, noRecorder, 2), { tolerate: excepting(2) }));
  expect((await notices()).map(([message, urn]) => [/\d{12}/.exec(message)?.[0], urn])).toEqual([
    [account(1), first],
    [account(2), second],
  ]);
});

test("it tells of what each policy let pass by settings of its own", async () => {
  const props = gateOf([...rows(1, noRecorder), ...rows(1, inWork, 2)], {});
  const urn = newUrn();
  const run = (policy: ResourceValidationPolicy, tolerate: Tolerance) =>
    violationsOf(policy, { props, urn }, { tolerate });
  await run(memberFailed, { maxFailedAccounts: 1 });
  await run(inProgress, { inProgress: "allow" });
  expect(await notices()).toEqual([
    [
      "1 of 2 accounts failed: within maxFailedAccounts 1.\n1 of 2 accounts is in progress. It is allowed, by inProgress.",
      urn,
    ],
  ]);
});

test.each([
  { count: 20, lines: 20, last: /^Account 100000000020 / },
  { count: 21, lines: 21, last: /^and 1 more notice$/ },
  { count: 45, lines: 21, last: /^and 25 more notices$/ },
])("of $count sentences, it says 20 and counts the others", async ({ count, last, lines }) => {
  const accounts = rows(count).map(({ accountId }) => ({ accountId, reason: "Ann decided it." }));
  await judge(gateOf(rows(count, noRecorder), { tolerate: { accounts } }));
  const [[message] = [""]] = await notices();
  expect(message.split("\n")).toHaveLength(lines);
  expect(message.split("\n").at(-1)).toMatch(last);
});

test("a reason cannot drive a terminal or a CI system", async () => {
  const reason = "red\u001b[31m\r\n::error::oops\n##vso[task.complete]\u202e";
  await judge(gateOf(rows(1, noRecorder), { tolerate: { accounts: [{ accountId: account(1), reason }] } }));
  const [[message] = [""]] = await notices();
  expect(message).toContain("tolerated, red");
  // eslint-disable-next-line no-control-regex -- They are what must not be there.
  expect(message).not.toMatch(/[\u0000-\u001f\u202e]|::error|##vso/);
});

import { report } from "../../core/gate/report";
import * as judging from "../../core/status/judge";
import type { MemberStatus } from "../../core/status/memberStatus";
import { createPolicies } from "../../policy/policies";
import * as gateState from "../../provider/gateState";
import { newUrn, stackViolationsOf, statusType, unknown, UnknownValueError, violationsOf } from "./evaluate";
import { account, noRecorder, type Others, rows, silent, stateOf } from "./stateOf";

const names = ["memberFailed", "inProgress", "incomplete"] as const;
type Name = (typeof names)[number];

let run = createPolicies();

beforeEach(() => {
  run = createPolicies();
});

/** What each policy reports, of those that report anything. */
async function reportedBy(props: object, config: object = {}): Promise<Partial<Record<Name, string>>> {
  const reported: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const violations = await violationsOf(run[name], { props }, config);
    if (violations.length > 0) reported[name] = violations.join("\n");
  }
  return reported;
}

const inWork = { status: "UPDATE_IN_PROGRESS" };
const everything = stateOf(
  [...rows(2, noRecorder), ...rows(2, inWork, 3), ...rows(2, { status: "CREATE_PAUSED" }, 5), ...rows(244, {}, 7)],
  { expectedAccounts: [...rows(250)].map(({ accountId }) => accountId).concat(account(998), account(999)) },
);

test.each([{}, { maxAccountsShown: 1 }, { maxGroupsShown: 1 }])(
  "a violation is the report on what the policy checks, and on nothing else, with the settings %j",
  async (settings) => {
    const status = gateState.decodeState(everything);
    expect(await reportedBy(everything, settings)).toEqual({
      memberFailed: report(status, ["FAILED"], settings),
      inProgress: report(status, ["IN_PROGRESS"], settings),
      incomplete: report(status, ["INCOMPLETE"], settings),
    });
  },
);

/** The numbers of the accounts that a text names. */
const accountsIn = (text = ""): number[] => (text.match(/\b1000000000\d\d\b/g) ?? []).map((id) => Number(id) % 100);

const old = "2026-01-01T00:00:00.000Z";
const updating = { status: "UPDATE_IN_PROGRESS", lastUpdateTime: "2026-01-02T00:00:00.000Z" };
const deleted = { status: "DELETE_SUCCESSFUL" };

test.each<[what: string, members: MemberStatus[], others: Others, reported: Partial<Record<Name, number[]>>]>([
  ["healthy accounts", rows(250), {}, {}],
  ["healthy accounts, as the aggregate is", rows(3), { aggregate: "CREATE_SUCCESSFUL" }, {}],
  ["a healthy and a former member", [...rows(1), ...rows(1, deleted, 2)], {}, {}],
  ["failed accounts", [...rows(2, noRecorder), ...rows(3, {}, 3)], {}, { memberFailed: [1, 2] }],
  [
    "an account that AWS can't delete from",
    [...rows(1), ...rows(1, { status: "DELETE_FAILED" }, 2)],
    {},
    { memberFailed: [2] },
  ],
  ["failed accounts, as the aggregate is", rows(1, noRecorder), { aggregate: "CREATE_FAILED" }, { memberFailed: [1] }],
  [
    "failed accounts that the aggregate doesn't show",
    rows(1, noRecorder),
    { aggregate: "UPDATE_SUCCESSFUL" },
    { memberFailed: [1] },
  ],
  ["an aggregate that failed over healthy accounts", rows(3), { aggregate: "UPDATE_FAILED" }, { memberFailed: [] }],
  [
    "failed accounts in one region, and an aggregate that failed in another",
    [...rows(1, noRecorder), ...rows(1, { region: "eu-west-1" })],
    { regions: ["us-east-1", "eu-west-1"], aggregate: "CREATE_FAILED" },
    { memberFailed: [1] },
  ],
  ["a pack that AWS failed to delete", rows(3), { aggregate: "DELETE_FAILED" }, { memberFailed: [] }],
  ["accounts in progress", [...rows(2, inWork), ...rows(1, {}, 3)], {}, { inProgress: [1, 2] }],
  [
    "an account that is being deleted",
    [...rows(1), ...rows(1, { status: "DELETE_IN_PROGRESS" }, 2)],
    {},
    { inProgress: [2] },
  ],
  [
    "stuck accounts",
    [...rows(1, { ...inWork, lastUpdateTime: old }), ...rows(1, inWork, 2)],
    { stuckAfterMinutes: 60 },
    { inProgress: [1, 2] },
  ],
  ["an aggregate in progress over healthy accounts", rows(3), { aggregate: "UPDATE_IN_PROGRESS" }, { inProgress: [] }],
  [
    "accounts that an update has not reached yet",
    [
      ...rows(1, inWork),
      ...rows(1, { lastUpdateTime: old }, 2),
      ...rows(1, { lastUpdateTime: "2026-01-03T00:00:00.000Z" }, 3),
    ],
    { aggregate: updating },
    { inProgress: [1, 2] },
  ],
  [
    "accounts of an unknown status",
    [...rows(1), ...rows(2, { status: "CREATE_PAUSED" }, 2)],
    {},
    { incomplete: [2, 3] },
  ],
  [
    "missing accounts",
    [...rows(1), ...rows(1, deleted, 2)],
    { expectedAccounts: [1, 2, 3].map(account) },
    { incomplete: [2, 3] },
  ],
  ["no member", [], {}, { incomplete: [] }],
  ["former members alone", rows(2, deleted), {}, { incomplete: [] }],
  ["a region that did not answer", rows(1), { regions: ["us-east-1", silent("eu-west-1")] }, { incomplete: [] }],
  [
    "a region without the pack",
    rows(1),
    { regions: ["us-east-1", silent("eu-west-1", "noSuchPack")] },
    { incomplete: [] },
  ],
  ["a pack that is being deleted", rows(1), { aggregate: "DELETE_IN_PROGRESS" }, { incomplete: [] }],
  ["a pack that is deleted", rows(1), { aggregate: "DELETE_SUCCESSFUL" }, { incomplete: [] }],
  ["an aggregate of an unknown status", rows(1), { aggregate: "CREATE_PAUSED" }, { incomplete: [] }],
])(
  "a violation comes from the one policy that checks it, and names the accounts: %s",
  async (_what, members, others, reported) => {
    const violations = await reportedBy(stateOf(members, others));
    expect(Object.fromEntries(Object.entries(violations).map(([name, text]) => [name, accountsIn(text)]))).toEqual(
      reported,
    );
  },
);

test("AWS's text and an account's name can't drive a terminal or a CI system", async () => {
  const hostile = "bad\u001b[31mred\u001b[0m\r\n::error file=a::oops\n##vso[task.complete]\u202e<{%fg 1%}>\u0007";
  const props = stateOf(rows(1, { ...noRecorder, errorMessage: hostile, accountName: hostile }), {
    aggregate: { status: "DELETE_FAILED", errorMessage: hostile },
  });
  const { memberFailed = "" } = await reportedBy(props);
  expect(memberFailed.match(/badred/g)).toHaveLength(3);
  // eslint-disable-next-line no-control-regex -- They are what must not be there.
  expect(memberFailed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|\n::error|\n##vso|<\{%/);
});

test("two packs of one stack are judged each for itself", async () => {
  expect(Object.keys(await reportedBy(stateOf(rows(1, noRecorder))))).toEqual(["memberFailed"]);
  expect(Object.keys(await reportedBy(stateOf(rows(1))))).toEqual([]);
});

test("one state is decoded and judged once a run, whichever policies ask for it", async () => {
  const decode = jest.spyOn(gateState, "decodeState");
  const judge = jest.spyOn(judging, "judge");
  const props = stateOf(rows(10_000));
  judge.mockClear();
  const [first, second] = [newUrn(), newUrn()];
  for (const urn of [first, second]) {
    for (const policy of [...names.map((name) => run[name]), run.settled]) await violationsOf(policy, { props, urn });
  }
  await stackViolationsOf(
    run.settled,
    [first, second].map((urn) => ({ props, urn })),
  );
  await stackViolationsOf(run.tolerated, [{ props, urn: first }]);
  expect([decode.mock.calls.length, judge.mock.calls.length]).toEqual([1, 1]);

  const other = stateOf(rows(9_999));
  judge.mockClear();
  for (const name of names) await violationsOf(run[name], { props: other, urn: first });
  expect([decode.mock.calls.length, judge.mock.calls.length]).toEqual([2, 1]);
  jest.restoreAllMocks();
});

describe.each(names)("%s", (name) => {
  test.each([
    "aws:cfg/organizationConformancePack:OrganizationConformancePack",
    "pulumi:pulumi:Stack",
    `${statusType}2`,
    "conformance:OrganizationConformancePackStatus",
    "",
  ])("leaves a resource of the type %j alone", async (type) => {
    expect(await violationsOf(run[name], { type, props: stateOf(rows(1, noRecorder)) })).toEqual([]);
    expect(await violationsOf(run[name], { type, props: { name: unknown } })).toEqual([]);
  });
});

describe("a resource of which something is unknown before the update", () => {
  const state = stateOf(rows(1, noRecorder));
  test.each<[what: string, props: object]>([
    ["the name, before any lookup", { name: unknown }],
    ["one of the regions", { ...state, regions: ["us-east-1", unknown] }],
    ["the verdict", { ...state, verdict: unknown }],
    ["a part of a group", { ...state, failedGroups: [{ ...state.failedGroups[0], accountIds: unknown }] }],
    ["a list", { ...state, failedGroups: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2" }],
    ["an argument that no policy reads", { ...state, expectedAccounts: [unknown] }],
  ])("is reported by memberFailed alone, in the policy SDK's words: %s", async (_what, props) => {
    await expect(violationsOf(run.memberFailed, { props })).rejects.toThrow(UnknownValueError);
    await expect(violationsOf(run.memberFailed, { props })).rejects.toThrow(/can't be known during preview$/);
    expect(await violationsOf(run.incomplete, { props })).toEqual([]);
    expect(await violationsOf(run.inProgress, { props })).toEqual([]);
  });
});

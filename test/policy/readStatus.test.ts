import { reason } from "../../core/status/reasons";
import { incomplete, inProgress, memberFailed, settled } from "../../policy/index";
import type { RegionEvidence } from "../../core/status/evidence";
import { version } from "../../core/version";
import { harm } from "../core/text/hostileText";
import {
  account,
  excepting,
  memberOf,
  newUrn,
  noRecorder,
  rows,
  stackViolationsOf,
  stateOf,
  stateOfEvidence,
  violationsOf,
} from "./evaluate";

const unreadable = expect.stringMatching(
  /^This resource holds no status that can be judged\. .*\n {4}Next: if the run has targets, add this resource/,
) as string;

const failed = stateOf([...rows(1, noRecorder), ...rows(2, {}, 2)]);
const passed = stateOf(rows(3));
const inWork = stateOf(rows(3, { status: "CREATE_IN_PROGRESS" }));
const failedAndMissing = stateOf(rows(1, noRecorder), { expectedAccounts: [account(1), account(2)] });
const stuck = stateOf(
  [
    ...rows(1, { status: "CREATE_IN_PROGRESS", lastUpdateTime: "2026-01-01T00:00:00.000Z" }),
    ...rows(1, { status: "CREATE_IN_PROGRESS" }, 2),
  ],
  { stuckAfterMinutes: 60 },
);
const twoRegions = stateOf([...rows(1, noRecorder), ...rows(1, { region: "eu-west-1" })], {
  regions: ["us-east-1", "eu-west-1"],
  aggregates: { "us-east-1": { status: "CREATE_FAILED" }, "eu-west-1": { status: "UPDATE_FAILED" } },
});
const oneSilent = stateOfEvidence({
  regions: [
    { region: "us-east-1" },
    {
      region: "eu-west-1",
      failure: { code: "regionUnanswered", message: "It took too long.", nextStep: "Try again." },
    },
  ],
  members: [memberOf(1, noRecorder)],
});
const aggregated = (status: string, members = rows(1)) =>
  stateOf(members, { aggregates: { "us-east-1": { status, errorCode: "InternalError" } } });
const evidenceOfOne = { regions: [{ region: "us-east-1" }], members: [memberOf(1)] };
const noPackInOne = stateOfEvidence({
  ...evidenceOfOne,
  regions: [
    { region: "us-east-1" },
    {
      region: "eu-west-1",
      failure: { code: "noSuchPack", message: "No such pack in eu-west-1.", nextStep: "Put it." },
    },
  ],
});
const aggregate = { status: "CREATE_SUCCESSFUL" };
const cleared = { verdict: "PASSED", reasons: [] };
const without = (state: object, key: string) => Object.fromEntries(Object.entries(state).filter(([k]) => k !== key));

const cases: Record<string, object> = {
  "nothing but arguments": { name: "security-baseline" },
  "nothing at all": {},
  ...Object.fromEntries(
    [
      "name",
      "verdict",
      "reasons",
      "counts",
      "missing",
      "failedGroups",
      "otherGroups",
      "lookedUpAt",
      "regions",
      "regionStatuses",
      "decision",
      "unexpectedRows",
    ].map((key) => [`no ${key}`, without(failed, key)]),
  ),
  "groups that are no list": { ...passed, otherGroups: {} },
  "a group without accounts": { ...passed, otherGroups: [{ region: "us-east-1", status: "CREATE_SUCCESSFUL" }] },
  "a time that is none": { ...passed, lookedUpAt: "yesterday" },
  "a decision that is none": { ...passed, decision: { ...passed.decision, verdict: "FINE" } },
  "a region that has no status": { ...twoRegions, regionStatuses: twoRegions.regionStatuses.slice(0, 1) },
  "a status of a region that was not asked": { ...passed, regionStatuses: twoRegions.regionStatuses },
  "its regions in another order than their statuses": { ...twoRegions, regions: ["eu-west-1", "us-east-1"] },
  "a verdict that there is not": { ...passed, verdict: "FINE" },
  "a verdict better than its reasons": { ...failed, verdict: "PASSED" },
  "a verdict worse than its reasons": { ...passed, verdict: "FAILED" },
  "failed rows that a reason tells of, and that there are not": {
    ...passed,
    verdict: "FAILED",
    reasons: failed.reasons,
  },
  "unfinished rows that a reason tells of, and that there are not": {
    ...passed,
    verdict: "IN_PROGRESS",
    reasons: inWork.reasons,
  },
  "a verdict better than its last reason": {
    ...failedAndMissing,
    verdict: "INCOMPLETE",
    reasons: [...failedAndMissing.reasons].reverse(),
  },
  "a failed row that no reason tells of": { ...failed, verdict: "PASSED", reasons: [] },
  "a failed row that hides behind a remark": {
    ...failed,
    verdict: "PASSED",
    reasons: [{ verdict: "PASSED", message: "All is well." }],
  },
  "an unfinished row that no reason tells of": { ...inWork, verdict: "PASSED", reasons: [] },
  "a status that is not known, and passed": {
    ...stateOf(rows(1, { status: "CREATE_PAUSED" })),
    verdict: "PASSED",
    reasons: [],
  },
  "fewer rows than it counts": { ...passed, otherGroups: [] },
  "more rows than it counts": { ...passed, failedGroups: failed.failedGroups },
  "failed rows that another failure hides": {
    ...twoRegions,
    reasons: twoRegions.reasons.filter(({ code }) => code !== "membersFailed"),
  },
  "an aggregate that failed in one region, hidden by failed rows of another": {
    ...twoRegions,
    reasons: twoRegions.reasons.filter(({ code }) => code !== "aggregateFailed"),
  },
  "an aggregate that failed and argues for nothing": {
    ...twoRegions,
    reasons: twoRegions.reasons.map((reason) =>
      reason.code === "aggregateFailed" ? { ...reason, verdict: "PASSED" } : reason,
    ),
  },
  "an aggregate that failed in a region, told of another": {
    ...twoRegions,
    reasons: twoRegions.reasons.map((reason) => ({ ...reason, ...(reason.region && { region: "us-east-1" }) })),
  },
  ...Object.fromEntries(
    ["CREATE_FAILED", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS", "DELETE_SUCCESSFUL", "CREATE_PAUSED"].map(
      (status) => [`an aggregate that is ${status}, and passed`, { ...aggregated(status), ...cleared }],
    ),
  ),
  "an aggregate that disagrees with failed rows, which no reason tells of": {
    ...aggregated("CREATE_SUCCESSFUL", rows(1, noRecorder)),
    reasons: failed.reasons,
  },
  "a region that did not answer, hidden by failed rows": {
    ...oneSilent,
    reasons: oneSilent.reasons.filter(({ code }) => code === "membersFailed"),
  },
  "no stuck rows, although a reason tells of them": { ...stuck, stuckRows: [] },
  "missing accounts that are no list": { ...passed, missing: { length: 0 } },
  "stuck rows without a list of them": without(stuck, "stuckRows"),
  "stuck rows that no reason tells of": {
    ...stuck,
    reasons: stuck.reasons.filter(({ code }) => code !== "membersStuck"),
  },
  "a tolerance that means nothing": { ...passed, tolerate: { acounts: [] } },
  "an exception without a reason": { ...passed, tolerate: { accounts: [{ accountId: account(1) }] } },
  "no rows, none of which was left out": {
    ...stateOfEvidence({ regions: [{ region: "us-east-1", aggregate }], members: [], successfulOmitted: true }),
    ...cleared,
  },
  "no rows, and passed": { ...stateOf([]), verdict: "PASSED", reasons: [] },
  "missing accounts, and passed": {
    ...stateOf(rows(1), { expectedAccounts: [account(1), account(2)] }),
    verdict: "PASSED",
    reasons: [],
  },
};

describe.each(Object.entries(cases))("a resource with %s", (_, props) => {
  test("is a violation of each resource policy: each of them may be the one that is left", async () => {
    for (const policy of [memberFailed, incomplete, inProgress]) {
      expect(await violationsOf(policy, { props })).toEqual([unreadable]);
    }
  });

  test("is a violation of settled, on its URN", async () => {
    const urn = newUrn();
    expect(await stackViolationsOf(settled, [{ props, urn }])).toEqual([[unreadable, urn]]);
  });
});

test.each([
  ["0.0.1", "is 0.0.1,", "use the same version of pulumi-org-conformance in the program and as"],
  [undefined, "is not known,", "use the same version"],
  [7, "is not known,", "use the same version"],
  ["\u001b[31m1\n::error::x", "is 1 ", "use the same version"],
  [version, `is ${version},`, "else run pulumi refresh."],
])("of a status written by version %j, both versions are named, and what to do", async (packageVersion, by, next) => {
  const props = { ...passed, packageVersion, verdict: "FINE" };
  const [message = ""] = await violationsOf(memberFailed, { props });
  expect(message).toContain(by);
  expect(message).toContain(`the policy pack's is ${version}.`);
  expect(message).toContain(next);
  for (const line of message.split("\n")) expect(line).not.toMatch(harm);
});

test("the version that wrote a status says nothing of it while it can be read", async () => {
  for (const packageVersion of ["0.0.1", undefined]) {
    expect(await violationsOf(memberFailed, { props: { ...passed, packageVersion } })).toEqual([]);
  }
});

test.each([
  ["no status", { name: "security-baseline" }, "This resource holds no status that can be judged.", 3],
  // What a resource policy has judged, settled does not judge again.
  [
    "an old status",
    { ...passed, lookedUpAt: "2026-01-01T00:00:00.000Z" },
    "This status was looked up at 2026-01-01",
    2,
  ],
])("%s is a violation of each policy, and explained once a run", async (_what, props, says, ofOthers) => {
  const urn = newUrn();
  const first = await violationsOf(memberFailed, { props, urn });
  expect(first).toEqual([expect.stringMatching(/\n {4}Next: /)]);
  const others = [
    ...(await violationsOf(incomplete, { props, urn })),
    ...(await violationsOf(inProgress, { props, urn })),
    ...(await stackViolationsOf(settled, [{ props, urn }])).map(([message]) => message),
  ];
  expect(others).toHaveLength(ofOthers);
  for (const message of others) {
    expect(message.startsWith(says)).toBe(true);
    expect(message).toMatch(/^[^\n]{0,110} Another policy says more\.$/);
  }
  // Of another resource, nothing has been said yet.
  expect(await violationsOf(memberFailed, { props })).toEqual(first);
});

/** A region with an aggregate. */
const region = (status: string, lastUpdateTime?: string): RegionEvidence => ({
  region: "us-east-1",
  aggregate: { status, ...(lastUpdateTime && { lastUpdateTime }) },
});
const oneOf = { onlyAccounts: [account(1)] };
const someOf = { onlyStatuses: ["CREATE_SUCCESSFUL"] };
const unwell = { successfulOmitted: true };

test.each([
  ["the aggregate failed because of the others", region("CREATE_FAILED"), oneOf, {}],
  [
    "the aggregate is in progress, and the row is newer",
    region("UPDATE_IN_PROGRESS", "2026-01-01T00:00:00.000Z"),
    oneOf,
    {},
  ],
  ["the aggregate is in progress, and the row may be older", region("UPDATE_IN_PROGRESS"), oneOf, { reported: true }],
  ["the aggregate succeeded", region("CREATE_SUCCESSFUL"), oneOf, {}],
  ["the aggregate disagrees", region("CREATE_SUCCESSFUL"), oneOf, { row: noRecorder, reported: true }],
  ["the pack is being deleted", region("DELETE_IN_PROGRESS"), oneOf, { reported: true }],
  ["the account asked for is missing", { region: "us-east-1" }, oneOf, { missing: true, reported: true }],
  ["only some statuses were gathered", region("UPDATE_FAILED"), someOf, { reported: true }],
  ["only some statuses of no row were gathered", region("UPDATE_FAILED"), someOf, { none: true, reported: true }],
  [
    "the successful rows were left out",
    { ...region("CREATE_SUCCESSFUL"), hasSuccessful: true },
    unwell,
    { none: true },
  ],
  ["there is no row to leave out", region("CREATE_SUCCESSFUL"), unwell, { none: true, reported: true }],
  ["all but the failed rows were left out", region("CREATE_FAILED"), unwell, { row: noRecorder, reported: true }],
] as const)("a narrowed reading in which %s is readable", async (_, evidence, narrowed, expected) => {
  const {
    missing = false,
    none = false,
    reported = false,
    row = {},
  } = expected as Partial<{
    missing: boolean;
    none: boolean;
    reported: boolean;
    row: object;
  }>;
  const required = new Set([account(missing ? 2 : 1)]);
  const expectation = { required, optional: new Set<string>(), unexpected: new Map(), otherwise: "notListed" } as const;
  const props = stateOfEvidence({
    regions: [{ ...evidence, ...("onlyAccounts" in narrowed && { expectation }) }],
    members: none ? [] : [memberOf(1, { lastUpdateTime: "2026-02-01T00:00:00.000Z", ...row })],
    ...narrowed,
  });
  const violations = await Promise.all(
    [memberFailed, incomplete, inProgress].map((policy) => violationsOf(policy, { props })),
  );
  for (const violation of violations.flat()) expect(violation).toMatch(/^Organization conformance pack /);
  expect(violations.flat().length > 0).toBe(reported);
});

test.each([
  ["healthy", passed],
  ["failed", failed],
  ["in progress", inWork],
  ["incomplete", stateOf([])],
  ["failed in the rows of one region and the aggregate of another", twoRegions],
  ["failed beside a region that did not answer", oneSilent],
  ["stuck", stuck],
  [
    "read without the successful rows, while AWS is at work",
    stateOfEvidence({
      regions: [{ ...region("UPDATE_IN_PROGRESS"), hasSuccessful: true }],
      members: [memberOf(1, noRecorder), memberOf(2, { status: "UPDATE_IN_PROGRESS" })],
      successfulOmitted: true,
    }),
  ],
  [
    "read without the successful rows, of which one of two regions has none",
    stateOfEvidence({
      regions: [
        { ...region("CREATE_SUCCESSFUL"), hasSuccessful: true },
        { region: "eu-west-1", aggregate: { status: "CREATE_SUCCESSFUL" }, hasSuccessful: false },
      ],
      members: [],
      successfulOmitted: true,
    }),
  ],
  ["not known in one of two regions", noPackInOne],
  [
    "of an account with different pack names",
    stateOfEvidence({ ...evidenceOfOne, remarks: [reason("packNamesDiffer", { message: "Names differ." })] }),
  ],
  [
    "read while rows changed",
    stateOfEvidence({ ...evidenceOfOne, remarks: [reason("rowsChanged", { message: "A row changed." })] }),
  ],
  ["healthy, with a tolerance", { ...passed, tolerate: excepting(1) }],
  ["failed as its aggregate is", aggregated("CREATE_FAILED", rows(1, noRecorder))],
  ["incomplete in one of two regions", stateOf(rows(1), { regions: ["us-east-1", "eu-west-1"] })],
])("a state that is %s is readable", async (_, props) => {
  const violations = [
    ...(await violationsOf(memberFailed, { props })),
    ...(await violationsOf(incomplete, { props })),
    ...(await stackViolationsOf(settled, [{ props }])).map(([message]) => message),
  ];
  for (const violation of violations) expect(violation).toMatch(/^Organization conformance pack "security-baseline"/);
  expect(violations.length > 0).toBe(props.verdict === "FAILED" || props.verdict === "INCOMPLETE");
});

test("a resource whose lookup was refused is left to the engine, which says why and stops the run", async () => {
  const props = { name: "security-baseline", lookupFailed: true };
  for (const policy of [memberFailed, incomplete, inProgress])
    expect(await violationsOf(policy, { props })).toEqual([]);
  expect(await stackViolationsOf(settled, [{ props }])).toEqual([]);
});

test.each([
  ["a whole status", failed],
  ["a verdict alone", { name: "security-baseline", verdict: "PASSED" }],
  ["a time of its lookup", { name: "security-baseline", lookedUpAt: new Date().toISOString() }],
])("lookupFailed beside %s hides nothing", async (_what, props) => {
  const state = { ...props, lookupFailed: true };
  for (const policy of [memberFailed, incomplete].slice(0, props === failed ? 1 : 2))
    expect(await violationsOf(policy, { props: state })).toHaveLength(1);
  expect(await stackViolationsOf(settled, [{ props: state }])).toHaveLength(1);
});

import type { RegionEvidence } from "../../core/status/evidence";
import { reason } from "../../core/status/reasons";
import { version } from "../../core/text/version";
import { createPolicies } from "../../policy/policies";
import { formatVersion, type GateState } from "../../provider/gateState";
import { packMembers } from "../../provider/packedMembers";
import { harm } from "../core/text/hostileText";
import { newUrn, stackViolationsOf, violationsOf } from "./evaluate";
import { account, excepting, noRecorder, rows, silent, stateOf } from "./stateOf";

const { incomplete, inProgress, memberFailed, settled } = createPolicies();

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
  aggregate: "UPDATE_FAILED",
});
const oneSilent = stateOf(rows(1, noRecorder), { regions: ["us-east-1", silent("eu-west-1")] });
const aggregated = (status: string, members = rows(1)) =>
  stateOf(members, { aggregate: { status, errorCode: "InternalError" } });
const noPackInOne = stateOf(rows(1), { regions: ["us-east-1", silent("eu-west-1", "noSuchPack")] });
const unknownStatus = stateOf(rows(1, { status: "CREATE_PAUSED" }));
const outdated = stateOf([...rows(1, { status: "UPDATE_IN_PROGRESS" }), ...rows(1, {}, 2)], {
  aggregate: "UPDATE_IN_PROGRESS",
});
const cleared = { verdict: "PASSED", reasons: [] };
/** The state without the reasons of some codes. */
const hiding = (state: GateState, ...codes: string[]): object => {
  const reasons = state.reasons.filter(({ code }) => !codes.includes(code));
  return { ...state, reasons, verdict: reasons[0]?.verdict ?? "PASSED" };
};
const without = (state: object, key: string) => Object.fromEntries(Object.entries(state).filter(([k]) => k !== key));

const cases: Record<string, object> = {
  "nothing but arguments": { name: "security-baseline" },
  "nothing at all": {},
  ...Object.fromEntries(
    (
      [
        "formatVersion",
        "lookedUpAt",
        "name",
        "regions",
        "verdict",
        "reasons",
        "counts",
        "regionStatuses",
        "decision",
        "failedGroups",
        "inProgressGroups",
        "stuckGroups",
        "otherGroups",
        "missingGroups",
        "unexpectedGroups",
        "packedMembers",
      ] satisfies (keyof GateState)[]
    ).map((key) => [`no ${key}`, without(failed, key)]),
  ),
  "another format version": { ...passed, formatVersion: formatVersion + 1 },
  "groups that are no list": { ...passed, otherGroups: {} },
  "a group without accounts": { ...failed, failedGroups: [without(failed.failedGroups[0] ?? {}, "accountIds")] },
  "packed rows that are broken": { ...passed, packedMembers: passed.packedMembers.slice(1) },
  "a time that is none": { ...passed, lookedUpAt: "yesterday" },
  "a decision that is none": { ...passed, decision: { ...passed.decision, verdict: "FINE" } },
  "a region without a status": { ...twoRegions, regionStatuses: twoRegions.regionStatuses.slice(0, 1) },
  "a status of a region that was not asked": { ...passed, regionStatuses: twoRegions.regionStatuses },
  "its regions in another order than their statuses": { ...twoRegions, regions: ["eu-west-1", "us-east-1"] },
  "an unknown verdict": { ...passed, verdict: "FINE" },
  "a verdict better than its reasons": { ...failed, verdict: "PASSED" },
  "a verdict worse than its reasons": { ...passed, verdict: "FAILED" },
  "a verdict better than its last reason": {
    ...failedAndMissing,
    verdict: "INCOMPLETE",
    reasons: [...failedAndMissing.reasons].reverse(),
  },
  "a reason of an unknown code": { ...passed, reasons: [{ verdict: "PASSED", code: "fine", message: "All is well." }] },
  "a reason without a code": {
    ...failed,
    verdict: "PASSED",
    reasons: [{ verdict: "PASSED", message: "All is well." }],
  },
  "missing accounts that are no more than a remark": {
    ...hiding(failedAndMissing, "membersFailed"),
    verdict: "PASSED",
    reasons: failedAndMissing.reasons.slice(1).map((given) => ({ ...given, verdict: "PASSED" })),
  },
  // A reason for rows that there are not would be lifted.
  ...Object.fromEntries(
    [failed, inWork, unknownStatus, stuck, failedAndMissing].map(({ reasons, verdict }) => [
      `a reason ${reasons.at(-1)?.code ?? ""} without its rows`,
      { ...passed, verdict, reasons },
    ]),
  ),
  "rows that are not outdated, and a reason that they are": {
    ...outdated,
    packedMembers: packMembers(rows(1, { lastUpdateTime: "2026-02-02T00:00:00.000Z" }, 2)),
    regionStatuses: outdated.regionStatuses.map((given) => ({
      ...given,
      aggregate: { status: "UPDATE_IN_PROGRESS", lastUpdateTime: "2026-02-01T00:00:00.000Z" },
    })),
  },
  "a failed row that no reason names": { ...failed, ...cleared },
  "a row in progress that no reason names": { ...inWork, ...cleared },
  "stuck rows that no reason names": hiding(stuck, "membersStuck"),
  "missing accounts that no reason names": hiding(failedAndMissing, "accountsMissing"),
  "an unknown status that no reason names": { ...unknownStatus, ...cleared },
  "no row, and no reason": { ...stateOf([]), ...cleared },
  "no row, of which none was left out": {
    ...stateOf([], {
      regions: [{ region: "us-east-1", aggregate: { status: "CREATE_SUCCESSFUL" } }],
      successfulOmitted: true,
    }),
    ...cleared,
  },
  "fewer rows than it counts": { ...passed, packedMembers: packMembers(rows(2)) },
  "more rows than it counts": { ...passed, failedGroups: failed.failedGroups },
  // An exception for the account in the group would cover the one in the packed rows too.
  "a failed row among the healthy ones": {
    ...failed,
    packedMembers: packMembers([...rows(1, { status: "CREATE_FAILED" }, 2), ...rows(1, {}, 3)]),
  },
  "a healthy row among the failed ones": {
    ...failed,
    failedGroups: failed.failedGroups.map((group) => ({ ...group, status: "CREATE_SUCCESSFUL" })),
    packedMembers: packMembers([...rows(1, { status: "CREATE_FAILED" }, 2), ...rows(1, {}, 3)]),
  },
  "counts by outcome of other rows": { ...passed, counts: failed.counts },
  "failed rows that another failure hides": hiding(twoRegions, "membersFailed"),
  "an aggregate that failed in one region, hidden by failed rows of another": hiding(twoRegions, "aggregateFailed"),
  "an aggregate that failed, and is no more than a remark": {
    ...twoRegions,
    reasons: twoRegions.reasons.map((given) =>
      given.code === "aggregateFailed" ? { ...given, verdict: "PASSED" } : given,
    ),
  },
  "an aggregate that failed in a region, reported of another": {
    ...twoRegions,
    reasons: twoRegions.reasons.map((given) => ({ ...given, ...(given.region && { region: "us-east-1" }) })),
  },
  ...Object.fromEntries(
    ["CREATE_FAILED", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS", "DELETE_SUCCESSFUL", "CREATE_PAUSED"].map(
      (status) => [`an aggregate that is ${status}, and no reason`, { ...aggregated(status), ...cleared }],
    ),
  ),
  "an aggregate that disagrees with failed rows, and no reason that says so": hiding(
    aggregated("CREATE_SUCCESSFUL", rows(1, noRecorder)),
    "aggregateDisagrees",
  ),
  "a region that did not answer, hidden by failed rows": hiding(oneSilent, "regionUnanswered"),
  "a region without the pack, and no reason": { ...noPackInOne, ...cleared },
  "a value that JSON does not have": { ...passed, counts: 3n },
  "missing accounts that are no list": { ...passed, missingGroups: { length: 0 } },
  "a tolerance with an unknown key": { ...passed, tolerate: { acounts: [] } },
  "an exception without a reason": { ...passed, tolerate: { accounts: [{ accountId: account(1) }] } },
};

describe.each(Object.entries(cases))("a resource with %s", (_, props) => {
  test("is a violation of each resource policy, since the others may be turned off", async () => {
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
  ["0.0.1", 0, "is 0.0.1,", "use the same version"],
  ["0.0.1", undefined, "is 0.0.1,", "use the same version"],
  [undefined, 0, "is unknown,", "use the same version"],
  [7, "1", "is unknown,", "use the same version"],
  ["0.0.1", "9", "is 0.0.1,", "use the same version"],
  ["\u001b[31m1\n::error::x", 0, "is 1 ", "use the same version"],
  [version, 0, `is ${version},`, "run pulumi refresh."],
  [version, formatVersion + 1, `is ${version},`, "run pulumi refresh."],
  ["9.0.0", formatVersion + 1, "has format 2, written by version 9.0.0 ", "use version 9.0.0 as the policy pack too"],
  [undefined, 9, "has format 9, written by a newer version ", "use a newer version as the policy pack too"],
  ["\u001b[31m9\n::error::x", 2, "written by version 9 ", "use version 9 "],
])(
  "a state of another format, written by version %j in format %j, names both versions and the next step",
  async (given, format, by, next) => {
    const props = { ...passed, packageVersion: given, formatVersion: format };
    const [message = ""] = await violationsOf(memberFailed, { props });
    expect(message).toContain(by);
    expect(message).toMatch(new RegExp(`the policy pack's (version )?is ${version.replaceAll(".", "\\.")}[.,]`, "i"));
    expect(message).toContain(next);
    for (const line of message.split("\n")) expect(line).not.toMatch(harm);
  },
);

test("a state of this format that can't be read has no newer version to use", async () => {
  const [message] = await violationsOf(memberFailed, {
    props: { ...passed, packageVersion: "0.0.1", verdict: "FINE" },
  });
  expect(message).toMatch(/version of pulumi-org-conformance is 0\.0\.1, [^]*use the same version/);
});

test("a state of the same format is read, whichever version wrote it", async () => {
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
])("%s is a violation of each policy, and is explained once a run", async (_what, props, says, ofOthers) => {
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
  // Another resource is explained again.
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
] as const)("a lookup of some rows in which %s is readable", async (_, evidence, narrowed, expected) => {
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
  const props = stateOf(none ? [] : rows(1, { lastUpdateTime: "2026-02-01T00:00:00.000Z", ...row }), {
    regions: [evidence],
    ...("onlyAccounts" in narrowed && { expectedAccounts: [account(missing ? 2 : 1)] }),
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
    "read without the successful rows, during an update",
    stateOf([...rows(1, noRecorder), ...rows(1, { status: "UPDATE_IN_PROGRESS" }, 2)], {
      regions: [{ ...region("UPDATE_IN_PROGRESS"), hasSuccessful: true }],
      successfulOmitted: true,
    }),
  ],
  [
    "read without the successful rows, of which one of two regions has none",
    stateOf([], {
      regions: [
        { ...region("CREATE_SUCCESSFUL"), hasSuccessful: true },
        { region: "eu-west-1", aggregate: { status: "CREATE_SUCCESSFUL" }, hasSuccessful: false },
      ],
      successfulOmitted: true,
    }),
  ],
  ["without the pack in one of two regions", noPackInOne],
  [
    "of an account with different pack names",
    stateOf(rows(1), { remarks: [reason("packNamesDiffer", { message: "Names differ." })] }),
  ],
  ["read while rows changed", stateOf(rows(1), { remarks: [reason("rowsChanged", { message: "A row changed." })] })],
  ["healthy, with a tolerance", { ...passed, tolerate: excepting(1) }],
  ["failed as its aggregate is", aggregated("CREATE_FAILED", rows(1, noRecorder))],
  ["of unknown status", unknownStatus],
  ["partly outdated", outdated],
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

test("a resource whose lookup failed is left to the engine, which reports why and stops the run", async () => {
  const props = { name: "security-baseline", lookupFailed: true };
  for (const policy of [memberFailed, incomplete, inProgress])
    expect(await violationsOf(policy, { props })).toEqual([]);
  expect(await stackViolationsOf(settled, [{ props }])).toEqual([]);
});

test.each([
  ["a whole status", failed],
  ["a verdict alone", { name: "security-baseline", verdict: "PASSED" }],
  ["a decision alone", { name: "security-baseline", decision: { verdict: "PASSED", reasons: [] } }],
  ["a time of its lookup", { name: "security-baseline", lookedUpAt: new Date().toISOString() }],
])("lookupFailed beside %s hides nothing", async (_what, props) => {
  const state = { ...props, lookupFailed: true };
  for (const policy of [memberFailed, incomplete].slice(0, props === failed ? 1 : 2))
    expect(await violationsOf(policy, { props: state })).toHaveLength(1);
  expect(await stackViolationsOf(settled, [{ props: state }])).toHaveLength(1);
});

describe("a resource that can't be judged, or is too old,", () => {
  const settings = { contact: "#cloud-governance", runbookUrl: "https://wiki.example.com/packs" };
  const asks = "\n    Ask: #cloud-governance\n    Runbook: https://wiki.example.com/packs";

  test.each([
    ["no status", { name: "security-baseline" }],
    ["a state of another format", { ...passed, packageVersion: "9.9.9", formatVersion: 2 }],
    ["an old status", { ...passed, lookedUpAt: "2026-01-01T00:00:00.000Z" }],
  ])("with %s, says whom to ask, once a run for the same answer", async (_what, props) => {
    const run = createPolicies();
    const urn = newUrn();
    const [first = ""] = await violationsOf(run.memberFailed, { props, urn }, settings);
    expect(first.endsWith(asks)).toBe(true);
    expect(await violationsOf(run.incomplete, { props, urn }, settings)).toEqual([expect.not.stringContaining("Ask:")]);
    const own = { ...settings, contact: "#platform" };
    expect(await violationsOf(run.inProgress, { props, urn }, own)).toEqual([
      expect.stringMatching(/ Another policy says more\.\n {4}Ask: #platform$/),
    ]);
  });

  test("says whom to ask at the end of a run, too", async () => {
    const urn = newUrn();
    const [[message] = [""]] = await stackViolationsOf(createPolicies().settled, [{ props: {}, urn }], settings);
    expect(message.endsWith(asks)).toBe(true);
  });
});

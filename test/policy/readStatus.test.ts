import { incomplete, inProgress, memberFailed, settled } from "../../policy/index";
import { account, newUrn, noRecorder, rows, stackViolationsOf, stateOf, violationsOf } from "./evaluate";

const unreadable = expect.stringMatching(
  /^This resource holds no status that can be judged\.\n {4}Next: .*same version of pulumi-org-conformance/,
) as string;

const failed = stateOf([...rows(1, noRecorder), ...rows(2, {}, 2)]);
const passed = stateOf(rows(3));
const inWork = stateOf(rows(3, { status: "CREATE_IN_PROGRESS" }));
const without = (state: object, key: string) => Object.fromEntries(Object.entries(state).filter(([k]) => k !== key));

const cases: Record<string, object> = {
  "nothing but arguments": { name: "security-baseline" },
  "nothing at all": {},
  ...Object.fromEntries(
    ["name", "verdict", "reasons", "counts", "missing", "failedGroups", "otherGroups", "lookedUpAt", "regions"].map(
      (key) => [`no ${key}`, without(failed, key)],
    ),
  ),
  "groups that are no list": { ...passed, otherGroups: {} },
  "a group without accounts": { ...passed, otherGroups: [{ region: "us-east-1", status: "CREATE_SUCCESSFUL" }] },
  "a time that is none": { ...passed, lookedUpAt: "yesterday" },
  "a verdict that there is not": { ...passed, verdict: "FINE" },
  "a verdict better than its reasons": { ...failed, verdict: "PASSED" },
  "a verdict worse than its reasons": { ...passed, verdict: "FAILED" },
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
  "no rows, and passed": { ...stateOf([]), verdict: "PASSED", reasons: [] },
  "missing accounts, and passed": {
    ...stateOf(rows(1), { expectedAccounts: [account(1), account(2)] }),
    verdict: "PASSED",
    reasons: [],
  },
};

describe.each(Object.entries(cases))("a resource with %s", (_, props) => {
  test("is a violation of each policy that blocks, and of no other", async () => {
    expect(await violationsOf(memberFailed, { props })).toEqual([unreadable]);
    expect(await violationsOf(incomplete, { props })).toEqual([unreadable]);
    expect(await violationsOf(inProgress, { props })).toEqual([]);
  });

  test("is a violation of settled, on its URN", async () => {
    const urn = newUrn();
    expect(await stackViolationsOf(settled, [{ props, urn }])).toEqual([[unreadable, urn]]);
  });
});

test.each([
  ["healthy", passed],
  ["failed", failed],
  ["in progress", inWork],
  ["incomplete", stateOf([])],
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

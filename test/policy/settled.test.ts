import { incomplete, inProgress, memberFailed, settled } from "../../policy/index";
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
  stateOf,
  statusType,
  unknown,
  violationsOf,
} from "./evaluate";

const failing = stateOf([...rows(1, noRecorder), ...rows(9, {}, 2)]);
const failed = 'Organization conformance pack "security-baseline" in us-east-1: 1 of 10 accounts failed.';

/** What the resource policies of a run do to a status. */
async function judgeResource(props: object, urn: string): Promise<void> {
  for (const policy of [memberFailed, incomplete, inProgress]) await violationsOf(policy, { props, urn });
}

/** The first lines of what settled reports. */
async function settledOn(props: object, urn: string, config: object = {}): Promise<string[]> {
  const violations = await stackViolationsOf(settled, [{ props, urn }], config);
  for (const [, reportedOn] of violations) expect(reportedOn).toBe(urn);
  return violations.map(([message]) => message.split("\n", 1).join());
}

test("it is a mandatory stack policy", () => {
  expect(settled).toMatchObject({ name: "organization-conformance-pack-settled", enforcementLevel: "mandatory" });
});

test("a status that no resource policy judged is judged", async () => {
  expect(await settledOn(failing, newUrn())).toEqual([failed]);
});

test("a status that the resource policies judged is not told twice", async () => {
  const urn = newUrn();
  await judgeResource(failing, urn);
  expect(await settledOn(failing, urn)).toEqual([]);
});

test("a status that became another after it was judged is judged again", async () => {
  const urn = newUrn();
  await judgeResource(stateOf(rows(10)), urn);
  expect(await settledOn(failing, urn)).toEqual([failed]);
  await judgeResource(failing, urn);
  expect(await settledOn(failing, urn)).toEqual([]);
  const worse = stateOf([...rows(2, noRecorder), ...rows(8, {}, 3)]);
  expect(await settledOn(worse, urn)).toEqual([failed.replace("1 of", "2 of")]);
});

test("a resource that was judged says nothing of another with the same status", async () => {
  await judgeResource(failing, newUrn());
  expect(await settledOn(failing, newUrn())).toEqual([failed]);
});

test("what was looked up again and stayed the same was judged", async () => {
  const urn = newUrn();
  await judgeResource(failing, urn);
  expect(await settledOn({ ...failing, lookedUpAt: new Date().toISOString() }, urn)).toEqual([]);
});

test("what this run looked up is of this run, though the end of it shows the times of an earlier one", async () => {
  const old = "2026-01-01T00:00:00.000Z";
  const asOf = (lastUpdateTime: string, lookedUpAt: string, status = "CREATE_SUCCESSFUL") => ({
    ...stateOf(rows(2, { lastUpdateTime, status })),
    lookedUpAt,
  });
  const [before, now] = [asOf(old, old), asOf("2026-02-02T00:00:00.000Z", new Date().toISOString())];
  const seen = newUrn();
  expect(await violationsOf(settled, { props: now, urn: seen })).toEqual([]);
  expect(await settledOn(before, seen)).toEqual([]);
  // Not so where nothing was looked up, only an old status was, or another one.
  const stale = expect.stringMatching(/^This status was looked up at 2026-01-01/) as string;
  expect(await settledOn(before, newUrn())).toEqual([stale]);
  const shown = newUrn();
  await violationsOf(settled, { props: before, urn: shown });
  expect(await settledOn(before, shown)).toEqual([stale]);
  expect(await settledOn(asOf(old, old, "UPDATE_SUCCESSFUL"), seen)).toEqual([stale]);
});

test("a resource of another kind, and one that is unknown yet, are nothing that was looked up", async () => {
  expect(await violationsOf(settled, { type: "a:b:C", props: {} })).toEqual([]);
  expect(await violationsOf(settled, { props: { ...failing, verdict: unknown } })).toEqual([]);
});

test("it stands in for a policy that is turned off or not in the pack", async () => {
  const urn = newUrn();
  const props = stateOf(rows(1, noRecorder), { expectedAccounts: [account(2)] });
  await violationsOf(incomplete, { props, urn });
  expect(await settledOn(props, urn)).toEqual([failed.replace("10 accounts", "1 account")]);
  await violationsOf(memberFailed, { props, urn });
  expect(await settledOn(props, urn)).toEqual([]);
});

test.each<{ what: string; resource?: Tolerance; config?: Tolerance; reported: boolean }>([
  { what: "the resource's own tolerance", resource: excepting(1), reported: false },
  { what: "its own tolerance", config: excepting(1), reported: false },
  { what: "its own tolerance in the place of the resource's", resource: excepting(1), config: {}, reported: true },
  { what: "its own, wider one in the place of the resource's", resource: {}, config: excepting(1), reported: false },
  { what: "an expired exception", resource: excepting(1, { expires: "2020-01-01" }), reported: true },
  { what: "a limit", config: { maxFailedPercent: 10 }, reported: false },
  { what: "a limit that is passed", config: { maxFailedPercent: 9 }, reported: true },
])("it judges with $what", async ({ config, reported, resource }) => {
  await notices();
  const props = gateOf([...rows(1, noRecorder), ...rows(9, {}, 2)], { ...(resource && { tolerate: resource }) });
  const urn = newUrn();
  const settings = { ...(config && { tolerate: config }) };
  expect(await settledOn(props, urn, settings)).toEqual(
    reported ? [expect.stringContaining(failed.replace(/\.$/, "")) as string] : [],
  );
  // What it let pass, and nobody else judged, is said.
  expect(await notices()).toHaveLength(reported ? 0 : 1);
});

test("of a status that became another, it lists what is not tolerated", async () => {
  const tolerate = excepting(1);
  const urn = newUrn();
  await judgeResource(gateOf([...rows(1, noRecorder), ...rows(9, {}, 2)], { tolerate }), urn);
  const worse = gateOf([...rows(2, noRecorder), ...rows(8, {}, 3)], { tolerate });
  const [[violation] = [""]] = await stackViolationsOf(settled, [{ props: worse, urn }]);
  expect(violation).toContain("1 account: 100000000002\n");
  expect(violation).not.toContain(account(1));
});

test("what the resource policies judged is told of by them alone", async () => {
  const props = gateOf(rows(1, noRecorder), { tolerate: excepting(1) });
  const urn = newUrn();
  await judgeResource(props, urn);
  await notices();
  expect(await settledOn(props, urn)).toEqual([]);
  expect(await settledOn(props, urn, { tolerate: excepting(1) })).toEqual([]);
  expect(await notices()).toEqual([]);
});

test("with a tolerance of its own that is another, it judges what the resource policies judged with theirs", async () => {
  const props = gateOf([...rows(1, noRecorder), ...rows(9, {}, 2)], { tolerate: excepting(1) });
  const urn = newUrn();
  await judgeResource(props, urn);
  expect(await settledOn(props, urn, { tolerate: {} })).toEqual([failed]);
  expect(await settledOn(props, urn, { tolerate: { maxFailedAccounts: 1 } })).toEqual([]);
});

test("without a tolerance of its own, it leaves what was judged with a policy's in the place of the resource's", async () => {
  const props = gateOf([...rows(1, noRecorder), ...rows(9, {}, 2)], { tolerate: excepting(9) });
  const urn = newUrn();
  const tolerate = excepting(1);
  for (const policy of [memberFailed, incomplete]) await violationsOf(policy, { props, urn }, { tolerate });
  expect(await settledOn(props, urn)).toEqual([]);
});

test("what a policy judged of an earlier status does not count for a later one", async () => {
  const urn = newUrn();
  await judgeResource(stateOf(rows(1)), urn);
  const later = stateOf(rows(1), { expectedAccounts: [1, 2].map(account) });
  await violationsOf(memberFailed, { props: later, urn });
  expect(await settledOn(later, urn)).toEqual([expect.stringContaining("1 expected account is no member") as string]);
});

test("it counts the tolerance that a resource policy was configured with", async () => {
  const props = gateOf([...rows(1, noRecorder), ...rows(9, {}, 2)], {});
  const urn = newUrn();
  const tolerate = excepting(1);
  for (const policy of [memberFailed, incomplete]) await violationsOf(policy, { props, urn }, { tolerate });
  expect(await settledOn(props, urn, { tolerate })).toEqual([]);
  expect(await settledOn(props, urn)).toEqual([]);
  expect(await settledOn(props, urn, { tolerate: {} })).toEqual([failed]);
});

test("what is in progress is not settled's business; what is incomplete is", async () => {
  expect(await settledOn(stateOf(rows(3, { status: "CREATE_IN_PROGRESS" })), newUrn())).toEqual([]);
  expect(await settledOn(stateOf([]), newUrn())).toEqual([expect.stringContaining("AWS shows no row.") as string]);
  expect(await settledOn(stateOf(rows(3)), newUrn())).toEqual([]);
});

test("FAILED and INCOMPLETE are told together", async () => {
  const props = stateOf(rows(1, noRecorder), { expectedAccounts: [account(2)] });
  expect(await settledOn(props, newUrn())).toEqual([
    `${failed.replace("10 accounts", "1 account")} 1 expected account is no member of the pack.`,
  ]);
});

test("an unknown resource is skipped, and hides none of those after it", async () => {
  const [first, second, third] = [newUrn(), newUrn(), newUrn()];
  const violations = await stackViolationsOf(settled, [
    { props: { name: unknown }, urn: newUrn() },
    { props: failing, urn: first },
    { props: { ...failing, failedGroups: [{ ...failing.failedGroups[0], errorMessage: unknown }] }, urn: newUrn() },
    { props: {}, urn: second },
    { props: stateOf(rows(2)), urn: newUrn() },
    { props: failing, urn: third },
  ]);
  expect(violations.map(([, urn]) => urn)).toEqual([first, second, third]);
});

test("other resources are left alone", async () => {
  const others = ["pulumi:pulumi:Stack", `${statusType}2`].map((type) => ({ type, props: failing }));
  expect(await stackViolationsOf(settled, [...others, { type: "a:b:C", props: { name: unknown } }])).toEqual([]);
});

test("its settings cap what it lists", async () => {
  const props = stateOf([
    ...rows(3, noRecorder),
    ...rows(1, { status: "CREATE_FAILED", errorCode: "OtherException" }, 4),
  ]);
  const [[violation] = [""]] = await stackViolationsOf(settled, [{ props }], {
    maxAccountsShown: 1,
    maxGroupsShown: 1,
  });
  expect(violation).toContain("3 accounts: 100000000001 and 2 more\n");
  expect(violation).toMatch(/\n {2}and 1 account with 1 other cause$/);
});

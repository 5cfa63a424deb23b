import type { Tolerance } from "../../core/gate/tolerance";
import { createPolicies } from "../../policy/policies";
import { newUrn, stackViolationsOf, statusType, unknown, violationsOf } from "./evaluate";
import { account, excepting, gateOf, noRecorder, rows, silent, stateOf } from "./stateOf";

let run = createPolicies();

beforeEach(() => {
  run = createPolicies();
});

/** What the end of the run says beside the violations. */
const notices = () => stackViolationsOf(run.tolerated, []);

const failing = stateOf([...rows(1, noRecorder), ...rows(9, {}, 2)]);
const failed = 'Organization conformance pack "security-baseline" in us-east-1: 1 of 10 accounts failed.';

/** What the resource policies of a run do to a status. */
async function judgeResource(props: object, urn: string): Promise<void> {
  for (const policy of [run.memberFailed, run.incomplete, run.inProgress]) await violationsOf(policy, { props, urn });
}

/** The first lines of what settled reports. */
async function settledOn(props: object, urn: string, config: object = {}): Promise<string[]> {
  const violations = await stackViolationsOf(run.settled, [{ props, urn }], config);
  for (const [, reportedOn] of violations) expect(reportedOn).toBe(urn);
  return violations.map(([message]) => message.split("\n", 1).join());
}

test("a status that no resource policy judged is judged", async () => {
  expect(await settledOn(failing, newUrn())).toEqual([failed]);
});

test("a status that the resource policies judged is not reported twice", async () => {
  const urn = newUrn();
  await judgeResource(failing, urn);
  expect(await settledOn(failing, urn)).toEqual([]);
});

test("a status that changed after it was judged is judged again", async () => {
  const urn = newUrn();
  await judgeResource(stateOf(rows(10)), urn);
  expect(await settledOn(failing, urn)).toEqual([failed]);
  await judgeResource(failing, urn);
  expect(await settledOn(failing, urn)).toEqual([]);
  const worse = stateOf([...rows(2, noRecorder), ...rows(8, {}, 3)]);
  expect(await settledOn(worse, urn)).toEqual([failed.replace("1 of", "2 of")]);
});

test("a resource with the same status as one that was judged is judged", async () => {
  await judgeResource(failing, newUrn());
  expect(await settledOn(failing, newUrn())).toEqual([failed]);
});

test("a status that stayed the same in another lookup counts as judged", async () => {
  const urn = newUrn();
  await judgeResource(failing, urn);
  expect(await settledOn({ ...failing, lookedUpAt: new Date().toISOString() }, urn)).toEqual([]);
});

test("a status that this run looked up is of this run, though its end shows the times of an earlier one", async () => {
  const old = "2026-01-01T00:00:00.000Z";
  const asOf = (lastUpdateTime: string, lookedUpAt: string, status = "CREATE_SUCCESSFUL") => ({
    ...stateOf(rows(2, { lastUpdateTime, status })),
    lookedUpAt,
  });
  const [before, now] = [asOf(old, old), asOf("2026-02-02T00:00:00.000Z", new Date().toISOString())];
  const seen = newUrn();
  expect(await violationsOf(run.settled, { props: now, urn: seen })).toEqual([]);
  expect(await settledOn(before, seen)).toEqual([]);
  // Not so where nothing was looked up, only an old status was, or another one.
  const stale = expect.stringMatching(/^This status was looked up at 2026-01-01/) as string;
  expect(await settledOn(before, newUrn())).toEqual([stale]);
  const shown = newUrn();
  await violationsOf(run.settled, { props: before, urn: shown });
  expect(await settledOn(before, shown)).toEqual([stale]);
  expect(await settledOn(asOf(old, old, "UPDATE_SUCCESSFUL"), seen)).toEqual([stale]);
});

test("a status with another request id is the same, as it is to the engine", async () => {
  const asOf = (requestId: string, lookedUpAt: string) => {
    const { failure, region } = silent("eu-west-1");
    const regions = ["us-east-1", { region, ...(failure && { failure: { ...failure, requestId } }) }];
    return { ...stateOf(rows(2), { regions }), lookedUpAt };
  };
  const urn = newUrn();
  await violationsOf(run.settled, { props: asOf("request-2", new Date().toISOString()), urn });
  await judgeResource(asOf("request-2", new Date().toISOString()), urn);
  expect(await settledOn(asOf("request-1", "2026-01-01T00:00:00.000Z"), urn)).toEqual([]);
});

test("a resource of another type, and one that is unknown yet, are no violation", async () => {
  expect(await violationsOf(run.settled, { type: "a:b:C", props: {} })).toEqual([]);
  expect(await violationsOf(run.settled, { props: { ...failing, verdict: unknown } })).toEqual([]);
});

test("it replaces a policy that is turned off or not in the pack", async () => {
  const urn = newUrn();
  const props = stateOf(rows(1, noRecorder), { expectedAccounts: [account(2)] });
  await violationsOf(run.incomplete, { props, urn });
  expect(await settledOn(props, urn)).toEqual([failed.replace("10 accounts", "1 account")]);
  await violationsOf(run.memberFailed, { props, urn });
  expect(await settledOn(props, urn)).toEqual([]);
});

test.each<{ what: string; resource?: Tolerance; config?: Tolerance; reported: boolean }>([
  { what: "the resource's own tolerance", resource: excepting(1), reported: false },
  { what: "its own tolerance", config: excepting(1), reported: false },
  { what: "its own tolerance, not the resource's", resource: excepting(1), config: {}, reported: true },
  { what: "its own tolerance, wider than the resource's", resource: {}, config: excepting(1), reported: false },
  { what: "an expired exception", resource: excepting(1, { expires: "2020-01-01" }), reported: true },
  { what: "a limit", config: { maxFailedPercent: 10 }, reported: false },
  { what: "a limit that is passed", config: { maxFailedPercent: 9 }, reported: true },
])("it judges with $what", async ({ config, reported, resource }) => {
  const props = gateOf([...rows(1, noRecorder), ...rows(9, {}, 2)], { ...(resource && { tolerate: resource }) });
  const urn = newUrn();
  const settings = { ...(config && { tolerate: config }) };
  expect(await settledOn(props, urn, settings)).toEqual(
    reported ? [expect.stringContaining(failed.replace(/\.$/, "")) as string] : [],
  );
  // What it excepted, and no other policy judged, is reported.
  expect(await notices()).toHaveLength(reported ? 0 : 1);
});

test("of a status that changed, it lists the accounts without an exception", async () => {
  const tolerate = excepting(1);
  const urn = newUrn();
  await judgeResource(gateOf([...rows(1, noRecorder), ...rows(9, {}, 2)], { tolerate }), urn);
  const worse = gateOf([...rows(2, noRecorder), ...rows(8, {}, 3)], { tolerate });
  const [[violation] = [""]] = await stackViolationsOf(run.settled, [{ props: worse, urn }]);
  expect(violation).toContain("1 account: 100000000002\n");
  expect(violation).not.toContain(account(1));
});

test("the exceptions that the resource policies applied are not reported again", async () => {
  const props = gateOf(rows(1, noRecorder), { tolerate: excepting(1) });
  const urn = newUrn();
  await judgeResource(props, urn);
  await notices();
  expect(await settledOn(props, urn)).toEqual([]);
  expect(await settledOn(props, urn, { tolerate: excepting(1) })).toEqual([]);
  expect(await notices()).toEqual([]);
});

test("with a different tolerance of its own, it judges again what the resource policies judged", async () => {
  const props = gateOf([...rows(1, noRecorder), ...rows(9, {}, 2)], { tolerate: excepting(1) });
  const urn = newUrn();
  await judgeResource(props, urn);
  expect(await settledOn(props, urn, { tolerate: {} })).toEqual([failed]);
  expect(await settledOn(props, urn, { tolerate: { maxFailedAccounts: 1 } })).toEqual([]);
});

test("without a tolerance of its own, it does not judge again what a policy judged by its own tolerance", async () => {
  const props = gateOf([...rows(1, noRecorder), ...rows(9, {}, 2)], { tolerate: excepting(9) });
  const urn = newUrn();
  const tolerate = excepting(1);
  for (const policy of [run.memberFailed, run.incomplete]) await violationsOf(policy, { props, urn }, { tolerate });
  expect(await settledOn(props, urn)).toEqual([]);
});

test("a judgement of an earlier status does not count for a later one", async () => {
  const urn = newUrn();
  await judgeResource(stateOf(rows(1)), urn);
  const later = stateOf(rows(1), { expectedAccounts: [1, 2].map(account) });
  await violationsOf(run.memberFailed, { props: later, urn });
  expect(await settledOn(later, urn)).toEqual([expect.stringContaining("1 expected account is missing") as string]);
});

test("with the tolerance of the resource policies, it does not judge again what they judged", async () => {
  const props = gateOf([...rows(1, noRecorder), ...rows(9, {}, 2)], {});
  const urn = newUrn();
  const tolerate = excepting(1);
  for (const policy of [run.memberFailed, run.incomplete]) await violationsOf(policy, { props, urn }, { tolerate });
  expect(await settledOn(props, urn, { tolerate })).toEqual([]);
  expect(await settledOn(props, urn)).toEqual([]);
  expect(await settledOn(props, urn, { tolerate: {} })).toEqual([failed]);
});

test("it reports a pack that is incomplete, and none that is in progress", async () => {
  expect(await settledOn(stateOf(rows(3, { status: "CREATE_IN_PROGRESS" })), newUrn())).toEqual([]);
  expect(await settledOn(stateOf([]), newUrn())).toEqual([expect.stringContaining("AWS shows no row.") as string]);
  expect(await settledOn(stateOf(rows(3)), newUrn())).toEqual([]);
});

test("it reports FAILED and INCOMPLETE together", async () => {
  const props = stateOf(rows(1, noRecorder), { expectedAccounts: [account(2)] });
  expect(await settledOn(props, newUrn())).toEqual([
    `${failed.replace("10 accounts", "1 account")} 1 expected account is missing.`,
  ]);
});

test("an unknown resource is skipped, and hides none of those after it", async () => {
  const [first, second, third] = [newUrn(), newUrn(), newUrn()];
  const violations = await stackViolationsOf(run.settled, [
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
  expect(await stackViolationsOf(run.settled, [...others, { type: "a:b:C", props: { name: unknown } }])).toEqual([]);
});

test("its settings limit what it lists", async () => {
  const props = stateOf([
    ...rows(3, noRecorder),
    ...rows(1, { status: "CREATE_FAILED", errorCode: "OtherException" }, 4),
  ]);
  const [[violation] = [""]] = await stackViolationsOf(run.settled, [{ props }], {
    maxAccountsShown: 1,
    maxGroupsShown: 1,
  });
  expect(violation).toContain("3 accounts: 100000000001 and 2 more\n");
  expect(violation).toMatch(/\n {2}and 1 account with 1 other cause$/);
});

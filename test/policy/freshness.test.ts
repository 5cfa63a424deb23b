import { createPolicies } from "../../policy/policies";
import { newUrn, stackViolationsOf, violationsOf } from "./evaluate";
import { rows, stateOf } from "./stateOf";

const { incomplete, inProgress, memberFailed, settled } = createPolicies();

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
/** Longer than this process has lived, and than any test run takes. */
const longAgo = 24 * 60;
const hour = { maxStatusAgeMinutes: 60 };
const tooOld = /, longer ago than maxStatusAgeMinutes \(60\) allows\.\n {4}Next: run pulumi refresh\.$/;
const future = /, which is in the future\.\n {4}Next: correct the clock/;

describe.each(Object.entries({ memberFailed, incomplete, inProgress }))("%s", (_, policy) => {
  test.each<{ what: string; minutes: number; config?: object; refused?: RegExp }>([
    { what: "of this run", minutes: 0 },
    {
      what: "of an earlier run",
      minutes: longAgo,
      refused: /, not by this run\.\n {4}Next: .*--target.*pulumi refresh/,
    },
    // As two readings of one clock may differ.
    { what: "older than maxStatusAgeMinutes by half a second", minutes: 60 + 0.5 / 60, config: hour },
    { what: "older than maxStatusAgeMinutes by some seconds", minutes: 60 + 5 / 60, config: hour, refused: tooOld },
    { what: "older than maxStatusAgeMinutes", minutes: longAgo, config: hour, refused: tooOld },
    { what: "younger than maxStatusAgeMinutes", minutes: longAgo, config: { maxStatusAgeMinutes: 2 * longAgo } },
    { what: "from the future", minutes: -60, refused: future },
    { what: "from the future, with maxStatusAgeMinutes,", minutes: -60, config: hour, refused: future },
  ])("a healthy status $what is judged by its age", async ({ config = {}, minutes, refused }) => {
    const lookedUpAt = minutesAgo(minutes);
    const violations = await violationsOf(policy, { props: { ...stateOf(rows(3)), lookedUpAt } }, config);
    expect(violations).toEqual(refused ? [expect.stringMatching(refused)] : []);
    for (const text of violations) expect(text).toMatch(new RegExp(`^This status was looked up at ${lookedUpAt}, `));
  });
});

test("an old failure is reported as old and as a failure", async () => {
  const props = { ...stateOf(rows(1, { status: "CREATE_FAILED" })), lookedUpAt: minutesAgo(longAgo) };
  const violations = await violationsOf(memberFailed, { props });
  expect(violations.map((text) => text.split(/[":]/)[0])).toEqual([
    expect.stringContaining("This status was looked up at") as string,
    "Organization conformance pack ",
  ]);
});

describe("settled", () => {
  const lookedUpAt = minutesAgo(longAgo);
  const props = { ...stateOf(rows(3)), lookedUpAt };
  const says = expect.stringContaining(`This status was looked up at ${lookedUpAt}, `) as string;

  test.each([
    { what: "as a rule", config: {}, refused: true },
    { what: "older than maxStatusAgeMinutes", config: { maxStatusAgeMinutes: 60 }, refused: true },
    { what: "younger than maxStatusAgeMinutes", config: { maxStatusAgeMinutes: 2 * longAgo }, refused: false },
  ])(
    "refuses a status of an earlier run that no resource policy judged, $what: $refused",
    async ({ config, refused }) => {
      const urn = newUrn();
      expect(await stackViolationsOf(settled, [{ props, urn }], config)).toEqual(refused ? [[says, urn]] : []);
    },
  );

  test("does not report it again where the resource policies did", async () => {
    const urn = newUrn();
    for (const policy of [memberFailed, incomplete]) expect(await violationsOf(policy, { props, urn })).toEqual([says]);
    expect(await stackViolationsOf(settled, [{ props, urn }])).toEqual([]);
  });
});

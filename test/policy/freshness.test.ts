import { incomplete, inProgress, memberFailed, settled } from "../../policy/index";
import { newUrn, rows, stackViolationsOf, stateOf, violationsOf } from "./evaluate";

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
/** Longer than this process has lived, and than any test run takes. */
const longAgo = 24 * 60;

describe.each(Object.entries({ memberFailed, incomplete, inProgress }))("%s", (_, policy) => {
  test.each([
    { what: "of an earlier run", minutes: longAgo, config: {}, refused: true },
    { what: "of this run", minutes: 0, config: {}, refused: false },
    // As two readings of one clock may differ.
    { what: "older by half a second", minutes: 60 + 0.5 / 60, config: { maxStatusAgeMinutes: 60 }, refused: false },
    { what: "older by some seconds", minutes: 60 + 5 / 60, config: { maxStatusAgeMinutes: 60 }, refused: true },
    { what: "from the future", minutes: -60, config: {}, refused: true },
    { what: "older than maxStatusAgeMinutes", minutes: longAgo, config: { maxStatusAgeMinutes: 60 }, refused: true },
    {
      what: "from the future, whatever its age may be,",
      minutes: -60,
      config: { maxStatusAgeMinutes: 120 },
      refused: true,
    },
    {
      what: "younger than maxStatusAgeMinutes",
      minutes: longAgo,
      config: { maxStatusAgeMinutes: 2 * longAgo },
      refused: false,
    },
  ])("a healthy status $what is refused: $refused", async ({ config, minutes, refused }) => {
    const lookedUpAt = minutesAgo(minutes);
    const props = { ...stateOf(rows(3)), lookedUpAt };
    const violations = await violationsOf(policy, { props }, config);
    expect(violations).toHaveLength(refused ? 1 : 0);
    if (refused) {
      expect(violations[0]).toBe(
        `This status was looked up at ${lookedUpAt}, not by this run.\n    Next: if the run has targets, add this resource to them (--target); to judge a saved state, run pulumi refresh and set maxStatusAgeMinutes.`,
      );
    }
  });
});

test("an old failure is told as both", async () => {
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
  const says = expect.stringMatching(`^This status was looked up at ${lookedUpAt}, not by this run`) as string;

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

  test("says nothing of it again where the resource policies did", async () => {
    const urn = newUrn();
    for (const policy of [memberFailed, incomplete]) expect(await violationsOf(policy, { props, urn })).toEqual([says]);
    expect(await stackViolationsOf(settled, [{ props, urn }])).toEqual([]);
  });
});

import type { FoundStatus } from "../../core/statusFile/statusFile";
import { changesOf } from "../../report/diff/changes";
import { changesMarkdown } from "../../report/diff/changesMarkdown";
import { changesText } from "../../report/diff/changesText";
import { account, row } from "../builders/members";
import { inRegions, statusOf } from "../builders/packStatus";
import { situations } from "../builders/situations";
import { fileOf } from "../builders/statusFile";
import { expectListed } from "../../core/status/expectation";

function at(day: number, statuses: Readonly<Record<number, string>>, expected: readonly number[] = []): FoundStatus {
  const members = Object.entries(statuses).map(([number, status]) =>
    row({ accountId: account(Number(number)), status }),
  );
  const regions = [
    { region: "us-east-1", ...(expected.length > 0 && { expectation: expectListed(expected.map(account)) }) },
  ];
  return fileOf(statusOf(members, { regions }), { lookedUpAt: new Date(Date.UTC(2026, 2, day)) });
}

const ok = "CREATE_SUCCESSFUL";
const bad = "CREATE_FAILED";

test("it says who failed anew, who still fails, who healed, who is missing anew, and who is gone", () => {
  const before = at(1, { 1: ok, 2: bad, 3: bad, 4: bad, 5: ok });
  const now = at(2, { 1: bad, 2: bad, 3: ok, 5: ok, 6: bad }, [7]);
  const { packs } = changesOf([before], [now]);
  const ids = (accounts: readonly { readonly accountId: string }[]) =>
    accounts.map(({ accountId }) => Number(accountId));
  const [pack] = packs;
  expect(
    pack &&
      Object.fromEntries(
        (["failed", "stillFailing", "healed", "missing", "gone"] as const).map((key) => [key, ids(pack[key])]),
      ),
  ).toEqual({
    failed: [1, 6],
    stillFailing: [2],
    healed: [3],
    missing: [7],
    gone: [4],
  });
});

test("nobody has healed where AWS does not answer now, or where nobody looked", () => {
  const rows = [row({ region: "eu-west-1", status: bad }), row({})];
  const both = fileOf(statusOf(rows, { regions: inRegions("eu-west-1", "us-east-1") }));
  const silent = fileOf(
    statusOf([row({})], {
      regions: [
        ...inRegions("us-east-1"),
        { region: "eu-west-1", failure: { code: "regionUnanswered", message: "No.", nextStep: "Wait." } },
      ],
    }),
  );
  const one = fileOf(statusOf([row({})]));
  for (const now of [silent, one]) expect(changesOf([both], [now]).packs[0]?.healed).toEqual([]);
  expect(changesOf([both], [silent]).packs[0]?.regions.silent).toEqual(["eu-west-1"]);
  expect(changesOf([silent], [both]).packs[0]?.regions.answering).toEqual(["eu-west-1"]);
  expect(changesOf([both], [one]).packs[0]?.regions.removed).toEqual(["eu-west-1"]);
});

test("nobody has healed whose lesser trouble was where AWS does not answer now", () => {
  const regions = [{ region: "us-east-1" }, { region: "eu-west-1", expectation: expectListed([account(1)]) }];
  const before = fileOf(statusOf([row({ status: bad })], { regions }));
  const failure = { code: "regionUnanswered" as const, message: "No.", nextStep: "Wait." };
  const now = fileOf(statusOf([row({})], { regions: [{ region: "us-east-1" }, { region: "eu-west-1", failure }] }));
  expect(before.missing).toMatchObject([{ accountId: account(1), region: "eu-west-1" }]);
  expect(changesOf([before], [now]).packs[0]?.healed).toEqual([]);
});

test("of a lookup that leaves healthy rows out, an account without a row is no former member", () => {
  const now = at(2, { 3: bad });
  const partial = {
    ...now,
    reasons: [...now.reasons, { code: "successfulOmitted", verdict: "PASSED", message: "Left out." }],
  };
  const [pack] = changesOf([at(1, { 1: bad, 2: ok, 3: bad })], [partial as FoundStatus]).packs;
  expect(pack).toMatchObject({ gone: [], notInTrouble: [{ accountId: account(1) }] });
  expect(changesText(changesOf([at(1, { 1: bad })], [partial as FoundStatus]))).toContain(
    "No longer failed or missing",
  );
});

test("of a lookup that failed, nothing is compared; packs come and go", () => {
  const { notLookedUp } = situations;
  const before = at(1, { 1: bad });
  const changes = changesOf([before], notLookedUp ? [notLookedUp] : []);
  expect(changes.packs).toMatchObject([{ verdict: { from: "FAILED", to: null }, healed: [], gone: [] }]);
  expect(changesOf([before], [{ ...before, name: "other" }])).toEqual({
    packs: [],
    addedPacks: ["other"],
    removedPacks: ["baseline"],
  });
});

test("as text and as Markdown, it says the same", () => {
  const changes = changesOf([at(1, { 1: ok, 2: bad, 3: bad })], [at(2, { 1: bad, 2: bad, 3: ok })]);
  expect(changesText(changes)).toBe(`baseline: still FAILED, from 2026-03-01T00:00:00.000Z to 2026-03-02T00:00:00.000Z.
  Failed since then, 1 account: 000000000001 in us-east-1
  Still failing, 1 account: 000000000002 in us-east-1
  Healed, 1 account: 000000000003 in us-east-1
`);
  expect(changesMarkdown(changes)).toBe(`**What has changed**

\`baseline\`, since 2026-03-01 00:00 UTC

- Failed since then, 1 account: \`000000000001\`
- Still failing, 1 account: \`000000000002\`
- Healed, 1 account: \`000000000003\``);
});

test("where nothing has changed, Markdown is empty and text says so", () => {
  const file = at(1, { 1: ok });
  expect(changesMarkdown(changesOf([file], [file]))).toBe("");
  expect(changesText(changesOf([file], [file]))).toContain("No account failed, healed or went missing");
});

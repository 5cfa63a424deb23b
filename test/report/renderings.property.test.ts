import { parse } from "csv-parse/sync";
import { XMLParser } from "fast-xml-parser";
import fc from "fast-check";
import { handlings, type Tolerance } from "../../core/gate/tolerance";
import type { FoundStatus } from "../../core/statusFile/statusFile";
import { readStatusFiles } from "../../core/statusFile/readStatusFiles";
import { expectListed } from "../../core/status/expectation";
import type { MemberStatus } from "../../core/status/memberStatus";
import { placeKey } from "../../core/status/place";
import { accountNumbers } from "../../report/headline";
import { render } from "../../report/renderings";
import type { RenderOptions } from "../../report/renderOptions";
import { account, row } from "../builders/members";
import { statusOf } from "../builders/packStatus";
import { fileOf, lookup } from "../builders/statusFile";
import { codesOf, type MarkdownNode, nodesOf, parseMarkdown } from "./gfm";
import { hostileNames } from "./hostileNames";

const regions = ["us-east-1", "eu-west-1", "ap-south-1"];
const options: RenderOptions = { now: new Date("2026-03-15T13:00:00.000Z"), show: "all" };
const accounts = 8;

const status = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom("CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL") },
  {
    weight: 4,
    arbitrary: fc.constantFrom("CREATE_FAILED", "DELETE_FAILED", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"),
  },
  { weight: 1, arbitrary: fc.constantFrom("DELETE_SUCCESSFUL", "CREATE_PAUSED") },
);

const member: fc.Arbitrary<MemberStatus> = fc
  .record(
    {
      number: fc.nat(accounts - 1),
      region: fc.constantFrom(...regions),
      status,
      name: fc.constantFrom(...hostileNames, "payments-prod"),
      errorCode: fc.constantFrom("AccessDenied", "NoAvailableConfigurationRecorderException", ...hostileNames),
      lastUpdateTime: fc.constantFrom("2026-03-15T11:59:00.000Z", "2026-03-01T00:00:00.000Z"),
    },
    { requiredKeys: ["number", "region", "status"] },
  )
  .map(({ errorCode, name, number, ...drawn }) =>
    row({
      ...drawn,
      accountId: account(number),
      ...(name !== undefined && { accountName: name }),
      ...(errorCode !== undefined && drawn.status.endsWith("FAILED") && { errorCode, errorMessage: `${errorCode}!` }),
    }),
  );

const tolerance: fc.Arbitrary<Tolerance> = fc.record(
  {
    accounts: fc.uniqueArray(
      fc.record({
        accountId: fc.nat(accounts).map(account),
        reason: fc.constantFrom("GOV-1", ...hostileNames.slice(0, 9)),
      }),
      { maxLength: 4, selector: ({ accountId }) => accountId },
    ),
    maxFailedAccounts: fc.nat(3),
    inProgress: fc.constantFrom(...handlings),
    noSuchPack: fc.constantFrom(...handlings),
  },
  { requiredKeys: [] },
);

const file: fc.Arbitrary<FoundStatus> = fc
  .record({
    members: fc.uniqueArray(member, { maxLength: 16, selector: placeKey }),
    expected: fc.option(fc.uniqueArray(fc.nat(accounts).map(account), { minLength: 1, maxLength: 5 })),
    silent: fc.option(fc.constantFrom("noSuchPack" as const, "regionUnanswered" as const), { freq: 5 }),
    aggregate: fc.option(fc.constantFrom("CREATE_SUCCESSFUL", "UPDATE_IN_PROGRESS", "CREATE_FAILED")),
    stuckAfterMinutes: fc.option(fc.constant(60)),
    owners: fc.array(fc.record({ owner: fc.constantFrom(...hostileNames, "team-a"), number: fc.nat(accounts - 1) }), {
      maxLength: 3,
    }),
    tolerate: tolerance,
  })
  .map(({ aggregate, expected, members, owners, silent, stuckAfterMinutes, tolerate }) => {
    const asked = silent ? regions.slice(1) : regions;
    const judged = statusOf(
      members.filter(({ region }) => asked.includes(region)),
      {
        regions: [
          ...asked.map((region) => ({
            region,
            ...(aggregate !== null && { aggregate: { status: aggregate, lastUpdateTime: "2026-03-15T11:00:00.000Z" } }),
            ...(expected && { expectation: expectListed(expected) }),
          })),
          ...(silent
            ? [{ region: "us-east-1", failure: { code: silent, message: "It is silent.", nextStep: "run it again." } }]
            : []),
        ],
        now: lookup().lookedUpAt,
        ...(stuckAfterMinutes !== null && { stuckAfterMinutes }),
      },
    );
    const accountOwners = {
      owners: owners.map(({ number, owner }) => ({ owner, accountIds: [account(number)] })),
      ...(owners.length > 1 && { warning: "Some are not known: `x` @octocat <b>." }),
    };
    return fileOf({ ...judged, ...(owners.length > 0 && { accountOwners }) }, { tolerate });
  });

/** What a rendering says: its verdict, its numbers of accounts, and the accounts that keep the gate closed. */
interface Said {
  readonly verdict?: string;
  readonly counts?: string;
  readonly closing: readonly string[];
}

/** The numbers that are not 0, as a text. */
function countsOf({ counts: { accounts: numbers } }: FoundStatus): string {
  return [String(numbers.total), ...accountNumbers(numbers).map(({ count, word }) => `${String(count)} ${word}`)].join(
    ", ",
  );
}

/** `8 accounts: 3 ok, 1 failed.` */
function readCounts(sentence: string): string {
  const [, total = "", , rest] = /^(\d+) accounts?( read)?(?:: (.*))?\.$/.exec(sentence) ?? [];
  return rest === undefined ? total : `${total}, ${rest}`;
}

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort();

function closingIn({ causes }: FoundStatus): readonly string[] {
  return unique(causes.flatMap((cause) => cause.accounts.map(({ accountId }) => accountId)));
}

function saidByText(text: string): Said {
  const lines = text.split("\n");
  // An account's line of a cause ends with ids and their names; a name has no 12 digits.
  const causes = lines.filter(
    (line, index) => /^ {2}(AWS says|Next): /.test(lines[index + 1] ?? "") && !line.startsWith("  "),
  );
  return {
    verdict: lines[0]?.split(" ", 1).join() ?? "",
    counts: readCounts(lines[1] ?? ""),
    closing: unique(causes.flatMap((line) => line.match(/\d{12}/g) ?? [])),
  };
}

function saidByMarkdown(tree: MarkdownNode): Said {
  const strong = nodesOf(tree).filter(({ type }) => type === "strong");
  const textOf = (node: MarkdownNode): string =>
    nodesOf(node)
      .map(({ value = "" }) => value)
      .join("");
  const paragraphs = nodesOf(tree)
    .filter(({ type }) => type === "paragraph")
    .map(textOf);
  const [table] = nodesOf(tree).filter(({ type }) => type === "table");
  // Accounts that are too many for the table are folded below it.
  const blocks = tree.children ?? [];
  const folded = blocks.filter((_block, index) => (blocks[index - 1]?.value ?? "").includes("Accounts of cause"));
  const ids = [...(table ? codesOf(table) : []), ...folded.flatMap(codesOf)].filter((id) => /^\d{12}$/.test(id));
  return {
    verdict: strong.map(textOf).find((text) => /^(FAILED|IN_PROGRESS|INCOMPLETE|PASSED)$/.test(text)) ?? "",
    counts: readCounts(paragraphs.find((text) => /^\d+ accounts?\b/.test(text)) ?? ""),
    closing: unique(ids),
  };
}

function saidByCsv(text: string): Said {
  const rows: Readonly<Record<string, string>>[] = parse(text, { columns: true, record_delimiter: "\r\n" });
  return {
    closing: unique(
      rows
        .filter(
          (one) =>
            !["successful", "deleted", "regionUnanswered"].includes(one.outcome ?? "") && one.tolerated_by === "",
        )
        .map(({ account_id: id = "" }) => id),
    ),
  };
}

function saidByJsonl(text: string): Said {
  const rows = text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Readonly<Record<string, string>>);
  return {
    ...(rows[0]?.decision !== undefined && { verdict: rows[0].decision }),
    closing: unique(
      rows
        .filter(
          ({ outcome = "", toleratedBy }) =>
            !["successful", "deleted", "regionUnanswered"].includes(outcome) && toleratedBy === undefined,
        )
        .map(({ accountId = "" }) => accountId),
    ),
  };
}

function saidByJunit(xml: string): Said & { readonly isRed: boolean } {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    parseAttributeValue: false,
    isArray: (name) => name === "testcase" || name === "testsuite",
  });
  const parsed = parser.parse(xml) as {
    testsuites: {
      "@failures": string;
      "@errors": string;
      testsuite: { testcase: Readonly<Record<string, unknown>>[] }[];
    };
  };
  const cases = parsed.testsuites.testsuite.flatMap(({ testcase }) => testcase);
  return {
    isRed: Number(parsed.testsuites["@failures"]) + Number(parsed.testsuites["@errors"]) > 0,
    closing: unique(
      cases.flatMap((one) => (one.failure === undefined ? [] : (/^\d{12}/.exec(String(one["@name"]))?.[0] ?? []))),
    ),
  };
}

test("for any status, every rendering says the same verdict, the same counts and the same accounts", () => {
  const files = fc.sample(file, { numRuns: 300, seed: 14 });
  const trees = parseMarkdown(files.map((one) => render("markdown", [one], options)));
  let closed = 0;
  for (const [index, one] of files.entries()) {
    const verdict = one.decision.verdict;
    const closing = closingIn(one);
    if (closing.length > 0) closed += 1;
    const expected = { verdict, counts: countsOf(one), closing };
    expect(saidByText(render("text", [one], options))).toEqual(expected);
    expect(saidByMarkdown(trees[index] ?? { type: "root" })).toEqual(expected);
    expect(saidByCsv(render("csv", [one], options))).toEqual({ closing });
    const jsonl = render("jsonl", [one], options);
    expect(saidByJsonl(jsonl)).toEqual({ ...(jsonl !== "" && { verdict }), closing });
    expect(saidByJunit(render("junit", [one], options))).toEqual({ isRed: verdict !== "PASSED", closing });
    expect(readStatusFiles(render("json", [one], options))).toEqual([one]);
    // On a terminal, the words are the same; only their lines are not.
    const wide = render("text", [one], { ...options, terminal: { columns: 100, hasColors: false } });
    for (const id of closing) expect(wide).toContain(id);
    expect(wide).toContain(` ${verdict}  baseline: `);
  }
  expect(closed).toBeGreaterThan(100);
});

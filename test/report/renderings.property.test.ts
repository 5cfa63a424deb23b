import fc from "fast-check";
import { ownersById } from "../../core/status/accountOwner";
import { readStatusFiles } from "../../core/statusFile/readStatusFiles";
import type { FoundStatus, StatusFile } from "../../core/statusFile/statusFile";
import { sanitize } from "../../core/text/sanitize";
import { accountNumbers } from "../../report/headline";
import { type Format, render } from "../../report/renderings";
import type { RenderOptions } from "../../report/renderOptions";
import { foundStatus, severalPacks } from "./anyStatus";
import { parseMarkdown } from "./gfm";
import {
  countedByRegion,
  type Said,
  saidByCsv,
  saidByHtml,
  saidByJsonl,
  saidByJunit,
  saidByMarkdown,
  saidByText,
  unique,
} from "./said";

const options: RenderOptions = { now: new Date("2026-03-15T13:00:00.000Z"), show: "all" };

/** What is true of a status file: every rendering has to say it, as far as its format can. */
function truthOf(file: StatusFile): Required<Said> | Said {
  if (file.verdict === null) return { name: file.name, word: "NOT_LOOKED_UP", closing: [] };
  const { causes, counts, decision, name } = file;
  const accounts = causes.flatMap((cause) => cause.accounts);
  const closing = unique(accounts.map(({ accountId }) => accountId));
  const owners = ownersById(file.accountOwners);
  return {
    name,
    word: decision.verdict,
    counts: [
      String(counts.accounts.total),
      ...accountNumbers(counts.accounts)
        .filter(({ count }) => count > 0)
        .map(({ count, word }) => `${String(count)} ${word}`),
    ].join(", "),
    regions: regionsOf(file),
    closing,
    owners: Object.fromEntries(
      closing.flatMap((id) => {
        const owner = owners.get(id);
        return owner === undefined ? [] : [[id, sanitize(owner)]];
      }),
    ),
    paths: Object.fromEntries(
      accounts.flatMap(({ accountId, path }) => (path === undefined ? [] : [[accountId, sanitize(path)]])),
    ),
  };
}

/** Every region that answered has its numbers, also where nobody is. */
function regionsOf({ members, missing, regionStatuses }: FoundStatus): Readonly<Record<string, string>> {
  const withRow = members.map(({ region, status }) => ({ region, status }));
  const withoutRow = missing.filter(({ cause }) => cause !== "deleting");
  return {
    ...Object.fromEntries(regionStatuses.flatMap(({ error, region }) => (error === undefined ? [[region, "0"]] : []))),
    ...countedByRegion([...withRow, ...withoutRow.map(({ region }) => ({ region, outcome: "missing" }))]),
  };
}

/** What these formats say of some packs. Each parser knows nothing of how the format is written. */
function expectSame(files: readonly StatusFile[], markdown: ReturnType<typeof parseMarkdown>[number]): void {
  const truths = files.map(truthOf).sort((a, b) => (a.name < b.name ? -1 : 1));
  const rendered = (format: Format): string => render(format, files, options);
  const sorted = <T extends Said>(said: readonly T[]): readonly T[] =>
    said.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  /** The same, as far as a format says it. */
  const only = (...keys: readonly (keyof Said)[]) =>
    truths.map((truth) =>
      Object.fromEntries(Object.entries(truth).filter(([key]) => keys.includes(key as keyof Said))),
    );

  expect(sorted(saidByText(rendered("text")))).toEqual(truths);
  expect(sorted(saidByHtml(rendered("html")))).toEqual(truths);
  expect(sorted(saidByMarkdown(markdown))).toEqual(only("name", "word", "counts", "closing", "owners"));
  const rows = truths
    .map((truth) => ({ ...truth, regions: withPeople(truth.regions) }))
    // A status without a row and without a silent region is no line at all.
    .filter(({ name }) => isInRows(files.find((file) => file.name === name)));
  const inRows = (hasWord: boolean) =>
    rows.map(({ closing, name, owners, regions, word }) => ({
      name,
      ...((hasWord || word === "NOT_LOOKED_UP") && { word }),
      ...(word !== "NOT_LOOKED_UP" && { regions, owners }),
      closing,
    }));
  expect(sorted(saidByCsv(rendered("csv")))).toEqual(inRows(false));
  expect(sorted(saidByJsonl(rendered("jsonl")))).toEqual(inRows(true));
  expect(sorted(saidByJunit(rendered("junit")))).toEqual(
    truths.map(({ closing, name, owners = {}, word }) => ({ name, closing, owners, isRed: word !== "PASSED" })),
  );
  expect(readStatusFiles(rendered("json"))).toEqual(files);
}

function withPeople(regions: Said["regions"] = {}): Said["regions"] {
  return Object.fromEntries(Object.entries(regions).filter(([, counts]) => counts !== "0"));
}

function isInRows(file: StatusFile | undefined): boolean {
  if (file?.verdict === undefined || file.verdict === null) return true;
  const isSilent = file.regionStatuses.some(({ error }) => error !== undefined);
  return isSilent || file.members.length + file.missing.length > 0;
}

test("for any status, every rendering says the same verdict, the same counts and the same accounts", () => {
  const files = fc.sample(foundStatus, { numRuns: 200, seed: 14 });
  const trees = parseMarkdown(files.map((one) => render("markdown", [one], options)));
  for (const [index, one] of files.entries()) {
    expectSame([one], trees[index] ?? { type: "root" });
    // On a terminal, the words are the same; only their lines are not.
    const wide = render("text", [one], { ...options, terminal: { columns: 100, hasColors: false } });
    const { closing, word = "" } = truthOf(one);
    for (const id of closing) expect(wide).toContain(id);
    expect(wide).toContain(` ${word}  baseline: `);
  }
  expectEverything(files);
});

test("for several packs, of which some could not be looked up, every rendering says the same of each", () => {
  const reports = fc.sample(severalPacks, { numRuns: 40, seed: 15 });
  const trees = parseMarkdown(reports.map((files) => render("markdown", files, options)));
  for (const [index, files] of reports.entries()) expectSame(files, trees[index] ?? { type: "root" });
  expect(reports.flat().some(({ verdict }) => verdict === null)).toBe(true);
});

/** What a status can be: a sample without one of these would prove nothing about it. */
function expectEverything(files: readonly FoundStatus[]): void {
  const kinds = new Set(files.flatMap(({ causes }) => causes.map(({ kind }) => kind)));
  expect([...kinds].sort()).toEqual(
    ["deleted", "deleting", "failed", "inProgress", "noRow", "outdated", "stuck", "unrecognized"].sort(),
  );
  const covers = new Set(files.flatMap(({ members }) => members.flatMap(({ tolerated }) => tolerated?.by ?? [])));
  expect([...covers].sort()).toEqual(["account", "inProgress", "limit", "organizationalUnit", "wait"]);
  expect(new Set(files.map(({ decision }) => decision.verdict)).size).toBe(4);
  const accounts = files.flatMap(({ causes }) => causes.flatMap((cause) => cause.accounts));
  for (const known of ["owner", "path"] as const) {
    expect(accounts.some((one) => one[known] !== undefined)).toBe(true);
    expect(accounts.some((one) => one[known] === undefined)).toBe(true);
  }
  expect(files.some(({ accountOwners, causes }) => accountOwners?.warning !== undefined && causes.length > 0)).toBe(
    true,
  );
  expect(files.some(({ unexpected }) => unexpected.length > 0)).toBe(true);
  expect(files.some(({ reasons }) => reasons.some(({ code }) => code === "regionUnanswered"))).toBe(true);
  expect(files.some(({ decision }) => decision.reasons.some(({ code }) => code === "unansweredTolerated"))).toBe(true);
}

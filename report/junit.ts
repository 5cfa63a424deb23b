import { create } from "xmlbuilder2";
import { failureNextStep } from "../core/gate/failureNextSteps";
import { reasonNextStep } from "../core/gate/reasonNextStep";
import { type Reason, reasonRules } from "../core/status/reasons";
import { ownersWarning } from "../core/status/accountOwner";
import { sanitize } from "../core/text/sanitize";
import type { FailedLookupFile, FoundStatus, StatusFile } from "../core/statusFile/statusFile";
import { type AccountRow, accountRows } from "./accountRows";
import { noResult as noResultSentence, noResultNextStep } from "./noResult";
import { isOfOutage } from "./packReasons";
import { isTrouble } from "./places";
import { counted } from "./numbers";
import { isBlocking } from "./severity";

/** The most rows of which each healthy one is a test case. Readers refuse or choke on files that are much larger. */
const mostPassing = 5_000;

/** One test case. */
interface TestCase {
  readonly name: string;
  readonly result?: { readonly kind: "failure" | "error" | "skipped"; readonly type?: string; readonly text: string };
}

interface TestSuite {
  readonly name: string;
  readonly lookedUpAt: string;
  readonly cases: readonly TestCase[];
  /** Sentences that are no test, and keep no gate closed. */
  readonly warnings?: readonly string[];
}

/**
 * Renders a test suite for each pack and region, and a test case for each account. One fails exactly when it keeps the
 * gate closed, so that the file and the exit code agree.
 */
export function renderJunit(files: readonly StatusFile[]): string {
  const suites = files.length === 0 ? [noResult()] : files.flatMap(suitesOf);
  const root = create({ version: "1.0", encoding: "UTF-8", invalidCharReplacement: "\uFFFD" }).ele("testsuites", {
    name: [...new Set(files.map(({ name }) => sanitize(name, 128)))].join(", ") || "organization conformance packs",
    ...numbersOf(suites.flatMap(({ cases }) => cases)),
    time: "0",
  });
  for (const suite of suites) {
    const element = root.ele("testsuite", {
      name: suite.name,
      ...numbersOf(suite.cases),
      time: "0",
      ...(suite.lookedUpAt !== "" && { timestamp: suite.lookedUpAt.slice(0, 19) }),
    });
    for (const { name, result } of unique(suite.cases)) {
      const testCase = element.ele("testcase", { classname: suite.name.replace(" ", "."), name, time: "0" });
      if (!result) continue;
      // In the message and in the text: each is dropped by some reader.
      const { kind, text, type } = result;
      const [message = ""] = text.split("\n", 1);
      testCase.ele(kind, { ...(type !== undefined && { type }), message }).txt(kind === "skipped" ? "" : text);
    }
    if (suite.warnings && suite.warnings.length > 0) element.ele("system-err").txt(suite.warnings.join("\n"));
  }
  return `${root.end({ prettyPrint: true })}\n`;
}

function suitesOf(file: StatusFile): readonly TestSuite[] {
  if (file.verdict === null) return [failedLookup(file)];
  const rows = new Map(file.regionStatuses.map(({ region }) => [region, [] as AccountRow[]]));
  for (const row of accountRows(file)) rows.get(row.region)?.push(row);
  const listsPassing = file.members.length <= mostPassing;
  const warnings = ownersWarning(file.accountOwners).map((warning) => sanitize(warning, 1_000));
  return file.regionStatuses.map(({ region }, index) => ({
    name: `${sanitize(file.name, 128)} ${sanitize(region, 40)}`,
    lookedUpAt: file.lookedUpAt,
    cases: [...regionCases(file, region), ...accountCases(file, rows.get(region) ?? [], listsPassing)],
    // About no region, so it is said once.
    ...(index === 0 && { warnings }),
  }));
}

function failedLookup({ error, lookedUpAt, name, regions }: FailedLookupFile): TestSuite {
  const where = regions.length === 1 ? ` ${sanitize(regions[0] ?? "", 40)}` : "";
  return {
    name: `${sanitize(name, 128)}${where}`,
    lookedUpAt,
    cases: [
      {
        name: "the pack is looked up",
        result: { kind: "error", type: sanitize(error.class, 80), text: linesOf(error.message) },
      },
    ],
  };
}

/** A file without a test is green in most readers. */
function noResult(): TestSuite {
  const text = `No result. ${noResultSentence}\nNext: ${noResultNextStep}`;
  return {
    name: "organization conformance packs",
    lookedUpAt: "",
    cases: [{ name: "a pack is looked up", result: { kind: "error", type: "noResult", text } }],
  };
}

/** The reasons that the rows of accounts are test cases for. */
const ofAccounts: ReadonlySet<string> = new Set(
  Object.entries(reasonRules).flatMap(([code, rule]) => ("rows" in rule ? [code] : [])),
);

/** The test cases for the region's answer and for AWS's status of the whole pack: always there, so that no suite is empty. */
function regionCases(file: FoundStatus, region: string): readonly TestCase[] {
  const isFirst = file.regionStatuses[0]?.region === region;
  const reasonsIn = (reasons: readonly Reason[]): readonly Reason[] =>
    reasons.filter(
      ({ code, region: of, verdict }) =>
        // What is about no region and no account is said once.
        verdict !== "PASSED" && !ofAccounts.has(code) && (of === region || (of === undefined && isFirst)),
    );
  const here = reasonsIn(file.decision.reasons);
  const silent = here.filter(isOfOutage);
  const others = here.filter((reason) => !silent.includes(reason));
  const excused = reasonsIn(file.reasons).filter((reason) => !isOfOutage(reason));
  const status = file.regionStatuses.find((known) => known.region === region);
  const textOf = (reasons: typeof here, nextStep?: string): string =>
    linesOf(
      reasons
        .map((reason) => {
          const next = nextStep ?? reasonNextStep(reason, file.regionStatuses);
          return `${reason.message}${next === undefined ? "" : `\nNext: ${next}`}`;
        })
        .join("\n"),
    );
  // A region that an exception covers is not one that answered.
  const isSilentButOpen = silent.length === 0 && status?.error !== undefined;
  return [
    {
      name: "the region answers",
      ...(silent.length > 0 && {
        result: { kind: "error", type: silent[0]?.code ?? "", text: textOf(silent, status?.nextStep) },
      }),
      ...(isSilentButOpen && { result: { kind: "skipped", text: linesOf(status.error ?? "") } }),
    },
    {
      name: "AWS's status of the pack",
      ...(others.length > 0
        ? { result: { kind: "failure", type: others[0]?.code ?? "", text: textOf(others) } }
        : excused.length > 0 && { result: { kind: "skipped", text: textOf(excused) } }),
    },
  ];
}

function accountCases(file: FoundStatus, rows: readonly AccountRow[], listsPassing: boolean): readonly TestCase[] {
  const named = rows.filter((row) => row.outcome !== "deleted" && (listsPassing || isTrouble(row)));
  const others = rows.filter(({ outcome }) => outcome === "successful").length;
  return [
    ...named.map((row) => {
      const result = resultOf(file, row);
      const name = row.accountName === undefined ? "" : ` ${sanitize(row.accountName, 128)}`;
      return { name: `${sanitize(row.accountId, 20)}${name}`, ...(result && { result }) };
    }),
    ...(!listsPassing && others > 0 ? [{ name: counted(others, "other account") }] : []),
  ];
}

function resultOf(file: FoundStatus, row: AccountRow): TestCase["result"] {
  if (!isTrouble(row)) return undefined;
  if (row.tolerated || !isBlocking(file)) return { kind: "skipped", text: coveredText(row) };
  const causes = row.causes.flatMap((index) => file.causes[index] ?? []);
  const cause = causes.find(({ kind }) => kind === typeOf(row));
  const since = row.lastUpdateTime === undefined ? "" : ` since ${row.lastUpdateTime}`;
  const owner = row.owner === undefined ? [] : [`Owner: ${sanitize(row.owner, 128)}`];
  const said = row.errorMessage === undefined ? [] : [`AWS says: ${row.errorMessage}`];
  const nextStep = cause?.nextStep ?? (row.outcome === "failed" ? failureNextStep(row) : undefined);
  return {
    kind: "failure",
    type: sanitize(row.outcome === "failed" ? (row.errorCode ?? row.outcome) : typeOf(row), 100),
    text: linesOf(
      [`${described(row)}${since}`, ...owner, ...said, ...(nextStep === undefined ? [] : [`Next: ${nextStep}`])].join(
        "\n",
      ),
    ),
  };
}

/** AWS's word for a row, and what it means where that word does not say so. */
function described({ outcome, status = "" }: AccountRow): string {
  switch (outcome) {
    case "stuck":
      return `Stuck: ${status}`;
    case "outdated":
      return `Not updated yet: ${status}`;
    case "unrecognized":
      return `Unknown status: ${status}`;
    case "missing":
      return status === "" ? "Missing" : `Missing: ${status}`;
    default:
      return status;
  }
}

function typeOf(row: AccountRow): string {
  return row.outcome === "missing" ? (row.cause ?? row.outcome) : row.outcome;
}

function coveredText(row: AccountRow): string {
  const { tolerated } = row;
  const what = described(row);
  switch (tolerated?.by) {
    case "account":
    case "organizationalUnit": {
      const until = tolerated.expires === undefined ? "" : ` until ${tolerated.expires}`;
      return linesOf(`${what}. Excepted${until}: ${tolerated.reason ?? ""}`);
    }
    case "limit":
      return linesOf(`${what}. Within maxFailedAccounts or maxFailedPercent.`);
    case "wait":
      return linesOf(`${what}. The update waits for it.`);
    case "inProgress":
    case undefined:
      return linesOf(`${what}. Allowed.`);
  }
}

/** Sanitized line by line. */
function linesOf(text: string): string {
  return text
    .split("\n")
    .map((line) => sanitize(line, 1_000))
    .join("\n");
}

function numbersOf(cases: readonly TestCase[]) {
  const count = (kind: string): string => String(cases.filter(({ result }) => result?.kind === kind).length);
  return {
    tests: String(cases.length),
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
  };
}

/** Readers ignore a second case of the same name. */
function unique(cases: readonly TestCase[]): readonly TestCase[] {
  const seen = new Map<string, number>();
  return cases.map((testCase) => {
    const times = (seen.get(testCase.name) ?? 0) + 1;
    seen.set(testCase.name, times);
    return times === 1 ? testCase : { ...testCase, name: `${testCase.name} (${String(times)})` };
  });
}

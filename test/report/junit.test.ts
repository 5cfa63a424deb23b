import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { StatusFile } from "../../core/statusFile/statusFile";
import { render } from "../../report/renderings";
import { isBlocking } from "../../report/severity";
import { reasonRules } from "../../core/status/reasons";
import { failing, row, rows } from "../builders/members";
import { statusOf } from "../builders/packStatus";
import { situations } from "../builders/situations";
import { fileOf } from "../builders/statusFile";
import { after, before, updating } from "../core/gate/cases";
import { hostileNames } from "./hostileNames";

interface Case {
  readonly "@name": string;
  readonly "@classname": string;
  readonly failure?: Result[];
  readonly error?: Result[];
  readonly skipped?: Result[];
}

interface Result {
  readonly "@type"?: string;
  readonly "@message": string;
  readonly "#text"?: string;
}

interface Suites {
  readonly testsuites: readonly [
    Readonly<Record<"@tests" | "@failures" | "@errors" | "@skipped", string>> & {
      readonly testsuite: readonly (Readonly<
        Record<"@name" | "@tests" | "@failures" | "@errors" | "@skipped", string>
      > & {
        readonly testcase: readonly Case[];
      })[];
    },
  ];
}

/** Reads a file as a CI system does. */
function readJunit(files: readonly StatusFile[]) {
  const xml = render("junit", files, { now: new Date(), show: "problems" });
  expect(XMLValidator.validate(xml)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    parseAttributeValue: false,
    parseTagValue: false,
    isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
  });
  const [{ testsuite, ...totals }] = (parser.parse(xml) as Suites).testsuites;
  return { xml, totals, suites: testsuite, cases: testsuite.flatMap(({ testcase }) => testcase) };
}

test.each(Object.entries(situations))(
  "it fails exactly when the decision does, and its counts agree: %s",
  (_name, file) => {
    const { cases, suites, totals } = readJunit([file]);
    const failures = cases.filter(({ failure }) => failure).length;
    const errors = cases.filter(({ error }) => error).length;
    expect(failures + errors > 0).toBe(isBlocking(file));
    expect(totals).toMatchObject({
      "@tests": String(cases.length),
      "@failures": String(failures),
      "@errors": String(errors),
      "@skipped": String(cases.filter(({ skipped }) => skipped).length),
    });
    for (const suite of suites) expect(suite["@tests"]).toBe(String(suite.testcase.length));
    // A file or a suite without a test is green in most readers.
    expect(suites.length).toBeGreaterThan(0);
  },
);

const healthy = rows("CREATE_SUCCESSFUL");

/** A status for each reason that keeps a gate closed, where no other situation has it. */
const forReasons: readonly StatusFile[] = [
  ...["DELETE_FAILED", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS", "DELETE_SUCCESSFUL", "PAUSED"].map((aggregate) =>
    fileOf(statusOf(healthy, { aggregate })),
  ),
  fileOf(updating(["UPDATE_IN_PROGRESS", after], ["CREATE_SUCCESSFUL", before])),
  fileOf(statusOf(healthy, { onlyStatuses: ["CREATE_SUCCESSFUL"] })),
];

test("it fails with each of the reasons that keep a gate closed", () => {
  const codes = new Set<string>();
  for (const file of [...Object.values(situations), ...forReasons]) {
    if (file.verdict === null) continue;
    for (const reason of file.decision.reasons) {
      if (reason.verdict === "PASSED") continue;
      codes.add(reason.code);
      // The test cases of this reason alone are red, too.
      const alone = { ...file, decision: { ...file.decision, reasons: [reason] } };
      expect(readJunit([alone]).cases.some(({ error, failure }) => error ?? failure)).toBe(true);
    }
  }
  const all = Object.entries(reasonRules).flatMap(([code, { verdict }]) => (verdict === "PASSED" ? [] : [code]));
  expect([...codes].sort()).toEqual(all.sort());
});

test("nothing looked up is an error, not an empty file", () => {
  const { cases } = readJunit([]);
  expect(cases).toMatchObject([{ error: [{ "@type": "noResult" }] }]);
});

test("a failure has AWS's code, AWS's words and the next step", () => {
  const { cases } = readJunit(situations.failed ? [situations.failed] : []);
  const failed = cases.filter(({ failure }) => failure);
  expect(failed).toHaveLength(5);
  expect(failed[0]).toMatchObject({
    "@classname": "baseline.us-east-1",
    "@name": "000000000041 payments-prod",
    failure: [
      {
        "@type": "NoAvailableConfigurationRecorderException",
        "@message": "CREATE_FAILED since 2026-03-10T08:12:44.000Z",
        "#text": expect.stringMatching(
          /AWS says: There are no configuration recorders[^]*\nNext: turn the AWS Config/,
        ) as string,
      },
    ],
  });
});

test("an excepted account is skipped with its reason, and a silent region is an error", () => {
  const excepted = readJunit(situations.excepted ? [situations.excepted] : []);
  expect(excepted.cases.filter(({ skipped }) => skipped)).toMatchObject([
    { skipped: [{ "@message": "CREATE_FAILED. Excepted until 2026-03-20: GOV-142" }] },
  ]);
  const silent = readJunit(situations.silent ? [situations.silent] : []);
  expect(silent.cases.filter(({ error }) => error)).toMatchObject([
    { "@name": "the region answers", error: [{ "@type": "regionUnanswered" }] },
  ]);
});

test("AWS's status of the pack is skipped where something excuses it", () => {
  const status = statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "CREATE_IN_PROGRESS" });
  const { cases } = readJunit([fileOf(status, { tolerate: { inProgress: "warn" } })]);
  expect(cases.find((each) => each["@name"] === "AWS's status of the pack")).toMatchObject({
    skipped: [{ "@message": expect.stringContaining("CREATE_IN_PROGRESS") as string }],
  });
});

test("names are unique within a suite, also of hostile accounts", () => {
  const members = hostileNames.map((accountName, index) =>
    row({
      accountId: String(index).padStart(12, "0"),
      accountName,
      status: "CREATE_FAILED",
      errorCode: accountName,
      errorMessage: accountName,
    }),
  );
  const { cases, suites } = readJunit([fileOf(statusOf(members))]);
  expect(cases.filter(({ failure }) => failure)).toHaveLength(hostileNames.length);
  for (const { testcase } of suites) {
    expect(new Set(testcase.map((one) => one["@name"])).size).toBe(testcase.length);
  }
});

test("over 5,000 rows, the healthy accounts are one test", () => {
  const { cases } = readJunit([fileOf(statusOf(failing(3, 5_001)))]);
  expect(cases).toHaveLength(2 + 3 + 1);
  expect(cases.at(-1)).toMatchObject({ "@name": "4,998 other accounts" });
  expect(readJunit([fileOf(statusOf(failing(3, 5_000)))]).cases).toHaveLength(2 + 5_000);
});

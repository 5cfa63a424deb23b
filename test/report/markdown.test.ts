import { render } from "../../report/renderings";
import type { RenderOptions } from "../../report/renderOptions";
import { code, prose } from "../../report/markdown/foreignText";
import { summaryBytes } from "../../report/markdown/summaryBytes";
import type { StatusFile } from "../../core/statusFile/statusFile";
import { sanitize } from "../../core/text/sanitize";
import { except } from "../builders/exceptions";
import { account, row } from "../builders/members";
import { inRegions, statusOf } from "../builders/packStatus";
import { situations } from "../builders/situations";
import { fileOf } from "../builders/statusFile";
import { codesOf, nodesOf, parseMarkdown } from "./gfm";
import { hostileNames } from "./hostileNames";

const now = new Date("2026-03-15T13:00:00.000Z");
const options: RenderOptions = { now, show: "problems" };

function markdown(files: readonly StatusFile[], others: Partial<RenderOptions> = {}): string {
  return render("markdown", files, { ...options, ...others });
}

/** What a rendering itself makes: nothing else may come of foreign text. */
const own = new Set([
  "root",
  "heading",
  "paragraph",
  "text",
  "strong",
  "inlineCode",
  "table",
  "tableRow",
  "tableCell",
  "list",
  "listItem",
  "html",
]);

const ownHtml =
  /^(<!-- pulumi-org-conformance v1 key=[a-z0-9-]{1,64} -->|<details><summary>[\w, ]+<\/summary>|<\/details>|<\/?sub>)$/;

/** A status file in which each foreign text is `text`. */
function hostile(text: string): StatusFile {
  const member = (number: number, status: string) =>
    row({
      accountId: account(number),
      accountName: text,
      status,
      ...(status.endsWith("FAILED") && { errorCode: text, errorMessage: text }),
    });
  const status = statusOf([member(1, "CREATE_FAILED"), member(2, "CREATE_FAILED"), member(3, text)], {
    regions: [
      { region: "us-east-1", aggregate: { status: text, errorCode: text, errorMessage: text } },
      { region: "eu-west-1", failure: { code: "regionUnanswered", message: text, error: text, nextStep: text } },
    ],
  });
  const file = fileOf({ ...status, name: text }, { tolerate: { accounts: [except(2, { reason: text })] } });
  return { ...file, callerAccountId: "222233334444", run: { project: text, stack: text } };
}

test("hostile texts make no link, image, element, mention or any other thing, wherever they stand", () => {
  const files = hostileNames.map(hostile);
  const failed = hostileNames.map((text): StatusFile => {
    const file = situations.notLookedUp;
    if (file?.verdict !== null) throw new Error("It was looked up.");
    return { ...file, name: text, error: { class: text, message: `${text}\n${text}`, nextStep: text } };
  });
  const texts = [
    ...files.map((file) => markdown([file], { contact: "#ask @here" })),
    ...failed.map((file) => markdown([file])),
    markdown(files),
    markdown(files, { previous: failed }),
    markdown(files, { previous: files.map((file) => ({ ...file, name: `${file.name}2` })) }),
    markdown(files, { show: "all" }),
  ];
  for (const [index, tree] of parseMarkdown(texts).entries()) {
    for (const { type, value = "" } of nodesOf(tree)) {
      expect({ index, type: own.has(type) ? "own" : type }).toEqual({ index, type: "own" });
      if (type === "html") expect(value).toMatch(ownHtml);
      // GitHub makes mentions, issues, emoji and links of plain text.
      if (type === "text") expect(value).not.toMatch(/[@#]\w|:\w+:|GH-\d|www\.\S|https?:/i);
    }
    for (const [first = ""] of [(texts[index] ?? "").split("\n")]) {
      expect(first).toMatch(/^<!-- pulumi-org-conformance v1 key=[a-z0-9-]{1,64} -->$/);
    }
  }
});

test("a hostile name comes out as it went in", () => {
  const trees = parseMarkdown(hostileNames.map((text) => markdown([hostile(text)])));
  for (const [index, tree] of trees.entries()) {
    const name = sanitize(hostileNames[index] ?? "", 64);
    // CommonMark takes a space off both sides where there is one on each.
    expect(codesOf(tree).map((text) => text.trim())).toContain(name.trim());
  }
});

test("a code span keeps its text, and words are plain only where nothing can be made of them", () => {
  expect(code("payments-prod")).toBe("`payments-prod`");
  expect(code("a`b")).toBe("``a`b``");
  expect(code("`")).toBe("`` ` ``");
  expect(prose("3 of 250 accounts failed, in 2 of 6 regions.")).toBe("3 of 250 accounts failed, in 2 of 6 regions.");
  expect(prose("give it s3:GetObject (tolerate.accounts).")).toBe("give it `s3:GetObject` (`tolerate.accounts`).");
  expect(prose("CREATE_FAILED @octocat GH-12 000000000041")).toBe("`CREATE_FAILED` `@octocat` `GH-12` `000000000041`");
});

test.each<[string, RegExp]>([
  ["passed", /^### ✅ Conformance gate passed$/m],
  ["failed", /^### ❌ Conformance gate: blocked$/m],
  ["passedByExceptions", /^### ✅ Conformance gate passed$/m],
  ["rollout", /^### ⏳ Conformance gate: blocked, a rollout is under way$/m],
  ["rolloutAllowed", /^### ✅ Conformance gate passed, a rollout is under way$/m],
  ["missing", /^### ❌ Conformance gate: blocked, 2 accounts have no pack$/m],
  ["silent", /^### ⚠️ Conformance gate: blocked, 1 of 2 regions could not be read$/m],
  ["notLookedUp", /^### ⚠️ Conformance gate: blocked, the pack could not be looked up$/m],
])("the heading says the decision: %s", (name, heading) => {
  const file = situations[name];
  expect(markdown(file ? [file] : [])).toMatch(heading);
});

test("without a status, the heading says that there is no result", () => {
  expect(markdown([])).toMatch(/^### ⚠️ Conformance gate: no result$/m);
});

test("of several packs, the worst makes the heading and stands first", () => {
  const { failed, missing, notLookedUp, passed } = situations;
  if (!failed || !missing || !notLookedUp || !passed) throw new Error("A situation is gone.");
  const text = markdown([passed, missing, { ...failed, name: "worse" }]);
  expect(text).toMatch(/^### ❌ Conformance gate: blocked$/m);
  expect(text).toContain("**2 of 3 packs** did not pass.");
  expect(text.indexOf("`worse`")).toBeLessThan(text.indexOf("`baseline`"));
  expect(markdown([failed, notLookedUp])).toContain("1 of 2 packs could not be looked up");
});

test("the key of the marker is the one given, else project and stack, else the pack's name", () => {
  const { failed } = situations;
  if (!failed) throw new Error("A situation is gone.");
  const keyOf = (text: string) => /^<!-- pulumi-org-conformance v1 key=(.*) -->\n/.exec(text)?.[1];
  expect(keyOf(markdown([failed], { key: "mine" }))).toBe("mine");
  expect(keyOf(markdown([failed]))).toBe("baseline");
  const run = { ...failed, run: { project: "Payments!", stack: "prod" } };
  expect(keyOf(markdown([{ ...failed, run: { project: "Payments!" } }, run]))).toBe("payments-prod");
  expect(keyOf(markdown([{ ...failed, name: "-->" }]))).toBe("default");
});

test("whom to ask and the full report are there where they are given, and only http is a link", () => {
  const { failed } = situations;
  const text = markdown(failed ? [failed] : [], { contact: "the team", reportUrl: "https://ci.example/1?a=b" });
  expect(text).toContain("Ask the team.");
  expect(text).toContain("[Full report](<https://ci.example/1?a=b>)");
  expect(markdown(failed ? [failed] : [], { reportUrl: "javascript:alert(1)" })).not.toContain("javascript");
});

test("the artifact with the status files is named, beside the link or alone", () => {
  const lastLine = (options: Partial<RenderOptions>) => markdown([], options).trimEnd().split("\n").at(-1);
  const artifact = "status `of` @all";
  const files = "The status files are in the artifact ``status `of` @all``.";
  expect(lastLine({ artifact })).toBe(files);
  expect(lastLine({ artifact, reportUrl: "https://ci.example/1" })).toBe(
    `[Full report](<https://ci.example/1>). ${files}`,
  );
  expect(lastLine({ reportUrl: "https://ci.example/1" })).toBe("[Full report](<https://ci.example/1>)");
});

/** `count` accounts that failed in 17 regions, for as many causes as there are, with the longest texts. */
function worst(count: number, causes: number, name = "baseline"): StatusFile {
  const regions = Array.from({ length: 17 }, (_, index) => `ap-southeast-${String(index + 1)}`);
  const long = "`|<@".repeat(500);
  const members = Array.from({ length: count }, (_, index) => index).flatMap((index) =>
    regions.map((region) =>
      row({
        accountId: account(index),
        accountName: "`".repeat(50),
        region,
        status: "CREATE_FAILED",
        errorCode: `Code${String(index % causes)}${"`x".repeat(40)}`,
        errorMessage: `${String(index % causes)}${long}`,
      }),
    ),
  );
  return { ...fileOf(statusOf(members, { regions: inRegions(...regions) })), name };
}

test("the worst comment is within its budget, and counts what it leaves out", () => {
  const file = worst(1_000, 40);
  const one = markdown([file]);
  expect(one.length).toBeLessThanOrEqual(60_000);
  expect(Buffer.byteLength(one)).toBeLessThanOrEqual(200_000);
  expect(one).toContain("with 30 other causes.");
  const many = markdown(
    Array.from({ length: 100 }, (_, index) => ({ ...worst(30, 12), name: `${"p".repeat(120)}${String(index)}` })),
  );
  expect(many.length).toBeLessThanOrEqual(60_000);
  expect(many).toMatch(/^- `p+\d+`: `FAILED`$/m);
  // Nothing is cut inside: each that is opened is closed.
  for (const text of [one, many]) {
    expect(text.match(/<details>/g)?.length ?? 0).toBe(text.match(/<\/details>/g)?.length ?? 0);
  }
});

test("a summary is within its budget, however small what is left of it is", () => {
  const files = Array.from({ length: 60 }, (_, index) => worst(40, 20, `pack-${String(index)}`));
  for (const bytes of [summaryBytes, 50_000, 5_000, 300]) {
    const text = markdown(files, { budget: { characters: Infinity, bytes } });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytes);
    expect(text).toMatch(/^### ❌ Conformance gate: blocked$/m);
  }
});

import { XMLParser } from "fast-xml-parser";
import { renderHtml } from "../../report/html/renderHtml";
import { render } from "../../report/renderings";
import { changesOf } from "../../report/diff/changes";
import { changesMarkdown } from "../../report/diff/changesMarkdown";
import { changesText } from "../../report/diff/changesText";
import { excepting } from "../builders/exceptions";
import { account, row } from "../builders/members";
import { statusOf } from "../builders/packStatus";
import { fileOf } from "../builders/statusFile";
import { situations } from "../builders/situations";

const options = { now: new Date("2026-03-15T13:00:00.000Z"), show: "problems" } as const;
const { owned } = situations;
const warning = "The owner of 1 account could not be read: AWS Organizations throttled the calls.";

function rendered(format: Parameters<typeof render>[0]): string {
  if (!owned) throw new Error("The situation is gone.");
  return render(format, [owned], options);
}

test("Markdown names owners in code spans, and says why others are not known", () => {
  expect(rendered("markdown")).toContain("`000000000041` `payments-prod` (owner `team-payments`), `000000000125`");
  expect(rendered("markdown").replaceAll("`", "")).toContain(`- Warning: ${warning}`);
});

test("each row of the tables has its owner, or none", () => {
  const objects = rendered("jsonl")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly accountId: string; readonly owner?: string });
  const byId = Object.fromEntries(objects.map(({ accountId, owner }) => [accountId, owner]));
  expect(byId).toEqual({
    "000000000041": "team-payments",
    "000000000125": undefined,
    "000000000208": "Ann Example",
  });
  const cells = rendered("csv").trim().split("\r\n");
  expect(cells[0]).toMatch(/,owner$/);
  expect(cells.slice(1).map((line) => line.split(",").at(-1))).toEqual([
    ...["team-payments", "team-payments"],
    ...["", ""],
    "Ann Example",
  ]);
});

test("a failed test of JUnit names the owner", () => {
  expect(rendered("junit").split("Owner: team-payments")).toHaveLength(3);
  expect(rendered("junit").split("Owner: Ann Example")).toHaveLength(2);
});

test("JSON lines say why an account in trouble may have no owner", () => {
  const rows = rendered("jsonl")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly owner?: string; readonly ownerWarning?: string });
  expect(rows.filter(({ owner }) => owner === undefined)).toHaveLength(2);
  for (const { owner, ownerWarning } of rows) expect(ownerWarning).toBe(owner === undefined ? warning : undefined);
  if (!owned) throw new Error("The situation is gone.");
  const healthy = render("jsonl", [owned], { ...options, show: "all" })
    .split("\n")
    .filter((line) => line.includes('"outcome":"successful"'));
  expect(healthy.length).toBeGreaterThan(100);
  for (const line of healthy) expect(line).not.toContain("ownerWarning");
});

test("JUnit says it once, beside the tests of the first region", () => {
  const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === "testsuite" });
  const { testsuites } = parser.parse(rendered("junit")) as {
    readonly testsuites: { readonly testsuite: readonly Readonly<Record<string, unknown>>[] };
  };
  const said = testsuites.testsuite.map((suite) => suite["system-err"]);
  expect(said.length).toBeGreaterThan(1);
  expect(said).toEqual([warning, ...said.slice(1).map(() => undefined)]);
  const { failed } = situations;
  expect(failed && render("junit", [failed], options)).not.toContain("system-err");
});

test("the page names owners in its cards and its table, and the warning among its remarks", () => {
  if (!owned) throw new Error("The situation is gone.");
  const html = renderHtml([owned], options);
  expect(html).toContain("<span>owner team-payments</span>");
  expect(html).toContain("<small>owner team-payments</small>");
  expect(html).toContain(`<li>${warning}</li>`);
});

describe("an account that is excepted or has changed", () => {
  const owners = { owners: [{ owner: "team-a", accountIds: [account(1)] }] };
  const at = (status: string) => {
    const accountOwners = status === "CREATE_FAILED" ? owners : { owners: [] };
    return { ...statusOf([row({ accountId: account(1), accountName: "shop", status })]), accountOwners };
  };
  const bad = fileOf(at("CREATE_FAILED"));
  const well = fileOf(at("CREATE_SUCCESSFUL"));
  const excepted = fileOf(at("CREATE_FAILED"), { tolerate: excepting(1) });

  test.each([
    ["text", `Warning: ${warning}`],
    ["markdown", `- Warning: ${warning}`],
    ["html", `<li>${warning}</li>`],
    ["junit", `<system-err>${warning}</system-err>`],
  ] as const)(
    "is beside the reason why it has no owner, in %s, where no other account is in trouble",
    (format, expected) => {
      const unread = { ...at("CREATE_FAILED"), accountOwners: { owners: [], warning } };
      const file = fileOf(unread, { tolerate: excepting(1) });
      expect(render(format, [file], options).replaceAll("`", "")).toContain(expected);
    },
  );

  test("has its owner where the exceptions are listed", () => {
    expect(render("text", [excepted], options)).toContain(`Excepted: ${account(1)} (shop, owner team-a) in `);
    const terminal = { columns: 140, hasColors: false };
    expect(render("text", [excepted], { ...options, terminal })).toContain("(shop, owner team-a) in ");
    expect(render("markdown", [excepted], options)).toContain(`\`${account(1)}\` \`shop\` (owner \`team-a\`) in `);
    expect(renderHtml([excepted], options)).toMatch(
      /<small>shop<\/small>\s*<small>owner team-a<\/small>\s*<\/th>\s*<td>/,
    );
    expect(render("csv", [excepted], options)).toMatch(/,account,team-a\r\n$/);
  });

  test.each([
    ["failed", well, bad],
    // The later lookup has no reason to ask for the owner.
    ["healed", bad, well],
  ])("has its owner where what has changed is listed: it %s", (list, before, now) => {
    const changes = changesOf([before], [now]);
    expect(changes.packs[0]).toMatchObject({ [list]: [{ accountId: account(1), owner: "team-a" }] });
    expect(changesText(changes)).toContain(`${account(1)} (shop, owner team-a) in us-east-1`);
    expect(changesMarkdown(changes)).toContain(`\`${account(1)}\` \`shop\` (owner \`team-a\`)`);
    expect(renderHtml([now], { ...options, previous: [before] })).toContain("<span>owner team-a</span>");
  });

  test("has none there in a redacted report", () => {
    for (const format of ["text", "markdown", "html", "csv", "jsonl", "junit", "json"] as const) {
      expect(render(format, [bad], { ...options, redact: true, previous: [excepted] })).not.toContain("team-a");
    }
  });
});

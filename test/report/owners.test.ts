import { renderHtml } from "../../report/html/renderHtml";
import { render } from "../../report/renderings";
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

test("the page names owners in its cards and its table, and the warning among its remarks", () => {
  if (!owned) throw new Error("The situation is gone.");
  const html = renderHtml([owned], options);
  expect(html).toContain("<span>owner team-payments</span>");
  expect(html).toContain("<small>owner team-payments</small>");
  expect(html).toContain(`<li>${warning}</li>`);
});

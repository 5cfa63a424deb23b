import { page } from "../docs/pages";
import { withReasonsTable } from "../../tools/reasonsTable";

const { text } = page("docs/verdict.md");

// If this fails, run: npm run docs:update
test("docs/verdict.md has the table that core/status/reasons.ts makes", () => {
  expect(withReasonsTable(text)).toBe(text);
});

test("a table that is old is replaced as a whole, and nothing else is", () => {
  expect(withReasonsTable(text.replace("| `noSuchPack` ", "| `noPack` "))).toBe(text);
  const [before, after] = ["<!-- reasons:start -->", "<!-- reasons:end -->"];
  expect(withReasonsTable(`Before.\n\n${before}\n\nold\n\n${after}\n\nAfter.\n`)).toMatch(
    /^Before\.\n\n<!-- reasons:start -->\n\n\| Code +\|[^]*\|\n\n<!-- reasons:end -->\n\nAfter\.\n$/,
  );
});

test("a page without the markers is an error, not a page without a table", () => {
  expect(() => withReasonsTable("# Verdict\n")).toThrow("reasons:start");
});

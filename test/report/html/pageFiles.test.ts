import { readFileSync } from "node:fs";
import { pageFiles } from "../../../tools/pageFiles";

// If this fails, run: npm run page:update
test("pageFiles.ts has the style and the script of the page as they are", () => {
  expect(readFileSync(require.resolve("../../../report/html/pageFiles"), "utf8")).toBe(pageFiles());
});

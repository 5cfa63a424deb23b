import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { readStatusFiles } from "../../core/statusFile/readStatusFiles";
import { renderHtml } from "../../report/html/renderHtml";
import { accountId, accountName, lookedUpAt, organizationFile, troubles } from "../builders/organization";
import { reportStates } from "../builders/reportStates";
import { describeInBrowser, openReport } from "./browser";

const states = Object.entries(reportStates);
const axe = readFileSync(require.resolve("axe-core"), "utf8");
const day = 86_400_000;

/** The accounts in the table, by id. */
async function listed(page: Page): Promise<string[]> {
  const heads = await page.locator(".grid tbody th").allTextContents();
  return heads.map((text) => text.slice(0, 12));
}

async function search(page: Page, text: string): Promise<string[]> {
  await page.getByLabel("Account", { exact: true }).fill(text);
  return listed(page);
}

/** True if neither the page nor a text in it is wider than the screen. */
async function isWithin(page: Page, width: number): Promise<boolean> {
  const found = await page.evaluate(() => document.documentElement.scrollWidth);
  return found <= width;
}

describeInBrowser("the report page in Chromium (set CHROMIUM_PATH if it is not found)", () => {
  describe.each(states)("%s", (_name, files) => {
    test("makes no request, breaks no rule of its own policy, and writes nothing to the console", async () => {
      const { messages, page, requests } = await openReport(files());
      expect(await page.locator("h1").count()).toBe(1);
      expect(requests).toEqual(["/"]);
      expect(messages).toEqual([]);
    });

    test("is not wider than a telephone of 390 pixels", async () => {
      const { page } = await openReport(files(), { viewport: { width: 390, height: 844 } });
      expect(await isWithin(page, 390)).toBe(true);
    });
  });
});

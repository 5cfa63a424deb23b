import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { renderHtml } from "../../report/html/renderHtml";
import { lookedUpAt, organizationFile } from "../../test/builders/organization";
import { reportStates } from "../../test/builders/reportStates";
import { findChromium } from "../../tools/chromium";
import { type BenchCase, expectThat, type Measurement } from "../measurement";
import { alternate, medianDifference, spread } from "../pairs";

/** The HTML report of the largest organization: its size, and how long a browser needs to show it. */
export const reportPage: BenchCase = async ({ runs }) => {
  const started = performance.now();
  const large = renderHtml(reportStates.manyFailed(), { now: lookedUpAt, show: "problems" });
  const rendered = performance.now() - started;
  const size: Measurement = {
    what: "HTML report of 10,000 accounts in 17 regions: bytes in all",
    unit: "bytes",
    value: Buffer.byteLength(large),
    limit: { most: 1_000_000 },
    runs: 1,
    detail: `1,201 accounts failed; built and rendered in ${(rendered / 1_000).toFixed(1)} s`,
  };
  const executablePath = findChromium();
  if (executablePath === undefined) {
    return { measurements: [size], notes: ["The HTML report was not opened: there is no Chromium on the machine."] };
  }
  const folder = await mkdtemp(join(tmpdir(), "report-page-"));
  const browser = await chromium.launch({ executablePath });
  try {
    const small = renderHtml([organizationFile({ accounts: 1 })], { now: lookedUpAt, show: "problems" });
    const urls = { large: await written(folder, "large", large), small: await written(folder, "small", small) };
    const elements = { large: 0, small: 0 };
    const turns = runs(9);
    const times = await alternate(turns, {
      large: async () => {
        const shown = await show(browser, urls.large);
        elements.large = shown.elements;
        return shown.milliseconds;
      },
      small: async () => (await show(browser, urls.small)).milliseconds,
    });
    expectThat(elements.large > 3_000, "the first 200 accounts were shown");
    return {
      measurements: [
        size,
        {
          what: "The same: elements once the browser shows it",
          unit: "count",
          value: elements.large,
          limit: { most: 6_000 },
          runs: 1,
          detail: "",
        },
        {
          what: "The same: time until the browser has painted it, more than of a report of one account",
          unit: "seconds",
          value: medianDifference(times.large, times.small) / 1_000,
          limit: { most: 1.5 },
          runs: turns,
          detail: `${spread(times.large)}, ${spread(times.small)}`,
        },
      ],
      notes: [`The HTML report is shown by Chromium ${browser.version()}.`],
    };
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
};

async function written(folder: string, name: string, html: string): Promise<string> {
  const path = join(folder, `${name}.html`);
  await writeFile(path, html);
  return pathToFileURL(path).href;
}

/** Opens a page, and waits until its script has run and it is painted. */
async function show(browser: Browser, url: string): Promise<{ milliseconds: number; elements: number }> {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 900 } });
  const started = performance.now();
  await page.goto(url);
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  const milliseconds = performance.now() - started;
  const elements = await page.locator("*").count();
  await page.close();
  return { milliseconds, elements };
}

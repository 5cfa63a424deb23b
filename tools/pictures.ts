import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { renderHtml } from "../report/html/renderHtml";
import { lookedUpAt } from "../test/builders/organization";
import { reportStates } from "../test/builders/reportStates";
import { findChromium } from "./chromium";

/** Takes a picture of the report page in each state, for the documentation. */
const folder = resolve(__dirname, "../docs/pictures");

/** The subject of a picture. */
interface Picture {
  readonly state: keyof typeof reportStates;
  /** The state that it is compared with. */
  readonly previous?: keyof typeof reportStates;
  readonly scheme?: "light" | "dark";
  /** CSS pixels. */
  readonly width?: number;
  /** Longer pages are cut here. */
  readonly height?: number;
}

const pictures: Readonly<Record<string, Picture>> = {
  passed: { state: "passed" },
  "three-failed": { state: "threeFailed" },
  "three-failed-dark": { state: "threeFailed", scheme: "dark" },
  "three-failed-narrow": { state: "threeFailed", width: 390, height: 2_400 },
  "many-failed": { state: "manyFailed", height: 3_000 },
  rollout: { state: "rollout", height: 2_200 },
  missing: { state: "missing" },
  "silent-region": { state: "silentRegion" },
  "silent-region-dark": { state: "silentRegion", scheme: "dark" },
  exceptions: { state: "exceptions" },
  "several-packs": { state: "severalPacks", height: 2_200 },
  "not-read": { state: "refused" },
  changes: { state: "severalPacks", previous: "earlierPacks", height: 2_600 },
  "changes-narrow": { state: "threeFailed", previous: "earlierPacks", width: 390, height: 2_600 },
};

async function main(): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("There is no Chromium: set CHROMIUM_PATH.");
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath });
  const only = process.argv.slice(2);
  try {
    for (const [name, picture] of Object.entries(pictures)) {
      if (only.length === 0 || only.includes(name)) await take(browser, name, picture);
    }
  } finally {
    await browser.close();
  }
}

async function take(browser: Browser, name: string, picture: Picture): Promise<void> {
  const { height = 4_000, previous, scheme = "light", state, width = 1_280 } = picture;
  const page = await browser.newPage({ colorScheme: scheme, viewport: { width, height: 900 }, deviceScaleFactor: 1 });
  // Two hours after the lookup, whenever it is taken.
  const now = new Date(lookedUpAt.getTime() + 2 * 3_600_000);
  await page.clock.setFixedTime(now);
  await page.setContent(
    renderHtml(reportStates[state](), {
      now,
      show: "problems",
      contact: "#cloud-governance",
      previous: previous && reportStates[previous](),
    }),
  );
  const whole = await page.evaluate("document.documentElement.scrollHeight");
  const path = resolve(folder, `${name}.png`);
  await page.screenshot({
    path,
    fullPage: true,
    clip: { x: 0, y: 0, width, height: Math.min(Number(whole), height) },
  });
  await page.close();
  makeSmaller(path);
  process.stdout.write(`${path}\n`);
}

/** To a third, by a palette. */
function makeSmaller(path: string): void {
  try {
    execFileSync("pngquant", ["--force", "--output", path, "--speed", "1", "--strip", "128", path]);
  } catch {
    process.stderr.write("Install pngquant: without it the pictures are three times as large.\n");
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

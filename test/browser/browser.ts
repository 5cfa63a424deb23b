import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import type { StatusFile } from "../../core/statusFile/statusFile";
import { renderHtml } from "../../report/html/renderHtml";
import type { RenderOptions } from "../../report/renderOptions";
import { findChromium } from "../../tools/chromium";
import { atTheEnd } from "../builders/cleanUp";
import { lookedUpAt } from "../builders/organization";

const executablePath = findChromium();
const isOfCi = (process.env.CI ?? "") !== "" && process.env.CI !== "false";

/** Tests in a real browser. On a person's machine without one they are skipped by name; where CI is set, they fail. */
export const describeInBrowser = executablePath === undefined && !isOfCi ? describe.skip : describe;

let browser: Browser | undefined;

beforeAll(async () => {
  if (executablePath !== undefined) browser = await chromium.launch({ executablePath });
});

afterAll(async () => {
  await browser?.close();
});

/** A page, and everything that a reader should never notice. */
export interface Opened {
  readonly page: Page;
  /** Paths that were asked for. */
  readonly requests: string[];
  /** Lines of the console, also the browser's own, for example of its content security policy. */
  readonly messages: string[];
}

/** How a page is opened. */
export interface Opening extends BrowserContextOptions {
  readonly options?: Partial<RenderOptions>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The reader's clock. */
  readonly now?: Date;
}

/** The report of these status files, from a server: on a page from a file, no clipboard and no icon would be asked for. */
export async function openReport(files: readonly StatusFile[], opening: Opening = {}): Promise<Opened> {
  const { headers = {}, now = new Date(lookedUpAt.getTime() + 7_200_000), options, ...context } = opening;
  if (!browser) throw new Error("There is no Chromium: install one, or set CHROMIUM_PATH.");
  const html = renderHtml(files, { now, show: "problems", ...options });
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers }).end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const opened = await browser.newContext({ viewport: { width: 1_280, height: 900 }, ...context });
  atTheEnd(async () => {
    await opened.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const page = await opened.newPage();
  const messages: string[] = [];
  page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => messages.push(`error: ${error.message}`));
  page.on("request", (request) => {
    // What never reaches the server is a request, too. The icon is in the page.
    if (!request.url().startsWith("http://127.0.0.1:") && !request.url().startsWith("data:"))
      requests.push(request.url());
  });
  await page.clock.setFixedTime(now);
  await page.goto(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
  return { page, requests, messages };
}

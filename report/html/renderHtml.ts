import { createHash } from "node:crypto";
import type { StatusFile } from "../../core/statusFile/statusFile";
import { sanitize } from "../../core/text/sanitize";
import { version } from "../../core/text/version";
import { headline } from "../headline";
import { isBlocking, packsIn, packsSentence, worstFirst } from "../severity";
import type { RenderOptions } from "../renderOptions";
import { packListSection } from "./changesSection";
import { html, inline, type Markup } from "./markup";
import { badge } from "./packHeader";
import { failedLookupSection, packSection } from "./packSection";
import { pageScript, pageStyle } from "./pageFiles";
import { decisionOf, type Tone } from "./tone";
import { noResult, noResultNextStep } from "../noResult";
import { counted, grouped } from "../numbers";

/**
 * Renders status files as one HTML file: it makes no request, and it is readable without its script and its style. The
 * script searches, filters, pages, copies and saves.
 */
export function renderHtml(files: readonly StatusFile[], options: RenderOptions): string {
  const [only] = files;
  const sections = files.map((file, index) => {
    const place = { id: `pack-${String(index + 1)}`, packs: files.length };
    return file.verdict === null ? failedLookupSection(file, place, options) : packSection(file, place, options);
  });
  const [worst] = worstFirst(files);
  const title = worst ? `${decisionOf(worst).word}: ${titleOf(files, worst)}` : "No result";
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="${icon(worst ? decisionOf(worst).tone : "gap")}" />
        ${inline("style", pageStyle)}
      </head>
      <body>
        <main>
          <p class="old" hidden role="note"></p>
          ${only === undefined && noResultHeader()}${files.length > 1 && packList(files)}${sections}${
            options.previous && packListSection(files, options.previous)
          }
        </main>
        <footer><p>pulumi-org-conformance ${version}</p></footer>
        ${inline("script", pageScript)}
      </body>
    </html> `.toString();
}

/** Only what is in this file: no request of any kind, no frame, no form. */
const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src '${hashOf(pageStyle)}'`,
  `script-src '${hashOf(pageScript)}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function titleOf(files: readonly StatusFile[], worst: StatusFile): string {
  const packs = packsIn(files);
  if (packs.length < 2) return sanitize((packs[0] ?? worst).name, 128);
  const closed = packs.filter(isBlocking).length;
  return closed === 0 ? counted(packs.length, "pack") : `${grouped(closed)} of ${counted(packs.length, "pack")}`;
}

function noResultHeader(): Markup {
  return html`<header class="pack-head">
    <h1>No result</h1>
    <p class="verdict">
      <span class="badge gap">NO RESULT</span> <strong class="lead">There is no status of a pack.</strong>
    </p>
    <p>${noResult} ${noResultNextStep}</p>
  </header> `;
}

function packList(files: readonly StatusFile[]): Markup {
  const sentence = packsSentence(files);
  return html`<header class="pack-head">
    <h1>Organization conformance packs</h1>
    ${sentence !== undefined && html`<p class="lead">${sentence}</p>`}
    <ul class="packs">
      ${files.map(
        (file, index) =>
          html`<li>
            ${badge(file)} <a href="#pack-${index + 1}">${sanitize(file.name, 128)}</a>
            <span>${file.verdict === null ? "It could not be looked up." : headline(file)[0]}</span>
          </li> `,
      )}
    </ul>
  </header> `;
}

const colours: Readonly<Record<Tone, string>> = {
  good: "17803d",
  bad: "c01f1f",
  busy: "b26a00",
  gap: "6d4bc4",
  calm: "667085",
};

/** A dot in the colour of the worst decision, for the browser's tab. */
function icon(tone: Tone): string {
  const image = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="#${colours[tone]}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(image)}`;
}

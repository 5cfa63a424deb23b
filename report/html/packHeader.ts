import type { FoundStatus, StatusFile } from "../../core/statusFile/statusFile";
import { sanitize } from "../../core/text/sanitize";
import { despite, headline } from "../headline";
import { counted, grouped } from "../numbers";
import { type Content, html, type Markup } from "./markup";
import { timeElement } from "./time";
import { decisionOf } from "./tone";

/** The decision, the sentences for it, the numbers, and where they come from. */
export function packHeader(file: FoundStatus, heading: Markup): Markup {
  const [lead = "", ...more] = headline(file);
  return html`<header class="pack-head">
    ${heading}
    <p class="verdict">${badge(file)} <strong class="lead">${lead}</strong></p>
    ${
      more.length > 0 &&
      html`<ul class="more">
        ${more.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>`
    }
    ${despite(file).map((sentence) => html`<p class="despite">${sentence}</p>`)} ${numbers(file)} ${facts(file)}
  </header> `;
}

/** The decision in a word. */
export function badge(file: StatusFile): Markup {
  const { sign, tone, word } = decisionOf(file);
  return html`<span class="badge ${tone}"><span aria-hidden="true">${sign} </span>${word}</span>`;
}

function numbers({ counts: { accounts } }: FoundStatus): Markup {
  const inProgress = accounts.inProgress - accounts.stuck;
  const all: readonly (readonly [number, string, string, boolean])[] = [
    [accounts.total, "accounts", "", true],
    [accounts.successful, "ok", "good", true],
    [accounts.failed, "failed", "bad", true],
    [inProgress, "in progress", "busy", inProgress > 0 || accounts.stuck === 0],
    [accounts.stuck, "stuck", "busy", accounts.stuck > 0],
    [accounts.missing, "missing", "gap", true],
    [accounts.unrecognized, "unknown", "gap", accounts.unrecognized > 0],
    [accounts.tolerated, "excepted or allowed", "calm", accounts.tolerated > 0],
  ];
  return html`<dl class="numbers">
    ${all
      .filter(([, , , isShown]) => isShown)
      .map(
        ([number, label, tone]) =>
          html`<div class="${number === 0 ? "zero" : tone}">
            <dt>${label}</dt>
            <dd>${grouped(number)}</dd>
          </div> `,
      )}
  </dl>`;
}

function facts(file: FoundStatus): Markup {
  return factList([
    ["Looked up", lookedUp(file)],
    ["Run", runOf(file)],
    ["Regions", file.regions.length > 3 ? counted(file.regions.length, "region") : file.regions.join(", ")],
    ["Expected accounts", expected(file)],
  ]);
}

/** Names and values; what has no value is left out. */
export function factList(all: readonly (readonly [string, Content])[]): Markup {
  return html`<dl class="facts">
    ${all.flatMap(([name, value]) =>
      value === undefined
        ? []
        : html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div> `,
    )}
  </dl>`;
}

/** When, and by which account. */
export function lookedUp({ callerAccountId, lookedUpAt }: StatusFile): Markup {
  const by = callerAccountId === undefined ? "" : html` from <code>${callerAccountId}</code>`;
  return html`${timeElement(lookedUpAt)}${by}`;
}

/** The Pulumi run, as far as it is known. */
export function runOf({ run }: StatusFile): Content {
  const where = [run?.project, run?.stack].filter((part) => part !== undefined).join("/");
  const what = run?.preview === undefined ? "" : run.preview ? "preview" : "update";
  const words = [what, where && sanitize(where, 200)].filter(Boolean).join(" of ");
  return words === "" ? undefined : words;
}

function expected({ expected: accounts }: FoundStatus): string {
  if (accounts === undefined) return "none, so a missing account would not be noticed";
  if (accounts === "organization") return "the active accounts of the organization";
  if (accounts === "organizationalUnits") return "the active accounts of organizational units";
  return `${counted(accounts, "account")} of a list`;
}

import type { FoundStatus, StatusFile } from "../../core/statusFile/statusFile";
import { sanitize } from "../../core/text/sanitize";
import { accountNumbers, despite, headline } from "../headline";
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

const tones: Readonly<Record<ReturnType<typeof accountNumbers>[number]["word"], string>> = {
  ok: "good",
  failed: "bad",
  "in progress": "busy",
  stuck: "busy",
  missing: "gap",
  "of unknown status": "gap",
  "excepted or allowed": "calm",
};

/** Shown also where they are 0: a reader looks for them. */
const always: ReadonlySet<string> = new Set(["ok", "failed", "missing"]);

function numbers({ counts: { accounts } }: FoundStatus): Markup {
  return html`<dl class="numbers">
    ${bigNumber(accounts.total, accounts.total === 1 ? "account" : "accounts", "")}
    ${accountNumbers(accounts).map(
      ({ count, word }) =>
        (count > 0 || always.has(word) || (word === "in progress" && accounts.stuck === 0)) &&
        bigNumber(count, word, tones[word]),
    )}
  </dl>`;
}

function bigNumber(count: number, label: string, tone: string): Markup {
  return html`<div class="${count === 0 ? "zero" : tone}">
    <dt>${label}</dt>
    <dd>${grouped(count)}</dd>
  </div> `;
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

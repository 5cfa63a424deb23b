import type { CauseAccount } from "../../core/gate/causes";
import { sanitize } from "../../core/text/sanitize";
import type { StatusFile } from "../../core/statusFile/statusFile";
import { changesOf, type PackChanges } from "../diff/changes";
import { accountChanges, packListChanges, regionChanges, unchangedText } from "../diff/changeTitles";
import { notLookedUp } from "../decisionWord";
import { counted } from "../numbers";
import { timeText } from "../timeText";
import { type Content, html, type Markup } from "./markup";

/** Accounts by name in each list. */
const accountsShown = 50;

/** The changes of one pack since an earlier lookup; nothing where there was none. */
export function changesSection(file: StatusFile, previous: readonly StatusFile[], id: string): Content {
  const [changes] = changesOf(previous, [file]).packs;
  if (!changes) return undefined;
  const facts = [...verdictChange(changes), ...accountChanges(changes).map(accountList), ...regionLists(changes)];
  return html`<section class="changes">
    <h3 id="${id}-changes">What has changed since <time datetime="${changes.from}">${timeText(changes.from)}</time></h3>
    ${
      facts.length === 0
        ? html`<p>${unchangedText(changes)}</p>`
        : html`<ul class="changes-list">
            ${facts.map((fact) => html`<li>${fact}</li> `)}
          </ul>`
    }
  </section> `;
}

/** The packs that only one of the two reports has. */
export function packListSection(files: readonly StatusFile[], previous: readonly StatusFile[]): Content {
  const lists = packListChanges(changesOf(previous, files));
  if (lists.length === 0) return undefined;
  return html`<ul class="changes-list">
    ${lists.map(({ names, title }) => html`<li>${title}: ${names.map((name) => sanitize(name, 128)).join(", ")}</li> `)}
  </ul>`;
}

function verdictChange({ verdict: { from, to } }: PackChanges): readonly Markup[] {
  if (from === to) return [];
  const [before, now] = [from, to].map((verdict) => (verdict ?? notLookedUp).replaceAll("_", " "));
  return [html`The pack itself: ${before} → <strong>${now}</strong>`];
}

function accountList({ accounts, title }: ReturnType<typeof accountChanges>[number]): Markup {
  const left = accounts.length - accountsShown;
  return html`<details${accounts.length <= 10 && html` open`}><summary>${title}: ${counted(accounts.length, "account")}</summary>
<ul class="accounts">${accounts.slice(0, accountsShown).map(accountLine)}</ul>${
    left > 0 && html`<p>and ${counted(left, "other account")}: see pulumi-org-conformance diff.</p>`
  }</details>`;
}

function accountLine({ accountId, accountName, owner, regions }: CauseAccount): Markup {
  return html`<li>
    <code>${sanitize(accountId, 12)}</code>${accountName !== undefined && html` <b>${sanitize(accountName, 128)}</b>`}
    ${owner !== undefined && html`<span>owner ${sanitize(owner, 128)}</span> `}<span
      >${regions.map((region) => sanitize(region, 40)).join(", ")}</span
    >
  </li> `;
}

function regionLists(changes: PackChanges): readonly Markup[] {
  return regionChanges(changes).map(
    ({ regions, title }) => html`${title}: ${regions.map((region) => sanitize(region, 40)).join(", ")}`,
  );
}

import type { Cause } from "../../core/gate/causes";
import type { FoundStatus } from "../../core/statusFile/statusFile";
import { sanitize } from "../../core/text/sanitize";
import { causeTitle } from "../../core/gate/causeTitle";
import { cellClass } from "./cellClass";
import { type Content, html, json, type Markup } from "./markup";
import type { PackedAccount, PageData } from "./pageData";
import { regionList } from "../regionNumbers";
import { needsLook, type Word, words } from "../stateWord";
import { counted } from "../numbers";

/** Elements that the first lines of all tables may take: a browser lays these out at once. */
const elementsAtFirst = 4_400;

/** Accounts that are in the page for readers without a script. */
const readableWithoutScript = 1_000;

/** The table of accounts: those that need a look. The script searches all. */
export interface AccountTable {
  readonly file: FoundStatus;
  readonly data: PageData;
  readonly id: string;
  /** The number of packs on the page, which share the elements. */
  readonly packs: number;
  readonly show: "problems" | "all";
}

/** The table, its filters, and the packed rows. */
export function accountTable({ data, file, id, packs, show }: AccountTable): Markup {
  const pageSize = Math.max(20, Math.min(200, Math.floor(elementsAtFirst / packs / (data.regions.length + 5))));
  const listed = show === "all" ? data.accounts : data.accounts.slice(0, data.toLookAt);
  const first = listed.slice(0, pageSize);
  const isNarrow = data.regions.length > 8;
  return html`<section
    class="accounts-section"
    data-pack="${id}"
    data-page-size="${pageSize}"
    data-show-all="${show === "all" ? "yes" : "no"}"
  >
    <h3 id="${id}-accounts">Accounts</h3>
    <p>${sentence(file, data)}</p>
    ${filters(file, data, id)}
    <div
      class="scroll tall"
      tabindex="0"
      role="region"
      aria-labelledby="${id}-name ${id}-accounts"
      ${first.length === 0 && html` hidden`}
    >
      <table class="grid${isNarrow ? " upright" : ""}${file.causes.length === 0 ? " no-causes" : ""}">
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Cause</th>
            ${data.regions.map((region) => html`<th scope="col"><span>${sanitize(region, 40)}</span></th>`)}
          </tr>
        </thead>
        <tbody>
          ${first.map((account) => line(account, data, file.causes, id))}
        </tbody>
      </table>
    </div>
    <p class="more-rows" hidden><button type="button" data-more>Show more</button></p>
    ${withoutScript(listed.slice(pageSize, readableWithoutScript), listed.length, data)}
    <script type="application/json" id="${id}-data">
      ${json(data)}
    </script>
  </section> `;
}

function sentence({ counts, regionStatuses }: FoundStatus, { accounts, lines, cells, toLookAt }: PageData): string {
  const excepted = Math.min(counts.accounts.tolerated, toLookAt);
  const looks = toLookAt - excepted;
  const well = accounts
    .slice(toLookAt)
    .filter(([, , line]) => lines[line]?.some((cell) => cells[cell]?.word === "ok")).length;
  const where = regionStatuses.some(({ error }) => error !== undefined) ? "wherever AWS answered" : "in every region";
  return [
    looks === 0 ? "No account needs a look." : `${counted(looks, "account")} ${looks === 1 ? "needs" : "need"} a look.`,
    ...(excepted > 0 ? [`${counted(excepted, "account")} ${excepted === 1 ? "is" : "are"} excepted or allowed.`] : []),
    ...(well > 0
      ? [`${counted(well, "account")} ${well === 1 ? "is" : "are"} well ${where}; search finds them too.`]
      : []),
  ].join(" ");
}

function filters({ causes }: FoundStatus, data: PageData, id: string): Markup {
  const { cells, regions } = data;
  const used = new Set(cells.map(({ word }) => word));
  const some = words.filter((word) => used.has(word));
  return html`<form class="filters" hidden>
    <label
      >Account
      <input
        type="search"
        name="account"
        placeholder="${data.owners ? "Id, name or owner" : "Id or name"}"
        autocomplete="off"
        spellcheck="false"
    /></label>
    <label
      >Status
      <select name="status">
        <option value="">any</option>
        ${some.map((word) => html`<option>${word}</option>`)}
      </select></label
    >
    <label
      >Region
      <select name="region">
        <option value="">any</option>
        ${regions.map((region) => html`<option>${sanitize(region, 40)}</option>`)}
      </select></label
    >
    <label ${causes.length === 0 && html` hidden`}
      >Cause
      <select name="cause">
        <option value="">any</option>
        ${causes.map((cause, index) => html`<option value="${index}">${index + 1}. ${causeTitle(cause)}</option>`)}
      </select></label
    >
    <output role="status" id="${id}-count"></output>
  </form>`;
}

function line(
  [accountId, name, index]: PackedAccount,
  { cells, lines, owners }: PageData,
  causes: readonly Cause[],
  id: string,
): Markup {
  const places = (lines[index] ?? []).map((cell) => cells[cell]);
  const numbers = [...new Set(places.flatMap((cell) => cell?.causes ?? []))];
  const owner = owners?.[accountId];
  return html`<tr>
    <th scope="row">
      ${accountId}${name !== "" && html`<small>${name}</small>`}${owner !== undefined && html`<small>owner ${owner}</small>`}
    </th>
    <td class="causes">
      ${numbers.map(
        (cause) =>
          html`<a href="#${id}-cause-${cause + 1}" title="${causes[cause] && causeTitle(causes[cause])}"
            >${cause + 1}</a
          >`,
      )}
    </td>
    ${places.map((cell) => wordCell(cell?.word))}
  </tr> `;
}

function wordCell(word: Word | undefined): Markup {
  return word === undefined ? html`<td class="none">–</td>` : html`<td class="${cellClass(word)}">${word}</td>`;
}

/** The next accounts, in a few elements each: a script never sees them. */
function withoutScript(accounts: readonly PackedAccount[], total: number, data: PageData): Content {
  if (accounts.length === 0) return undefined;
  const left = total - Math.min(total, readableWithoutScript);
  return html`<noscript>
    <table class="plain">
      <caption>
        The next ${counted(accounts.length, "account")}
      </caption>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col">Name</th>
          <th scope="col">Where</th>
        </tr>
      </thead>
      <tbody>
        ${accounts.map(
          ([id, name, index]) =>
            html`<tr>
              <th scope="row">${id}</th>
              <td>
                ${[name, ...(data.owners?.[id] === undefined ? [] : [`owner ${data.owners[id]}`])].filter(Boolean).join(", ")}
              </td>
              <td>${whereOf(data.lines[index] ?? [], data)}</td>
            </tr> `,
        )}
      </tbody>
    </table>
    ${left > 0 && html`<p>${counted(left, "account")} more: turn JavaScript on, or use the JSON or CSV report.</p>`}
  </noscript>`;
}

function whereOf(line: readonly number[], { cells, regions }: PageData): string {
  const byWord = new Map<Word, string[]>();
  line.forEach((cell, column) => {
    const word = cells[cell]?.word;
    if (word === undefined || !needsLook(word)) return;
    const found = byWord.get(word) ?? [];
    found.push(regions[column] ?? "");
    byWord.set(word, found);
  });
  return [...byWord].map(([word, found]) => `${word} in ${regionList(found, regions)}`).join("; ") || "ok";
}

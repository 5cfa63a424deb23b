import type { FoundStatus } from "../../core/statusFile/statusFile";
import { sanitize } from "../../core/text/sanitize";
import { endsIn, type Excepted, exceptedAccounts, otherTolerated } from "../exceptedAccounts";
import { counted } from "../numbers";
import { regionList } from "../regionNumbers";
import { type Content, html, type Markup } from "./markup";

/** Exceptions in the table; the saved files have all. */
const exceptionsShown = 200;

/** The failures and absences that are excepted, with the reason and the last day. */
export function exceptions(file: FoundStatus, id: string, now: Date): Content {
  const excepted = exceptedAccounts(file, now);
  const others = otherTolerated(file, excepted);
  if (excepted.length === 0 && others.length === 0) return undefined;
  return html`<section>
    <h3 id="${id}-exceptions">Excepted or allowed</h3>
    ${excepted.length > 0 && exceptionTable(excepted, file, id)}
    ${
      others.length > 0 &&
      html`<ul>
        ${others.map((sentence) => html`<li>${sanitize(sentence, 1_000)}</li>`)}
      </ul>`
    }
  </section> `;
}

function exceptionTable(exceptions: readonly Excepted[], { regions }: FoundStatus, id: string): Markup {
  const left = exceptions.length - exceptionsShown;
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="${id}-name ${id}-exceptions">
      <table class="exceptions">
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Regions</th>
            <th scope="col">Reason</th>
            <th scope="col">Until</th>
          </tr>
        </thead>
        <tbody>
          ${exceptions.slice(0, exceptionsShown).map((exception) => exceptionLine(exception, regions))}
        </tbody>
      </table>
    </div>
    ${left > 0 && html`<p>and ${counted(left, "other exception")}: see the saved files.</p>`}`;
}

function exceptionLine(exception: Excepted, asked: readonly string[]): Markup {
  const { accountId, accountName, owner, reason, regions } = exception;
  return html`<tr>
    <th scope="row">
      ${accountId}${accountName !== undefined && html`<small>${sanitize(accountName, 128)}</small>`}${owner !== undefined && html`<small>owner ${sanitize(owner, 128)}</small>`}
    </th>
    <td>${regionList(regions, asked)}</td>
    <td>${sanitize(reason, 300)}</td>
    <td>${until(exception)}</td>
  </tr> `;
}

function until({ endsInDays, expires }: Excepted): Content {
  if (expires === undefined) return "no end";
  if (endsInDays === undefined) return expires;
  return html`${expires} <strong class="busy">${endsIn(endsInDays)}</strong>`;
}

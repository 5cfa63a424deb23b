import type { FoundStatus, Toleration } from "../../core/statusFile/statusFile";
import { groupBy } from "../../core/status/groupBy";
import { sanitize } from "../../core/text/sanitize";
import { lastMoment } from "../../core/gate/expiry";
import { type Content, html, type Markup } from "./markup";
import { regionNames } from "./regionNames";
import { counted } from "./numbers";

const day = 86_400_000;

/** Days before its end from which an exception's end is pointed out. */
const soon = 14;

/** Exceptions in the table; the sentences of the decision name all. */
const exceptionsShown = 200;

/** What does not keep the gate closed although it is no success, why, and until when. */
export function letPass(file: FoundStatus, id: string, now: Date): Content {
  const { tolerated } = file.decision;
  const exceptions = exceptionsOf(file);
  // The table says these already.
  const ids = exceptions.map(({ accountId }) => accountId);
  const others = tolerated.filter((sentence) => !ids.some((id) => sentence.startsWith(`Account ${id} is `)));
  if (exceptions.length === 0 && others.length === 0) return undefined;
  const left = exceptions.length - exceptionsShown;
  return html`<section>
    <h3 id="${id}-let-pass">Let pass</h3>
    ${
      exceptions.length > 0 &&
      html`<div class="scroll" tabindex="0" role="region" aria-labelledby="${id}-name ${id}-let-pass">
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
              ${exceptions.slice(0, exceptionsShown).map((exception) => exceptionLine(exception, file.regions.length, now))}
            </tbody>
          </table>
        </div>
        ${left > 0 && html`<p>and ${counted(left, "other exception")}: see the saved files.</p>`}`
    }
    ${
      others.length > 0 &&
      html`<ul>
        ${others.map((sentence) => html`<li>${sanitize(sentence, 1_000)}</li>`)}
      </ul>`
    }
  </section> `;
}

/** An exception that was used. */
interface Exception {
  readonly accountId: string;
  readonly accountName?: string | undefined;
  readonly regions: readonly string[];
  readonly tolerated: Toleration;
}

function exceptionsOf({ members, missing }: FoundStatus): readonly Exception[] {
  const places = [...members, ...missing].flatMap(({ accountId, accountName, region, tolerated }) =>
    tolerated?.by === "account" ? [{ accountId, accountName, region, tolerated }] : [],
  );
  const groups = groupBy(places, ({ accountId, tolerated }) => JSON.stringify([accountId, tolerated]));
  return [...groups.values()]
    .map((group) => ({ ...group[0], regions: [...new Set(group.map(({ region }) => region))].sort() }))
    .sort((a, b) => (expiry(a) < expiry(b) ? -1 : expiry(a) > expiry(b) ? 1 : 0));
}

/** The first to expire comes first. */
function expiry({ tolerated }: Exception): string {
  return tolerated.expires ?? "9999";
}

function exceptionLine({ accountId, accountName, regions, tolerated }: Exception, ofAll: number, now: Date): Markup {
  return html`<tr>
    <th scope="row">${accountId}${accountName !== undefined && html`<small>${sanitize(accountName, 128)}</small>`}</th>
    <td>${regionNames(regions, ofAll)}</td>
    <td>${sanitize(tolerated.reason ?? "", 300)}</td>
    <td>${until(tolerated, now)}</td>
  </tr> `;
}

function until({ expires }: Toleration, now: Date): Content {
  if (expires === undefined) return "no end";
  const days = Math.floor(((lastMoment(expires) ?? 0) - now.getTime()) / day);
  if (days < 0) return html`${sanitize(expires, 10)} <strong class="bad">expired</strong>`;
  if (days > soon) return sanitize(expires, 10);
  return html`${sanitize(expires, 10)}
    <strong class="busy">${days === 0 ? "expires today" : `expires in ${counted(days, "day")}`}</strong>`;
}

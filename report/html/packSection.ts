import type { FailedLookupFile, FoundStatus } from "../../core/statusFile/statusFile";
import { sanitize } from "../../core/text/sanitize";
import type { RenderOptions } from "../renderOptions";
import { accountTable } from "./accountTable";
import { causeCards, next } from "./causeCards";
import { changesSection } from "./changesSection";
import { exceptions } from "./exceptions";
import { html, type Markup } from "./markup";
import { badge, factList, lookedUp, packHeader, runOf } from "./packHeader";
import { packRows } from "./packRows";
import { regionTable } from "./regionTable";
import { remarks } from "./remarks";

/** The place of a pack on the page. */
export interface PackPlace {
  readonly id: string;
  /** The number of packs on the page. */
  readonly packs: number;
}

/** One pack: the decision, what to do, regions, accounts, exceptions, remarks. */
export function packSection(file: FoundStatus, { id, packs }: PackPlace, options: RenderOptions): Markup {
  const { data, isComplete } = packRows(file);
  const cards = causeCards(file, id);
  return html`<section class="pack" id="${id}" aria-labelledby="${id}-name">
    ${packHeader(file, packHeading(file.name, id, packs))}
    ${
      cards.length > 0 &&
      html`<section>
        <h3>What to do</h3>
        ${contact(options)}
        <div class="cards">${cards}</div>
      </section> `
    }${options.previous && changesSection(file, options.previous, id)}${exceptions(file, id, options.now)}
    ${regionTable(file, id)}
    ${accountTable({
      data,
      file,
      id,
      packs,
      show: options.show,
    })}
    ${remarks(file)}
    <p class="save" hidden data-save="${id}">
      <button type="button" data-save-csv>Save rows as CSV</button>
      <button type="button" data-save-json>Save status as JSON</button>${
        !isComplete &&
        html` <span
          >Of so many rows, the page has not all of AWS's times and messages. The saved files leave these empty.</span
        >`
      }
    </p>
  </section> `;
}

/** A lookup that failed: nothing is known, which is no success. */
export function failedLookupSection(file: FailedLookupFile, { id, packs }: PackPlace, options: RenderOptions): Markup {
  const { error } = file;
  return html`<section class="pack" id="${id}" aria-labelledby="${id}-name">
    <header class="pack-head">
      ${packHeading(file.name, id, packs)}
      <p class="verdict">
        ${badge(file)} <strong class="lead">The pack could not be looked up. Nothing is known of it.</strong>
      </p>
      ${factList([
        ["Looked up", lookedUp(file)],
        ["Run", runOf(file)],
        [
          "Regions",
          file.regions.length > 0 ? file.regions.map((region) => sanitize(region, 40)).join(", ") : undefined,
        ],
      ])}
    </header>
    <section>
      <h3>What to do</h3>
      ${contact(options)}
      <div class="cards">
        <article class="card gap">
          <h4><code>${sanitize(error.class, 100)}</code></h4>
          <p class="says">
            <span>Error</span>
            <span>${errorLines(error.message).map((line) => html`${sanitize(line, 1_000)}<br />`)}</span>
          </p>
          ${error.requestId !== undefined && html`<p class="where">AWS's request id: <code>${sanitize(error.requestId, 80)}</code></p>`}
          ${next(error.nextStep)}
        </article>
      </div>
    </section>
    ${options.previous && changesSection(file, options.previous, id)}
  </section> `;
}

/** The message without what has a place of its own. */
function errorLines(message: string): readonly string[] {
  return message.split("\n").filter((line) => !/^(Next|AWS request id): /.test(line));
}

function packHeading(name: string, id: string, packs: number): Markup {
  const label = sanitize(name, 128);
  return html`${packs === 1 && html`<h1 class="kicker">Organization conformance pack</h1>`}
    <h2 id="${id}-name">${label}</h2>`;
}

function contact({ contact: whom }: RenderOptions): Markup {
  return whom === undefined
    ? html``
    : html`<p class="contact">Who can help: <strong>${sanitize(whom, 200)}</strong></p> `;
}

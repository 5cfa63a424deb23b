import type { Cause } from "../../core/gate/causes";
import type { FoundStatus } from "../../core/statusFile/statusFile";
import { sanitize } from "../../core/text/sanitize";
import { causeTitle } from "../../core/gate/causeTitle";
import { type Content, html, type Markup } from "./markup";
import { counted, grouped } from "../numbers";
import { isOfOutage, packReasons } from "../packReasons";
import { regionList, regionsOf } from "../regionNumbers";
import { timeText } from "../timeText";
import { type Tone, toneOfCause, toneOfVerdict } from "./tone";

/** Causes with a card. The others have few accounts each, and those are in the table. */
const cardsShown = 30;

/** Accounts that all cards together name. */
const accountsNamed = 400;

/** The causes that keep the gate closed and their next steps, a card each. Nothing for an open gate. */
export function causeCards(file: FoundStatus, id: string): readonly Markup[] {
  const shown = file.causes.slice(0, cardsShown);
  const named = Math.max(5, Math.min(50, Math.floor(accountsNamed / Math.max(1, shown.length))));
  return [
    ...shown.map((cause, index) => causeCard(cause, { id: `${id}-cause-${String(index + 1)}`, index, named, file })),
    ...otherCauses(file.causes.slice(cardsShown)),
    ...regionCards(file),
    ...reasonCards(file),
  ];
}

interface Place {
  readonly id: string;
  readonly index: number;
  readonly named: number;
  readonly file: FoundStatus;
}

function causeCard(cause: Cause, place: Place): Markup {
  const { file, id, index } = place;
  const { accounts, errorCode, kind, message, nextStep, otherMessages, since, statuses } = cause;
  const regions = regionsOf(accounts);
  const title = causeTitle(cause);
  const words = statuses.filter((status) => status !== title).map((status) => sanitize(status, 60));
  const others = otherMessages > 0 ? ` (and ${counted(otherMessages, "other message")})` : "";
  return card(toneOfCause[kind], id, [
    html`<h4>
      <span class="number">${index + 1}</span>
      ${kind === "failed" && errorCode !== undefined ? html`<code>${title}</code>` : title}
    </h4>`,
    html`<p class="where">
      <strong>${counted(accounts.length, "account")}</strong> in
      ${regionList(regions, file.regions)}${
        since !== undefined && html`, since <time datetime="${since}">${timeText(since)}</time>`
      }${words.length > 0 && html` <span class="words">${words.join(", ")}</span>`}
    </p>`,
    message !== undefined && html`<p class="says"><span>AWS says</span> ${sanitize(message, 1_000)}${others}</p>`,
    nextStep !== "" && next(nextStep),
    accountList(cause, regions, place),
    html`<p class="buttons" hidden>
      <button type="button" data-copy="${index}">
        Copy ${accounts.length === 1 ? "id" : `${grouped(accounts.length)} ids`}
      </button>
      <button type="button" data-show="${index}">Show in table</button>
    </p>`,
  ]);
}

/** The accounts; of their regions only what differs from those of the cause. */
function accountList({ accounts }: Cause, regions: readonly string[], { file, named }: Place): Markup {
  const rest = accounts.length - named;
  return html`<details${accounts.length <= 10 && html` open`}><summary>${counted(accounts.length, "account")}</summary>
<ul class="accounts">${accounts
    .slice(0, named)
    .map(
      ({ accountId, accountName, owner, path, regions: own }) =>
        html`<li>
          <code>${sanitize(accountId, 12)}</code
          >${accountName !== undefined && html` <b>${sanitize(accountName, 128)}</b>`}${
            path !== undefined && html` <span>in ${sanitize(path, 200)}</span>`
          }${owner !== undefined && html` <span>owner ${sanitize(owner, 128)}</span>`}${own.length < regions.length && html` <span>${regionList(own, file.regions)}</span>`}
        </li> `,
    )}</ul>${rest > 0 && html`<p>and ${counted(rest, "other account")}: see the table.</p>`}</details>`;
}

function otherCauses(causes: readonly Cause[]): readonly Markup[] {
  if (causes.length === 0) return [];
  const accounts = new Set(causes.flatMap((cause) => cause.accounts.map(({ accountId }) => accountId)));
  return [
    card("bad", undefined, [
      html`<h4>${counted(causes.length, "other cause")}</h4>`,
      html`<p class="where">
        <strong>${counted(accounts.size, "account")}</strong>: see the table, and AWS's words in the saved files.
      </p>`,
    ]),
  ];
}

/** The regions of which nothing is known. */
function regionCards({ decision, regionStatuses }: FoundStatus): readonly Markup[] {
  return decision.reasons.flatMap((reason) => {
    const { code, message, region } = reason;
    const silent = regionStatuses.find((status) => status.error !== undefined && status.region === region);
    if (!silent || !isOfOutage(reason)) return [];
    return card("gap", undefined, [
      html`<h4>${sanitize(silent.region, 40)}: ${code === "noSuchPack" ? "no such pack" : "not read"}</h4>`,
      html`<p class="where">Nothing is known of this region.</p>`,
      html`<p class="says">
        <span>Error</span>
        <span
          >${sanitize(silent.error ?? message, 1_000)}${
            silent.requestId !== undefined && html` AWS's request id: <code>${sanitize(silent.requestId, 80)}</code>`
          }</span
        >
      </p>`,
      next(silent.nextStep ?? "run the command again."),
    ]);
  });
}

/** The reasons that are about no accounts, for example a failure of the whole pack. */
function reasonCards(file: FoundStatus): readonly Markup[] {
  return packReasons(file).map(({ nextStep, reason }) => {
    const aggregate = file.regionStatuses.find(({ region }) => region === reason.region)?.aggregate;
    return card(toneOfVerdict[reason.verdict], undefined, [
      html`<h4>${sanitize(reason.message, 1_000)}</h4>`,
      aggregate?.errorMessage !== undefined &&
        html`<p class="says"><span>AWS says</span> ${sanitize(aggregate.errorMessage, 1_000)}</p>`,
      nextStep !== undefined && next(nextStep),
    ]);
  });
}

function card(tone: Tone, id: string | undefined, parts: readonly Content[]): Markup {
  return html`<article class="card ${tone}" ${id !== undefined && html` id="${id}" tabindex="-1"`}>
    ${parts.flatMap((part) => (part ? [part, "\n"] : []))}
  </article> `;
}

/** The next step as a sentence. */
export function next(step: string): Markup {
  return html`<p class="next"><span>Next</span> ${step.charAt(0).toUpperCase()}${step.slice(1)}</p>`;
}

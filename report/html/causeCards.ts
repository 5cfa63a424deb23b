import type { Cause } from "../../core/gate/causes";
import { packNextStep } from "../../core/gate/failureNextSteps";
import { reasonOf } from "../../core/gate/causes";
import type { FoundStatus } from "../../core/statusFile/statusFile";
import { type Reason, ruleOf } from "../../core/status/reasons";
import { plural } from "../../core/text/plural";
import { sanitize } from "../../core/text/sanitize";
import { causeTitle } from "./causeTitle";
import { type Content, html, type Markup } from "./markup";
import { regionNames } from "./regionNames";
import { timeText } from "./time";
import { type Tone, toneOfCause, toneOfVerdict } from "./tone";

/** Causes with a card. The others have few accounts each, and those are in the table. */
const cardsShown = 30;

/** Accounts that all cards together name. */
const accountsNamed = 400;

/** What keeps the gate closed and what to do about it, a card a cause. Nothing for an open gate. */
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

function causeCard(cause: Cause, { file, id, index, named }: Place): Markup {
  const { accounts, errorCode, kind, message, nextStep, otherMessages, since, statuses } = cause;
  const regions = [...new Set(accounts.flatMap((account) => account.regions))].sort();
  const title = causeTitle(cause);
  const words = statuses.filter((status) => status !== title).map((status) => sanitize(status, 60));
  const others = otherMessages > 0 ? ` (and ${plural(otherMessages, "other message")})` : "";
  return card(toneOfCause[kind], id, [
    html`<h4>${kind === "failed" && errorCode !== undefined ? html`<code>${title}</code>` : title}</h4>`,
    html`<p class="where">
      <strong>${plural(accounts.length, "account")}</strong> in
      ${regionNames(regions, file.regions.length)}${
        since !== undefined && html`, since <time datetime="${since}">${timeText(since)}</time>`
      }${words.length > 0 && html` <span class="words">${words.join(", ")}</span>`}
    </p>`,
    message !== undefined && html`<p class="says"><span>AWS says</span> ${sanitize(message, 1_000)}${others}</p>`,
    nextStep !== "" && next(nextStep),
    accountList(cause, { file, named }),
    html`<p class="buttons" hidden>
      <button type="button" data-copy="${index}">
        Copy ${accounts.length === 1 ? "id" : `${String(accounts.length)} ids`}
      </button>
      <button type="button" data-show="${index}">Show in table</button>
    </p>`,
  ]);
}

function accountList({ accounts }: Cause, { file, named }: Pick<Place, "file" | "named">): Markup {
  const rest = accounts.length - named;
  return html`<details${accounts.length <= 10 && html` open`}><summary>${plural(accounts.length, "account")}</summary>
<ul class="accounts">${accounts
    .slice(0, named)
    .map(
      ({ accountId, accountName, regions }) =>
        html`<li>
          <code>${sanitize(accountId, 12)}</code
          >${accountName !== undefined && html` <b>${sanitize(accountName, 128)}</b>`}${
            file.regions.length > 1 && html` ${regionNames(regions, file.regions.length)}`
          }
        </li> `,
    )}</ul>${rest > 0 && html`<p>and ${plural(rest, "other account")}: see the table.</p>`}</details>`;
}

function otherCauses(causes: readonly Cause[]): readonly Markup[] {
  if (causes.length === 0) return [];
  const accounts = new Set(causes.flatMap((cause) => cause.accounts.map(({ accountId }) => accountId)));
  return [
    card("bad", undefined, [
      html`<h4>${plural(causes.length, "other cause")}</h4>`,
      html`<p class="where">
        <strong>${plural(accounts.size, "account")}</strong>: see the table, and AWS's words in the saved files.
      </p>`,
    ]),
  ];
}

/** The regions of which nothing is known. */
function regionCards({ decision, regionStatuses }: FoundStatus): readonly Markup[] {
  return decision.reasons.flatMap(({ code, message, region }) => {
    const silent = regionStatuses.find((status) => status.error !== undefined && status.region === region);
    if (!silent || (code !== "regionUnanswered" && code !== "noSuchPack")) return [];
    return card("gap", undefined, [
      html`<h4>${sanitize(silent.region, 40)}: ${code === "noSuchPack" ? "no such pack" : "not read"}</h4>`,
      html`<p class="where">Nothing is known of this region.</p>`,
      html`<p class="says">
        <span>Error</span> ${sanitize(silent.error ?? message, 1_000)}${
          silent.requestId !== undefined && html` AWS's request id: <code>${sanitize(silent.requestId, 80)}</code>`
        }
      </p>`,
      next(silent.nextStep ?? "run the command again."),
    ]);
  });
}

const withCauses: ReadonlySet<string> = new Set(Object.values(reasonOf));

/** The reasons that are about no accounts, for example a failure of the whole pack. */
function reasonCards({ decision, regionStatuses }: FoundStatus): readonly Markup[] {
  return decision.reasons.flatMap((reason) => {
    const isSilent = reason.code === "regionUnanswered" || reason.code === "noSuchPack";
    if (reason.verdict === "PASSED" || withCauses.has(reason.code) || isSilent) return [];
    const aggregate = regionStatuses.find(({ region }) => region === reason.region)?.aggregate;
    const step = stepOf(reason, aggregate);
    return card(toneOfVerdict[reason.verdict], undefined, [
      html`<h4>${sanitize(reason.message, 1_000)}</h4>`,
      aggregate?.errorMessage !== undefined &&
        html`<p class="says"><span>AWS says</span> ${sanitize(aggregate.errorMessage, 1_000)}</p>`,
      step !== undefined && next(step),
    ]);
  });
}

function stepOf(reason: Reason, aggregate: FoundStatus["regionStatuses"][number]["aggregate"]): string | undefined {
  return (reason.code === "aggregateFailed" && aggregate && packNextStep(aggregate)) || ruleOf(reason).nextStep;
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

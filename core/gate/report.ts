import { ownersWarning } from "../status/accountOwner";
import type { PackStatus } from "../status/packStatus";
import { type Reason, type ReasonCode, reasonRules } from "../status/reasons";
import { notPassed, type Verdict } from "../status/verdict";
import { accountText } from "../text/accountText";
import { listItem } from "../text/listItem";
import { sanitize } from "../text/sanitize";
import { plural } from "../text/plural";
import { shortList } from "../text/shortList";
import { reasonNextStep } from "./reasonNextStep";
import { causeTitle } from "./causeTitle";
import { type Cause, type CauseAccount, causesOf, reasonOf } from "./causes";

/** The limits of a report. */
export interface ReportOptions {
  /** The most account ids for one cause; the others are counted. Default 20. */
  readonly maxAccountsShown?: number | undefined;
  /** The most causes; the others are counted. Default 10. */
  readonly maxGroupsShown?: number | undefined;
  /** Whom to ask: a team, a channel. Shown at the end. */
  readonly contact?: string | undefined;
  /** Where your own instructions are. Shown at the end. */
  readonly runbookUrl?: string | undefined;
  /** Your own next steps by AWS's error code, instead of this package's. */
  readonly nextSteps?: Readonly<Record<string, string>> | undefined;
}

/** The same, and what only its caller knows. */
export interface ReportArgs extends ReportOptions {
  /** Set when the update waits for what is in progress: then you don't have to. */
  readonly isAwaited?: boolean;
}

/** The verdict of the reason that a cause is for. */
function verdictOf({ kind }: Cause): Verdict {
  return reasonRules[reasonOf[kind]].verdict;
}

/** Reasons whose accounts are listed by cause, with a next step each. */
const withCauses: ReadonlySet<ReasonCode> = new Set(Object.values(reasonOf));

/**
 * Reports what keeps a gate closed: the pack, the regions, how many of how many accounts, the accounts by cause,
 * AWS's words once a cause, and the next step. AWS's text is sanitized.
 *
 * @param about - The verdicts to report on.
 * @returns Lines without a trailing line break, or `undefined` when there is nothing to report.
 */
export function report(
  status: PackStatus,
  about: readonly Exclude<Verdict, "PASSED">[],
  { isAwaited = false, ...options }: ReportArgs = {},
): string | undefined {
  const isAsked = (verdict: Verdict): boolean => about.some((asked) => asked === verdict);
  const reasons = status.reasons.filter(({ verdict }) => isAsked(verdict));
  if (reasons.length === 0) return undefined;
  const causes = causesOf(status)
    .filter((cause) => isAsked(verdictOf(cause)))
    .map((cause) => withOwnStep(cause, options.nextSteps));
  return [
    `Organization conformance pack "${sanitize(status.name, 128)}" in ${regionList(status.regions)}: ${reasons
      .map(({ message }) => sanitize(message, 1_000))
      .join(" ")}`,
    ...status.reasons
      .filter(({ code }) => code === "aggregateDisagrees" || code === "unansweredTolerated")
      .map(({ message }) => `  Note: ${sanitize(message, 1_000)}`),
    ...(causes.length === 0 ? [] : ownersWarning(status.accountOwners)).map(
      (warning) => `  Note: ${sanitize(warning, 1_000)}`,
    ),
    ...causeLines(isAwaited ? causes.map(withoutWaiting) : causes, status.regions, options),
    ...regionLines(status, reasons),
    ...nextSteps(status, isAwaited ? reasons.filter(({ verdict }) => verdict !== "IN_PROGRESS") : reasons),
    ...whomToAsk(options),
  ].join("\n");
}

/** The last lines of a message: whom to ask, and where your own instructions are. */
export function* whomToAsk({ contact, runbookUrl }: ReportOptions): Generator<string> {
  if (contact !== undefined) yield `    Ask: ${sanitize(contact, 200)}`;
  if (runbookUrl !== undefined) yield `    Runbook: ${sanitize(runbookUrl, 500)}`;
}

function withOwnStep(cause: Cause, nextSteps: ReportOptions["nextSteps"] = {}): Cause {
  const { errorCode } = cause;
  if (errorCode === undefined || !Object.hasOwn(nextSteps, errorCode)) return cause;
  return { ...cause, nextStep: sanitize(nextSteps[errorCode] ?? "", 500) };
}

function withoutWaiting(cause: Cause): Cause {
  return cause.kind === "inProgress" || cause.kind === "outdated" ? { ...cause, nextStep: "" } : cause;
}

const regionsShown = 5;

function regionList(regions: readonly string[]): string {
  if (regions.length > regionsShown) return plural(regions.length, "region");
  return regions.map((region) => sanitize(region, 40)).join(", ");
}

/** Failures first, then the other causes. The limit is for each verdict: many failures hide no missing account. */
function* causeLines(causes: readonly Cause[], asked: readonly string[], options: ReportOptions): Generator<string> {
  const { maxGroupsShown = 10 } = options;
  for (const verdict of notPassed) {
    const group = causes.filter((cause) => verdictOf(cause) === verdict);
    for (const cause of group.slice(0, maxGroupsShown)) yield* linesOf(cause, asked, options);
    const rest = group.slice(maxGroupsShown);
    if (rest.length > 0) {
      const ids = new Set(rest.flatMap(({ accounts }) => accounts.map(({ accountId }) => accountId)));
      yield `  and ${plural(ids.size, "account")} with ${plural(rest.length, "other cause")}`;
    }
  }
}

function* linesOf(cause: Cause, asked: readonly string[], options: ReportOptions): Generator<string> {
  const { accounts, message, nextStep, otherMessages, since, statuses } = cause;
  const title = causeTitle(cause, listItem);
  const words = statuses.length > 0 ? ` (${statuses.map((status) => sanitize(status, 40)).join(", ")})` : "";
  const where = asked.length > 1 ? ` in ${regionList(regionsOf(accounts))}` : "";
  const day = since === undefined ? "" : `, since ${sanitize(since.slice(0, 16)).replace("T", " ")} UTC`;
  yield `  ${title}${words}, ${plural(accounts.length, "account")}${where}${day}: ${accountList(accounts, options)}`;
  if (message !== undefined) {
    const others = otherMessages > 0 ? ` (and ${plural(otherMessages, "other message")})` : "";
    yield `    AWS says: ${sanitize(message)}${others}`;
  }
  if (nextStep !== "") yield `    Next: ${nextStep}`;
}

function regionsOf(accounts: readonly CauseAccount[]): string[] {
  return [...new Set(accounts.flatMap(({ regions }) => regions))].sort();
}

/** The regions that did not answer, or have no such pack. */
function* regionLines({ regionStatuses }: PackStatus, reasons: readonly Reason[]): Generator<string> {
  for (const { error, nextStep, region, requestId } of regionStatuses) {
    // A region without an answer has no other reason.
    const said = reasons.find((reason) => reason.region === region)?.message;
    if (error === undefined || said === undefined) continue;
    // The headline has its first sentence already.
    const more = sanitize(error.startsWith(said) ? error.slice(said.length) : error);
    const id = requestId === undefined ? "" : `(AWS request id ${sanitize(requestId, 80)})`;
    yield `  ${[`${sanitize(region, 40)}:`, more, id].filter((part) => part !== "").join(" ")}`;
    if (nextStep !== undefined) yield `    Next: ${nextStep}`;
  }
}

/** The next steps for the reasons that are not about accounts. */
function* nextSteps({ regionStatuses }: PackStatus, reasons: readonly Reason[]): Generator<string> {
  const steps = new Set(
    reasons
      .filter(({ code }) => !withCauses.has(code))
      .flatMap((reason) => reasonNextStep(reason, regionStatuses) ?? []),
  );
  for (const step of steps) yield `    Next: ${step}`;
}

function accountList(accounts: readonly CauseAccount[], { maxAccountsShown = 20 }: ReportOptions): string {
  return shortList(accounts, maxAccountsShown, accountText);
}

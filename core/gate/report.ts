import { failureNextStep, inactiveNextStep, packNextStep, saysInactive } from "./failureNextSteps";
import { harmless } from "../text/harmless";
import { messageTemplate } from "./messageTemplate";
import { type MemberStatus, outcomeOf, rowKey } from "../status/memberStatus";
import type { PackStatus } from "../status/packStatus";
import { type MissingAccount, outdatedMembers, plural, type ReasonCode, type Verdict } from "../status/verdict";

/** How much a report shows. */
export interface ReportOptions {
  /** The most account ids in one group; the others are counted. Default 20. */
  readonly maxAccountsShown?: number | undefined;
  /** The most groups; the others are counted. Default 10. */
  readonly maxGroupsShown?: number | undefined;
}

/** What to do about a reason that is about no account. */
const incompleteNextSteps: Readonly<Partial<Record<ReasonCode, string>>> = {
  noMembers:
    "if the pack was put a short time ago, wait and run the command again; else check that the organization has accounts, and the pack's ExcludedAccounts.",
  packDeleting: "if the pack is to stay, put it again when AWS is done with deleting it; else remove what gates on it.",
  packDeleted: "put the pack again, or remove what gates on it.",
  aggregateUnknown: "look at the pack in AWS Config, and update pulumi-org-conformance.",
  statusesFiltered: "leave statuses out, to judge all rows.",
};

/**
 * What stands in the way of a pass, as a person needs it: the pack, the regions, how many of how many accounts,
 * the account ids by cause, AWS's words once a cause, and the next step. AWS's text is made harmless.
 *
 * @param about - The verdicts to report on; a group is left out when its verdict is not asked for.
 * @param isAwaited - Whether the update waits for what is in progress: then nobody else has to.
 * @returns Lines without a trailing line break, or `undefined` when there is nothing to report.
 */
export function report(
  status: PackStatus,
  about: readonly Exclude<Verdict, "PASSED">[],
  options: ReportOptions = {},
  isAwaited = false,
): string | undefined {
  const reasons = status.reasons.filter(({ verdict }) => about.some((wanted) => wanted === verdict));
  if (reasons.length === 0) return undefined;
  const disagreements = status.reasons.filter(({ code }) => code === "aggregateDisagrees");
  const lines = [
    `Organization conformance pack "${harmless(status.name, 128)}" in ${status.regions.map((region) => harmless(region, 40)).join(", ")}: ${reasons
      .map(({ message }) => harmless(message, 1_000))
      .join(" ")}`,
  ];
  lines.push(...disagreements.map(({ message }) => `  Note: ${harmless(message, 1_000)}`));
  if (about.includes("FAILED")) lines.push(...failureLines(status, options));
  if (about.includes("IN_PROGRESS")) lines.push(...inProgressLines(status, options, isAwaited));
  if (about.includes("INCOMPLETE")) lines.push(...incompleteLines(status, options));
  return lines.join("\n");
}

function* failureLines(status: PackStatus, options: ReportOptions): Generator<string> {
  const { failed, reasons, regions, regionStatuses } = status;
  const isInactive = inactiveRows(status);
  const nextStepOf = (member: MemberStatus): string =>
    isInactive(member) ? inactiveNextStep : failureNextStep(member);
  // Without a code, AWS's words are all that tells one cause from another.
  const groups = groupBy(failed, (member) =>
    JSON.stringify([member.errorCode ?? wordsOf(member), member.region, nextStepOf(member)]),
  );
  groups.sort((a, b) => b.length - a.length);
  for (const group of groups.slice(0, options.maxGroupsShown ?? 10)) {
    const [first] = group;
    const where = whereOf(group, regions);
    const statuses = [...new Set(group.map((member) => harmless(member.status, 40)))].sort().join(", ");
    yield `  ${listed(first.errorCode ?? first.status, 100)}${where} (${statuses}), ${plural(group.length, "account")}: ${accountList(group, options)}`;
    const messages = [...new Set(group.map(wordsOf).filter((text) => text !== undefined))];
    if (messages[0] !== undefined) {
      const others = messages.length > 1 ? ` (and ${plural(messages.length - 1, "other message")})` : "";
      yield `    AWS says: ${harmless(messages[0])}${others}`;
    }
    yield `    Next: ${nextStepOf(first)}`;
  }
  const rest = groups.slice(options.maxGroupsShown ?? 10);
  if (rest.length > 0) {
    yield `  and ${plural(rest.flat().length, "account")} with ${plural(rest.length, "other cause")}`;
  }
  if (reasons.some(({ code }) => code === "packDeleteFailed")) {
    yield "    Next: look at the pack in AWS Config. If it is to stay, put it again; else delete it again, and remove what gates on it.";
  }
  const steps = reasons
    .filter(({ code }) => code === "aggregateFailed")
    .map((reason) => {
      const aggregate = regionStatuses.find(({ region }) => region === reason.region)?.aggregate;
      return (
        (aggregate && packNextStep(aggregate)) ??
        "look at the pack in AWS Config; AWS knows of a failure that no row here shows. Then put the pack again."
      );
    });
  for (const step of new Set(steps)) yield `    Next: ${step}`;
}

/** Which rows are of accounts in which nobody can do anything: as AWS Organizations, or AWS's words, say. */
function inactiveRows({ unexpected }: PackStatus): (member: MemberStatus) => boolean {
  const inactive = new Set(unexpected.filter(({ cause }) => cause === "notActive").map(rowKey));
  return (member) => inactive.has(rowKey(member)) || saysInactive(member);
}

function* inProgressLines(status: PackStatus, options: ReportOptions, isAwaited: boolean): Generator<string> {
  const { inProgress, members, reasons, regions, regionStatuses, stuck } = status;
  if (!reasons.some(({ verdict }) => verdict === "IN_PROGRESS")) return;
  const isStuck = new Set(stuck.map(rowKey));
  const groups = groupBy(inProgress, (member) =>
    JSON.stringify([isStuck.has(rowKey(member)), member.status, member.region]),
  );
  for (const group of groups) {
    const [first] = group;
    const since = group.flatMap(({ lastUpdateTime }) => lastUpdateTime ?? []).sort()[0];
    const time = since === undefined ? "" : `, the longest since ${since}`;
    const how = isStuck.has(rowKey(first)) ? " (stuck)" : "";
    yield `  ${harmless(first.status, 40)}${how}${whereOf(group, regions)}, ${plural(group.length, "account")}${time}: ${accountList(group, options)}`;
  }
  const outdated = outdatedMembers({ members, reasons, regionStatuses });
  for (const group of groupBy(outdated, ({ region }) => region)) {
    yield `  Older than the pack's update${whereOf(group, regions)}, ${plural(group.length, "account")}: ${accountList(group, options)}`;
  }
  const inactive = stuck.filter(inactiveRows(status));
  if (inactive.length > 0) {
    yield `    Next, for ${accountList(inactive, options)}: ${inactiveNextStep}`;
  }
  if (stuck.length > inactive.length) {
    yield "    Next: look at the stuck accounts in AWS Config; an account without a recorder is retried for only 7 hours. Then put the pack again.";
  } else if (stuck.length === 0 && !isAwaited) {
    yield "    Next: wait until AWS is done, then run the command again.";
  }
}

function* incompleteLines(
  { members, missing, reasons, regionStatuses, regions }: PackStatus,
  options: ReportOptions,
): Generator<string> {
  const isArgued = (code: ReasonCode): boolean => reasons.some((reason) => reason.code === code);
  const unrecognized = isArgued("statusUnknown")
    ? members.filter(({ status }) => outcomeOf(status) === "unrecognized")
    : [];
  for (const group of groupBy(unrecognized, ({ region }) => region)) {
    yield `  Unknown status${whereOf(group, regions)}, ${plural(group.length, "account")}: ${accountList(group, options)}`;
  }
  if (unrecognized.length > 0) {
    yield "    Next: look at these accounts in AWS Config, and update pulumi-org-conformance.";
  }
  const causes: Readonly<Record<MissingAccount["cause"], string>> = {
    noRow: "No row",
    deleting: "Being deleted",
    deleted: "Deleted",
  };
  const missed = isArgued("accountsMissing") ? missing : [];
  for (const group of groupBy(missed, ({ cause, region }) => JSON.stringify([cause, region]))) {
    yield `  ${causes[group[0].cause]}${whereOf(group, regions)}, ${plural(group.length, "expected account")}: ${accountList(group, options)}`;
  }
  if (missed.length > 0) {
    yield "    Next: check that these accounts are active members of the organization and not in the pack's ExcludedAccounts; an account that joined a short time ago gets the pack within hours.";
  }
  const isDoubted = new Set(
    reasons.flatMap(({ code, region }) => (code === "noSuchPack" || code === "regionUnanswered" ? region : [])),
  );
  for (const { error, nextStep, region, requestId } of regionStatuses) {
    if (error === undefined || !isDoubted.has(region)) continue;
    const id = requestId === undefined ? "" : ` (AWS request id ${harmless(requestId, 80)})`;
    yield `  ${harmless(region, 40)}: ${harmless(error)}${id}`;
    yield `    Next: ${nextStep ?? "run the command again."}`;
  }
  for (const code of new Set(reasons.map((reason) => reason.code))) {
    const step = incompleteNextSteps[code];
    if (step !== undefined) yield `    Next: ${step}`;
  }
}

/** AWS's words about a failure, the same for all accounts that it happened to. */
function wordsOf(member: MemberStatus): string | undefined {
  return messageTemplate(member) ?? member.errorMessage;
}

/** The region of a group, where there are several. */
function whereOf(
  [{ region }]: readonly [{ readonly region: string }, ...unknown[]],
  regions: readonly string[],
): string {
  return regions.length > 1 ? ` in ${harmless(region, 40)}` : "";
}

function accountList(
  rows: readonly { readonly accountId: string; readonly accountName?: string }[],
  { maxAccountsShown = 20 }: ReportOptions,
): string {
  const accounts = new Map(rows.map(({ accountId, accountName }) => [accountId, accountName]));
  const shown = [...accounts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, maxAccountsShown)
    .map(([id, name]) => `${harmless(id, 12)}${name === undefined ? "" : ` (${listed(name, 128)})`}`);
  const more = accounts.size > maxAccountsShown ? ` and ${String(accounts.size - maxAccountsShown)} more` : "";
  return `${shown.join(", ")}${more}`;
}

/** A name or a code that stands in a list: quoted where it could be taken for the list's own punctuation. */
function listed(text: string, maxLength: number): string {
  const line = harmless(text, maxLength);
  return /[(),:"]/.test(line) ? JSON.stringify(line) : line;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
}

import { awaitedSentence } from "../core/gate/failOn";
import { sanitize } from "../core/text/sanitize";
import type { AccountCounts } from "../core/gate/accountCounts";
import type { FoundStatus } from "../core/statusFile/statusFile";
import { counted, grouped } from "./numbers";

/** The reasons that keep the gate closed, a sentence each; of an open gate, how many accounts are well. */
export function headline(file: FoundStatus): readonly string[] {
  const against = file.decision.reasons.filter(({ verdict }) => verdict !== "PASSED");
  if (against.length > 0) return against.map(({ message }) => sanitize(message, 1_000));
  const unread = regionsWith(file, (error) => error !== undefined);
  const read = regionsWith(file, (error) => error === undefined);
  return [...(read.length > 0 ? [wellSentence(file, read)] : []), ...unreadSentences(file, unread)];
}

function wellSentence(file: FoundStatus, read: readonly string[]): string {
  const { successful, total } = file.counts.accounts;
  const where = read.length === 1 ? sanitize(read[0] ?? "", 40) : counted(read.length, "region");
  // With rows left out, nobody counted the healthy ones.
  if (isPartial(file)) return `No account keeps the gate closed in ${where}.`;
  if (successful === total) {
    return `${total === 1 ? "The account is" : `All ${grouped(total)} accounts are`} well in ${where}.`;
  }
  return `${grouped(successful)} of ${counted(total, "account")} are well in ${where}.`;
}

/** An exception excuses them: then the accounts there are not well, but unknown. */
function* unreadSentences({ reasons }: FoundStatus, unread: readonly string[]): Generator<string> {
  const isWithout = (region: string): boolean =>
    reasons.some((reason) => reason.code === "noSuchPack" && reason.region === region);
  const without = unread.filter(isWithout);
  const silent = unread.filter((region) => !isWithout(region));
  if (without.length > 0) yield `There is no such pack in ${regionWords(without)}.`;
  if (silent.length > 0) yield `Nothing is known of ${regionWords(silent)}.`;
}

function regionWords(regions: readonly string[]): string {
  return regions.length > 3 ? counted(regions.length, "region") : regions.map((name) => sanitize(name, 40)).join(", ");
}

function regionsWith(
  { regionStatuses }: FoundStatus,
  isOne: (error: string | undefined) => boolean,
): readonly string[] {
  return regionStatuses.filter(({ error }) => isOne(error)).map(({ region }) => region);
}

/** A sentence on why the decision differs from the verdict; none where it does not. */
export function despite({ decision, verdict }: FoundStatus): readonly string[] {
  if (decision.verdict === verdict) return [];
  const isAwaited = decision.warnings.some((warning) => warning.startsWith(awaitedSentence));
  const what = decision.verdict === "PASSED" ? "the rest" : "a part of it";
  return [
    `The pack itself is ${verdict}: ${isAwaited ? "the update waits for it" : `${what} is excepted or allowed`}.`,
  ];
}

/** `250 accounts: 247 ok, 3 failed, 1 excepted` */
export function countsSentence(file: FoundStatus): string {
  const { accounts } = file.counts;
  const parts = accountNumbers(accounts)
    .filter(({ count }) => count > 0)
    .map(({ count, word }) => `${grouped(count)} ${word}`);
  const read = isPartial(file) ? " read" : "";
  return `${counted(accounts.total, "account")}${read}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}`;
}

/** The numbers of accounts with their words. Stuck accounts are in progress, too, and are told apart here. */
export function accountNumbers(accounts: AccountCounts) {
  return [
    { count: accounts.successful, word: "ok" },
    { count: accounts.failed, word: "failed" },
    { count: accounts.inProgress - accounts.stuck, word: "in progress" },
    { count: accounts.stuck, word: "stuck" },
    { count: accounts.missing, word: "missing" },
    { count: accounts.unrecognized, word: "of unknown status" },
    { count: accounts.tolerated, word: "excepted or allowed" },
  ] as const;
}

/** True if healthy rows were left out, so that nobody counted them. */
export function isPartial({ reasons }: FoundStatus): boolean {
  return reasons.some(({ code }) => code === "successfulOmitted" || code === "statusesFiltered");
}

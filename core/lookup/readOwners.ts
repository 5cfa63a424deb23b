import { type AccountTags, readAccountTags } from "../aws/accountTags";
import { anySignal } from "../aws/anySignal";
import {
  AccessDeniedError,
  BadResponseError,
  Failure,
  isError,
  PaginationError,
  ServiceError,
  ThrottledError,
  TimedOutError,
  UnreachableError,
} from "../errors";
import { causesOf } from "../gate/causes";
import { decide } from "../gate/decide";
import type { Tolerance } from "../gate/tolerance";
import { type AccountOwners, byOwner } from "../status/accountOwner";
import type { PackStatus } from "../status/packStatus";
import type { PackStatusArgs } from "../status/packStatusArgs";
import { plural } from "../text/plural";
import { sanitize } from "../text/sanitize";
import type { GatherOptions } from "./gatherOptions";

/** The most accounts of a lookup whose owners are read: a page of people to ask helps nobody. */
const mostAccounts = 100;
/** The accounts of each cause that go first: reports name so many by default. */
const firstOfCause = 20;
/** The time for all owners of a lookup. They are worth no long wait. */
const patienceMs = 30_000;

/**
 * Reads who owns the accounts that a report of a status names. `undefined` where nobody asks for owners.
 *
 * It never fails, and changes no verdict: an owner that can't be read is left out, and a warning says why. When the signal
 * aborts, it ends at once: the status is known.
 */
export async function readOwners(
  status: PackStatus,
  args: PackStatusArgs,
  { settings, signal, tolerate }: Pick<GatherOptions, "settings" | "tolerate"> & { readonly signal: AbortSignal },
): Promise<AccountOwners | undefined> {
  if (args.ownerTag === undefined) return undefined;
  const reported = reportedAccounts(status, tolerate);
  const accountIds = reported.slice(0, mostAccounts);
  if (accountIds.length === 0) return { owners: [] };
  const patience = AbortSignal.timeout(patienceMs);
  const call = {
    packName: status.name,
    region: status.regions[0] ?? "",
    signal: anySignal([signal, patience]),
  };
  const tags = await readAccountTags(settings, args, call, { key: args.ownerTag, accountIds });
  const warning = [
    ...unreadSentences(tags, { patience, isEnded: signal.aborted }),
    ...unknownSentences(tags),
    ...leftOutSentences(accountIds.length, reported.length),
  ].join(" ");
  return { owners: byOwner(tags.values), ...(warning !== "" && { warning }) };
}

/**
 * The accounts that a report names: those that keep the gate closed, as it names them by default, then those about which
 * there is only something to say, and those that are excepted or allowed at last. Of these, nobody has to do anything.
 */
function reportedAccounts(status: PackStatus, tolerate: Tolerance | undefined): readonly string[] {
  const { remaining } = decide(status, tolerate);
  return [
    ...new Set([
      ...idsByCause(remaining),
      ...status.unexpected.map(({ accountId }) => accountId),
      ...idsByCause(status),
    ]),
  ];
}

function idsByCause(status: PackStatus): readonly string[] {
  const causes = causesOf(status).map(({ accounts }) => accounts.map(({ accountId }) => accountId));
  return [...causes.flatMap((ids) => ids.slice(0, firstOfCause)), ...causes.flat()];
}

/** The ends of a reading before its time. */
interface Ends {
  readonly patience: AbortSignal;
  /** True if the lookup ended, by its time limit or by its caller. */
  readonly isEnded: boolean;
}

function* unreadSentences({ failure, unread }: AccountTags, ends: Ends): Generator<string> {
  if (failure === undefined || unread.length === 0) return;
  const owners = unread.length === 1 ? "owner" : "owners";
  yield `The ${owners} of ${plural(unread.length, "account")} could not be read: ${reasonOf(failure, ends)}`;
}

/** A sentence or two. It does not name the pack: the name may be a secret. */
function reasonOf(failure: unknown, { isEnded, patience }: Ends): string {
  if (failure instanceof Failure) {
    if (failure.is(AccessDeniedError)) {
      return `AWS Organizations denied ${failure.context.action}. Allow it (iam/owner-tag.json), or ask for no owners.`;
    }
    if (failure.is(ServiceError)) return `AWS Organizations answered ${sanitize(failure.context.code, 80)}.`;
    return failureWords[failure.kind] ?? `AWS Organizations could not be asked (${failure.kind}).`;
  }
  if (patience.aborted) return `AWS Organizations took longer than ${String(patienceMs / 1_000)} seconds.`;
  if (isEnded) return "The lookup ended before AWS Organizations had answered.";
  return `AWS Organizations could not be asked (${isError(failure) ? failure.name : "unknown"}).`;
}

const failureWords: Readonly<Record<string, string>> = {
  [BadResponseError.name]: "AWS Organizations returned an invalid response.",
  [PaginationError.name]: "AWS Organizations returned an invalid response.",
  [ThrottledError.name]: "AWS Organizations throttled the calls.",
  [TimedOutError.name]: "AWS Organizations did not answer in time.",
  [UnreachableError.name]: "AWS Organizations could not be reached.",
};

function* unknownSentences({ unknown }: AccountTags): Generator<string> {
  if (unknown.length === 0) return;
  yield `AWS Organizations does not know ${plural(unknown.length, "account")}, so ${unknown.length === 1 ? "it has" : "they have"} no owner.`;
}

function* leftOutSentences(read: number, all: number): Generator<string> {
  if (all > read)
    yield `The owners of ${plural(all - read, "other account")} were not read: a lookup reads at most ${String(mostAccounts)}.`;
}

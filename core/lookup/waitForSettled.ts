import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { anySignal } from "../aws/anySignal";
import type { AwsSettings } from "../aws/settings";
import {
  BadResponseError,
  NotSettledError,
  PaginationError,
  ServiceError,
  ThrottledError,
  TimedOutError,
  UnreachableError,
} from "../errors";
import { waitDefaults, type WaitForSettled } from "../gate/gateArgs";
import { report } from "../gate/report";
import { decideForWait, isSettledInAgreement } from "../gate/settled";
import type { Tolerance } from "../gate/tolerance";
import { outcomeOf, unsuccessfulStatuses } from "../status/detailedStatus";
import type { PackStatus } from "../status/packStatus";
import type { PackStatusArgs } from "../status/packStatusArgs";
import { notPassed } from "../status/verdict";
import { gatherPackStatus } from "./gatherPackStatus";
import { type WaitListener, WaitProgress } from "./waitProgress";

/** A wait: its limits, and where it reports. */
export interface Waiting extends WaitForSettled, WaitListener {
  readonly settings: AwsSettings;
  /** Excepted accounts are not waited for. */
  readonly tolerate?: Tolerance | undefined;
  /** Ends the wait; it then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Is given each status that was gathered in full. */
  readonly onStatus: (status: PackStatus) => void;
}

/** When the time is over, all rows are read once more, so that what is reported and saved is not old. */
const lastLookMs = 30_000;

/** Errors that can go away by themselves; any other needs a person. */
const transient = [BadResponseError, ServiceError, ThrottledError, TimedOutError, UnreachableError];

function isTransient(error: unknown): error is Error {
  return error instanceof PaginationError
    ? error.problem !== "tooManyPages"
    : transient.some((kind) => error instanceof kind);
}

/**
 * Looks at a pack until it has settled. In between, only the rows that are in progress or failed are read, by AWS's own
 * filters, together with the aggregate.
 *
 * @param status - The status that is known already; it is looked at first.
 * @returns The settled status, all rows gathered.
 * @throws `NotSettledError` when the time is over; a subclass of `OrgConformanceError` for an error that waiting does not end.
 */
export async function waitForSettled(args: PackStatusArgs, status: PackStatus, waiting: Waiting): Promise<PackStatus> {
  const { settings, tolerate } = waiting;
  const { pollSeconds = waitDefaults.pollSeconds, timeoutSeconds = waitDefaults.timeoutSeconds } = waiting;
  // By a clock that no one sets meanwhile.
  const end = performance.now() + timeoutSeconds * 1_000;
  const over = AbortSignal.timeout(Math.ceil(timeoutSeconds * 1_000));
  const progress = new WaitProgress(waiting);
  let trouble: Error | undefined;
  let last = status;
  progress.report(last);
  while (!isSettledInAgreement(last, tolerate)) {
    // Not all gates of an organization at the same moment.
    const pause = pollSeconds * 1_000 * (0.8 + 0.4 * Math.random());
    await delay(Math.max(0, Math.min(end - performance.now(), pause)), undefined, { signal: waiting.signal });
    const isOver = performance.now() >= end;
    const signal = anySignal([isOver ? AbortSignal.timeout(lastLookMs) : over, waiting.signal]);
    // A region may be without the pack, or without an answer, where that is tolerated.
    const options = { settings, tolerate, requireEveryRegion: true, refreshOrganization: true, signal };
    try {
      const unfinished = isOver ? undefined : await gatherPackStatus(unfinishedOnly(args), options);
      if (unfinished) progress.report(last, unfinished);
      if (!unfinished || isWorthReading(unfinished, tolerate)) {
        last = await gatherPackStatus(args, options);
        waiting.onStatus(last);
        progress.report(last);
      }
      trouble = undefined;
    } catch (error) {
      waiting.signal?.throwIfAborted();
      if (signal.aborted) {
        // A look that the end of the wait cut short is no trouble; the last one is, since the rows are old then.
        if (isOver) trouble = signal.reason as Error;
      } else {
        if (!isTransient(error)) throw error;
        trouble = error;
        progress.reportTrouble(error);
      }
    }
    if (isOver && !isSettledInAgreement(last, tolerate)) throw notSettled(last, timeoutSeconds, tolerate, trouble);
  }
  return last;
}

function notSettled(
  last: PackStatus,
  timeoutSeconds: number,
  tolerate: Tolerance | undefined,
  trouble: Error | undefined,
): NotSettledError {
  const lines = [
    report(decideForWait(last, tolerate).remaining, notPassed) ?? "",
    ...(trouble ? ["These rows are old: AWS could not be read at the end of the wait."] : []),
  ];
  return new NotSettledError({
    report: lines.filter((line) => line !== "").join("\n"),
    timeoutSeconds,
    packName: last.name,
    region: last.regions.join(", "),
    cause: trouble,
  });
}

/** The arguments that a look between two full ones keeps. Some of the rows don't show who is missing. */
const kept: ReadonlySet<string> = new Set<keyof PackStatusArgs>([
  "name",
  "regions",
  "accountIds",
  "aggregate",
  "stuckAfterMinutes",
  "assumeRole",
  "pageSize",
  "maxPages",
  "maxConcurrentRegions",
  "maxAttempts",
  "requestTimeoutSeconds",
  "timeoutSeconds",
]);

/** Asks for the rows that are not done, or not well. */
function unfinishedOnly(args: PackStatusArgs): PackStatusArgs {
  const picked = Object.fromEntries(Object.entries(args).filter(([key]) => kept.has(key)));
  return { ...(picked as unknown as PackStatusArgs), statuses: unsuccessfulStatuses };
}

/** True if reading all rows may find the pack settled. */
function isWorthReading(unfinished: PackStatus, tolerate: Tolerance | undefined): boolean {
  return (
    decideForWait(unfinished, tolerate).remaining.inProgress.length === 0 &&
    unfinished.regionStatuses.every(
      ({ aggregate, counts }) =>
        // With an excepted account in progress, the aggregate is so too.
        aggregate === undefined || outcomeOf(aggregate.status) !== "inProgress" || counts.inProgress > 0,
    )
  );
}

import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";
import type { AwsSettings } from "../core/aws/settings";
import { InvalidArgumentsError, OrgConformanceError } from "../core/errors";
import { callerAccountId } from "../core/lookup/caller";
import { gatherPackStatus } from "../core/lookup/gatherPackStatus";
import { settingsFor } from "../core/lookup/lookupArgs";
import { lookupRegions } from "../core/lookup/lookupRegions";
import { failedLookupFileOf, type Lookup, statusFileOf } from "../core/statusFile/makeStatusFile";
import type { LookupKind, StatusFile } from "../core/statusFile/statusFile";
import type { PackStatus } from "../core/status/packStatus";

/** A pack that is looked up, and the facts for its status file. */
export interface PackLookup extends Pick<Lookup, "args" | "neededTolerance" | "tolerate"> {
  readonly settings: AwsSettings;
  readonly by: LookupKind;
  readonly signal?: AbortSignal | undefined;
  /** The names of arguments in the text of an error. */
  readonly phrase: (text: string) => string;
}

/** The caller's account is only told: nobody waits for it longer than this once the status is there. */
const callerPatienceMs = 1_000;

/** Looks a pack up, as a gate with the same arguments does, and makes its status file. A failure is a file, too. */
export async function lookUp(lookup: PackLookup): Promise<StatusFile> {
  const caller = callerOf(lookup);
  try {
    const status = await gather(lookup);
    return statusFileOf(status, await factsOf(lookup, caller));
  } catch (error) {
    return failedFileOf(error, lookup, caller);
  }
}

/**
 * The status file of a lookup that failed.
 *
 * @throws What is no failure of a lookup: a mistake in the arguments, for which nothing was sent, or a bug.
 */
export async function failedFileOf(
  thrown: unknown,
  lookup: PackLookup,
  caller: Promise<string | undefined>,
): Promise<StatusFile> {
  if (!(thrown instanceof OrgConformanceError) || thrown instanceof InvalidArgumentsError) throw thrown;
  const { error, ...file } = failedLookupFileOf(thrown, await factsOf(lookup, caller));
  const { message, nextStep } = error;
  return { ...file, error: { ...error, message: lookup.phrase(message), nextStep: lookup.phrase(nextStep) } };
}

/** @throws A subclass of `OrgConformanceError`; the signal's reason when it aborts. */
export function gather({ args, settings, signal, tolerate }: PackLookup): Promise<PackStatus> {
  return gatherPackStatus(args, { settings, signal, tolerate });
}

/** The account that asks, as soon as AWS says it; `undefined` where AWS does not. */
export async function callerOf({ args, settings }: PackLookup): Promise<string | undefined> {
  // The lookup goes first: loading the client of STS takes as long as a request.
  await nextTurn();
  const own = settingsFor(args, settings);
  const [region] = await lookupRegions(args, own).catch(() => []);
  return region === undefined ? undefined : callerAccountId(own, region);
}

/** The lookup as a status file describes it, now that this has ended. */
export async function factsOf(
  { args, by, neededTolerance, tolerate }: PackLookup,
  caller: Promise<string | undefined>,
): Promise<Lookup> {
  const lookedUpAt = new Date();
  const callerAccountId = await Promise.race([caller, delay(callerPatienceMs, undefined, { ref: false })]);
  return { by, args, tolerate, neededTolerance, lookedUpAt, callerAccountId };
}

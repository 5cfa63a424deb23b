import { NotSettledError } from "../core/errors";
import type { WaitForSettled } from "../core/gate/gateArgs";
import { waitForSettled } from "../core/lookup/waitForSettled";
import type { WaitListener } from "../core/lookup/waitProgress";
import { statusFileOf } from "../core/statusFile/makeStatusFile";
import type { StatusFile } from "../core/statusFile/statusFile";
import type { PackStatus } from "../core/status/packStatus";
import { callerOf, factsOf, failedFileOf, gather, type PackLookup } from "./lookUp";

/** The status file of a pack at the end of its wait; `undefined` when the wait was interrupted before anything was known. */
export async function waitFor(
  lookup: PackLookup,
  limits: WaitForSettled,
  listener: WaitListener,
): Promise<StatusFile | undefined> {
  const { args, settings, signal, tolerate } = lookup;
  const caller = callerOf(lookup);
  let last: PackStatus | undefined;
  try {
    last = await gather(lookup);
    const settled = await waitForSettled(args, last, {
      ...listener,
      ...limits,
      settings,
      tolerate,
      signal,
      onStatus: (status) => {
        last = status;
      },
    });
    return statusFileOf(settled, await factsOf(lookup, caller));
  } catch (error) {
    const isOver = signal?.aborted === true || error instanceof NotSettledError;
    if (isOver) return last && statusFileOf(last, await factsOf(lookup, caller), true);
    return failedFileOf(error, lookup, caller);
  }
}

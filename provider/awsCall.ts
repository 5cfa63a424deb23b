import { fromAwsError } from "./awsError";
import type { ErrorContext } from "./errors";

/** One call of AWS, as its errors name it. */
export interface AwsCall extends Pick<ErrorContext, "packName" | "service"> {
  /** The IAM action, for example `config:GetOrganizationConformancePackDetailedStatus`. */
  readonly action: string;
  readonly region: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes a call, and gives up when the signal aborts.
 *
 * @throws A subclass of `OrgConformanceError`; the signal's reason when it aborts.
 */
export async function callAws<Output>(
  { action, packName, region, service, signal }: AwsCall,
  send: (options: { abortSignal?: AbortSignal }) => Promise<Output>,
): Promise<Output> {
  try {
    // Not all of the SDK listens to the signal: assuming a role does not.
    return await Promise.race([send(signal ? { abortSignal: signal } : {}), rejectOnAbort(signal)]);
  } catch (error) {
    // Our own time limit and the caller's abort are theirs to explain, whatever the SDK made of them.
    signal?.throwIfAborted();
    throw fromAwsError(error, action, { packName, region, service });
  }
}

/** A promise that is never resolved, and rejected with the signal's reason when it aborts. */
export function rejectOnAbort(signal: AbortSignal | undefined): Promise<never> {
  const aborted = new Promise<never>((_, reject) => {
    const abort = (): void => {
      reject(signal?.reason as Error);
    };
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort, { once: true });
  });
  // It is awaited only in races; on its own it is no one's error.
  aborted.catch(() => undefined);
  return aborted;
}

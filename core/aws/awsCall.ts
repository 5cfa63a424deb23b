import { fromAwsError } from "./awsError";
import type { ErrorContext } from "../errors/errors";

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
    return await unlessAborted(send(signal ? { abortSignal: signal } : {}), signal);
  } catch (error) {
    // Our own time limit and the caller's abort are theirs to explain, whatever the SDK made of them.
    signal?.throwIfAborted();
    throw fromAwsError(error, action, { packName, region, service });
  }
}

/** What `promise` comes to, or the signal's reason as soon as that aborts. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  let stop = (): void => undefined;
  // Not all of the SDK listens to the signal: assuming a role does not.
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

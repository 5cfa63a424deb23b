import type { ErrorContext } from "../errors";
import { failureOf } from "./awsFailure";
import { unlessAborted } from "./unlessAborted";

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
 * @throws A `Failure`; the signal's reason when it aborts.
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
    throw failureOf(error, action, { packName, region, service });
  }
}

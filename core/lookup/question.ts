import type { ClientLimits } from "../aws/awsConnection";
import { unlessAborted } from "../aws/unlessAborted";

/** Limits of a question whose answer only makes an error's text better. */
export const limits: ClientLimits = { maxAttempts: 1, requestTimeoutSeconds: 3 };

/** Asks with a client that is closed afterwards. */
export async function withClient<C extends { destroy: () => void }, R>(
  client: C,
  ask: (client: C) => Promise<R>,
): Promise<R> {
  try {
    return await ask(client);
  } finally {
    client.destroy();
  }
}

/** The option by which a call of the SDK ends early. */
export interface Abortable {
  readonly abortSignal: AbortSignal;
}

/**
 * The answer, or `undefined`. Each question gets a few seconds in all: assuming a role and a silent endpoint have limits of
 * their own.
 */
export async function orUndefined<R>(ask: (options: Abortable) => Promise<R>): Promise<R | undefined> {
  const abortSignal = AbortSignal.timeout(5_000);
  try {
    return await unlessAborted(ask({ abortSignal }), abortSignal);
  } catch {
    return undefined;
  }
}

import { setMaxListeners } from "node:events";

/** A signal that aborts as soon as one of them does. */
export function anySignal(signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  const signal = AbortSignal.any(signals.filter((each) => each !== undefined));
  // Many requests listen to it, and go; Node would take that for a leak, and say so in the middle of a preview.
  setMaxListeners(0, signal);
  return signal;
}

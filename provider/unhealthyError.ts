import type { Properties } from "./gateInputs";

/**
 * An error that the engine takes for a resource that exists but failed to initialize: it saves the properties, changes
 * no dependent, and updates the resource in the next run.
 */
export class UnhealthyError extends Error {
  readonly reasons: readonly string[];

  constructor(
    message: string,
    readonly id: string,
    readonly properties: Properties,
  ) {
    super(message);
    this.reasons = [message];
    this.stack = "";
  }
}

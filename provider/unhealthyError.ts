import type { Properties } from "./gateInputs";

/** What the engine takes for a resource that exists and is not well: it saves the properties, and tries again next time. */
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

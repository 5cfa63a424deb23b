import { types } from "node:util";

/**
 * True if a value is an error, of whichever realm: in Jest, and in a `vm` context, what Node's own modules throw is not
 * `instanceof Error`.
 */
export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

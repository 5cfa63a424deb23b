/**
 * Loads the lookup at the first call of a function: a program that only declares the resource does not pay for loading
 * the AWS SDK.
 */
export function loadLookup(): typeof import("../../core/lookup/gatherPackStatus") {
  return require("../../core/lookup/gatherPackStatus") as typeof import("../../core/lookup/gatherPackStatus");
}

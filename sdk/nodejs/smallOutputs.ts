import type * as pulumi from "@pulumi/pulumi";

const smallOutputs: ReadonlySet<string> = new Set([
  ...["id", "urn", "name", "regions", "verdict", "reasons", "counts", "regionStatuses", "decision", "aggregate"],
]);

/**
 * Leaves only small outputs enumerable. `export const gate = …` makes stack outputs of all own enumerable properties:
 * rows, lists of accounts and arguments too. With 10,000 accounts, that would be tens of thousands of lines.
 */
export function showOnlySmallOutputs(gate: pulumi.CustomResource): void {
  for (const key of Object.keys(gate)) {
    if (!smallOutputs.has(key) && !key.startsWith("__")) Object.defineProperty(gate, key, { enumerable: false });
  }
}

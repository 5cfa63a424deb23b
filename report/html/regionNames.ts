import { sanitize } from "../../core/text/sanitize";

/** Names of regions in a sentence: `all 17 regions`, or each by its name. */
export function regionNames(regions: readonly string[], ofAll: number): string {
  if (ofAll > 3 && regions.length === ofAll) return `all ${String(ofAll)} regions`;
  return regions.map((region) => sanitize(region, 40)).join(", ");
}

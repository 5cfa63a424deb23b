import type { RequiredPack } from "../../core/gate/requiredPacks";
import type { Finding } from "./finding";
import { regionsOverlap } from "./regionsOverlap";

/** Packs that are named twice for the same region: both must pass, so the exceptions of either have no effect. */
export function packsTwice(packs: readonly RequiredPack[], property: string): Omit<Finding, "line">[] {
  return packs.flatMap(({ name, regions, assumeRole }, index) => {
    const earlier = packs.slice(0, index).findIndex(
      (other) =>
        other.name === name &&
        // Another account may have a pack of the same name.
        other.assumeRole?.roleArn === assumeRole?.roleArn &&
        regionsOverlap(other.regions, regions),
    );
    if (earlier < 0) return [];
    return [
      {
        severity: "error" as const,
        property: `${property}.packs[${String(index)}]`,
        message: `Pack "${name}" is named twice: packs[${String(earlier)}] looks it up in the same region, and both must pass. Put them into one.`,
      },
    ];
  });
}

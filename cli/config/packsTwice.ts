import { allPacksName } from "../../core/errors";
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

/** Packs that are named, and that an entry for all packs looks up as well: without the exceptions of their own. */
export function packsInAll(packs: readonly RequiredPack[], property: string): Omit<Finding, "line">[] {
  return packs.flatMap(({ assumeRole, name, regions }, index) => {
    if (name === allPacksName) return [];
    const all = packs.findIndex(
      (other) =>
        other.name === allPacksName &&
        !other.except?.includes(name) &&
        other.assumeRole?.roleArn === assumeRole?.roleArn &&
        regionsOverlap(other.regions, regions),
    );
    if (all < 0) return [];
    return [
      {
        severity: "warning" as const,
        property: `${property}.packs[${String(index)}]`,
        message: `Pack "${name}" is looked up twice: packs[${String(all)}] is for all packs in the same region, and both must pass. Name it in the except of packs[${String(all)}].`,
      },
    ];
  });
}

import type { FoundStatus, StatusFile } from "../../core/statusFile/statusFile";
import { accountId, organizationFile, refusedLookup, seventeenRegions, sixRegions, troubles } from "./organization";

/** The states that a report can show, by name. */
export const reportStates = {
  passed: () => [organizationFile()],
  threeFailed: () => [threeFailed()],
  manyFailed: () => [manyFailed()],
  rollout: () => [rollout()],
  missing: () => [missing()],
  silentRegion: () => [silentRegion()],
  exceptions: () => [exceptions()],
  severalPacks: () => [
    threeFailed(),
    organizationFile({ name: "pci-dss", accounts: 40, regions: ["eu-west-1"] }),
    { ...rollout(), name: "operational-best-practices" },
    refusedLookup("cis-foundations"),
  ],
  refused: () => [refusedLookup()],
  /** What `severalPacks` was a day before. */
  earlierPacks: () => [earlier(), { ...missing(), name: "operational-best-practices" }, refusedLookup("old-pack")],
} as const satisfies Readonly<Record<string, () => readonly StatusFile[]>>;

function threeFailed() {
  const failures: Readonly<Record<number, (typeof troubles)[keyof typeof troubles]>> = {
    1: troubles.noRecorder,
    3: troubles.noRecorder,
    5: troubles.denied,
  };
  return organizationFile({
    rowOf: (number, region) =>
      region === "eu-west-1" || (region === "us-east-1" && number < 5) ? failures[number] : undefined,
  });
}

function earlier() {
  return {
    ...organizationFile({
      rowOf: (number, region) =>
        region === "eu-west-1" && [3, 7, 12].includes(number) ? troubles.noRecorder : undefined,
    }),
    lookedUpAt: "2026-11-25T17:01:12.000Z",
  };
}

// 170,000 rows take a second.
let large: FoundStatus | undefined;

/** 1,200 of 10,000 accounts in 17 regions. */
export function manyFailed() {
  large ??= organizationFile({
    accounts: 10_000,
    regions: seventeenRegions,
    rowOf: (number, region) => {
      if (number % 8 === 0 && number < 9_504) return troubles.template;
      if (number % 900 === 1 && ["eu-west-1", "us-east-1", "sa-east-1", "eu-north-1"].includes(region)) {
        return troubles.noRecorder;
      }
      return number === 205 && region === "sa-east-1" ? troubles.denied : undefined;
    },
  });
  return large;
}

function rollout() {
  return organizationFile({
    rowOf: (number, region) => {
      if (region === "eu-west-1" && (number === 1 || number === 3)) return troubles.stuck;
      return number >= 182 && (number + region.length) % 2 === 0 ? troubles.started : undefined;
    },
  });
}

function missing() {
  return organizationFile({
    rowOf: (number, region) => (number === 99 || (number === 67 && region === "ap-south-1") ? null : undefined),
  });
}

function silentRegion() {
  return organizationFile({ regions: [...sixRegions, "eu-south-1"], silent: ["eu-south-1"] });
}

function exceptions() {
  return organizationFile({
    rowOf: (number, region) => (region === "eu-west-1" && [11, 23, 42].includes(number) ? troubles.denied : undefined),
    tolerate: {
      accounts: [
        { accountId: accountId(11), reason: "GOV-142: moves to the new landing zone", expires: "2026-12-05" },
        { accountId: accountId(23), reason: "GOV-150: is closed at the end of the quarter", expires: "2027-03-31" },
        { accountId: accountId(42), reason: "GOV-097: has no AWS Config by contract", regions: ["eu-west-1"] },
        { accountId: accountId(60), reason: "GOV-101: was repaired", expires: "2026-11-30" },
      ],
    },
  });
}

import {
  ConfigServiceClient,
  DescribeOrganizationConformancePackStatusesCommand,
  GetOrganizationConformancePackDetailedStatusCommand,
} from "@aws-sdk/client-config-service";
import { performance } from "node:perf_hooks";
import {
  type AwsSettings,
  gatherPackStatus,
  type MemberCounts,
  type PackStatusArgs,
  readAwsSettings,
} from "pulumi-org-conformance/core";
import { serve } from "./serve";

/** What to gather, with what. */
export interface GatherQuestion {
  readonly endpoint: string;
  /**
   * `package` is this package; `floor` the same requests, one after the other, with a bare client of the AWS SDK;
   * `allPacks` the package's lookup of all packs, with the arguments of the first; `memory` the package again, watched: the first pack is gathered before, so that everything is loaded.
   */
  readonly kind: "package" | "floor" | "allPacks" | "memory";
  /** Packs that are gathered at the same time. */
  readonly packs: readonly PackStatusArgs[];
}

/** How it went. */
export interface GatherAnswer {
  readonly milliseconds: number;
  /** What was counted, one for each pack. The floor does not look at rows. */
  readonly counts: readonly Counts[];
  /** How many expected accounts are missing, one for each pack. */
  readonly missing?: readonly number[];
  /** `memory`: the resident bytes when idle, and the most while it gathered. */
  readonly memory?: { readonly idleBytes: number; readonly peakBytes: number };
}

type Counts = Pick<MemberCounts, "total"> & Partial<Pick<MemberCounts, "failed">> & { readonly missing?: number };

const region = "us-east-1";

serve(async ({ endpoint, kind, packs }: GatherQuestion): Promise<GatherAnswer> => {
  const config: Readonly<Record<string, string>> = {
    "aws:region": region,
    "aws:accessKey": "AKIAEMULATED",
    "aws:secretKey": "emulated-secret",
    "aws:endpoints": JSON.stringify([{ configservice: endpoint, organizations: endpoint }]),
  };
  const { settings } = readAwsSettings((key) => config[key], {});
  const gather = await gathers[kind]();
  const measured = kind === "memory" ? packs.slice(1) : packs;
  if (kind === "memory") await gather(packs.slice(0, 1), settings);
  const memory = kind === "memory" ? watchMemory() : undefined;
  const started = performance.now();
  const counts = await gather(measured, settings);
  const milliseconds = performance.now() - started;
  const missing = counts.map((each) => each.missing ?? 0);
  return { milliseconds, counts, missing, ...(memory && { memory: memory() }) };
});

type Gather = (packs: readonly PackStatusArgs[], settings: AwsSettings) => Promise<Counts[]>;

/**
 * Not exported by the package, and meant: the floor's client is configured as the package's own, and policies look up all
 * packs. It is another copy of the code, compiled for the benchmark, and loaded only where it is measured.
 */
const gathers: Readonly<Record<GatherQuestion["kind"], () => Promise<Gather>>> = {
  package: () => Promise.resolve(packaged),
  memory: () => Promise.resolve(packaged),
  floor: async () => {
    const { clientConfig } = await import("../../core/aws/awsConnection.js");
    return (packs, settings) => bare(packs, new ConfigServiceClient(clientConfig("configservice", settings, region)));
  },
  allPacks: async () => {
    const { lookUpAllPacks } = await import("../../core/lookup/lookUpAllPacks.js");
    return (packs, settings) => all(packs, settings, lookUpAllPacks);
  },
};

async function packaged(packs: readonly PackStatusArgs[], settings: AwsSettings): Promise<Counts[]> {
  const statuses = await Promise.all(packs.map((pack) => gatherPackStatus(pack, { settings })));
  return statuses.map(({ counts, members, missing }) => {
    if (counts.total !== members.length) throw new Error("The counts are not those of the rows.");
    return { total: counts.total, failed: counts.failed, missing: missing.length };
  });
}

async function all(
  [first]: readonly PackStatusArgs[],
  settings: AwsSettings,
  lookUpAllPacks: (typeof import("../../core/lookup/lookUpAllPacks"))["lookUpAllPacks"],
): Promise<Counts[]> {
  const { packs, problems } = await lookUpAllPacks({ regions: first?.regions ?? [region] }, { settings });
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(" "));
  return packs.map(({ outcome }) => {
    if (outcome instanceof Error) throw outcome;
    return { total: outcome.counts.total, failed: outcome.counts.failed };
  });
}

/** The least that the AWS SDK can do it with: no looking at rows, no merging, no judging. */
async function bare(packs: readonly PackStatusArgs[], client: ConfigServiceClient): Promise<Counts[]> {
  const counts: Counts[] = [];
  for (const { name } of packs) {
    let total = 0;
    let nextToken: string | undefined;
    do {
      const page = await client.send(
        new GetOrganizationConformancePackDetailedStatusCommand({
          OrganizationConformancePackName: name,
          Limit: 100,
          ...(nextToken !== undefined && { NextToken: nextToken }),
        }),
      );
      total += page.OrganizationConformancePackDetailedStatuses?.length ?? 0;
      nextToken = page.NextToken;
    } while (nextToken !== undefined);
    await client.send(
      new DescribeOrganizationConformancePackStatusesCommand({ OrganizationConformancePackNames: [name] }),
    );
    counts.push({ total });
  }
  client.destroy();
  return counts;
}

/** Begins with a process that holds no garbage (where `--expose-gc` lets it). */
function watchMemory(): () => NonNullable<GatherAnswer["memory"]> {
  globalThis.gc?.();
  const idleBytes = process.memoryUsage.rss();
  const before = process.resourceUsage().maxRSS;
  let sampled = idleBytes;
  const sampling = setInterval(() => {
    sampled = Math.max(sampled, process.memoryUsage.rss());
  }, 5);
  return () => {
    clearInterval(sampling);
    // The system's own peak misses nothing; but while it is the one of the start-up, only the samples tell.
    const peak = process.resourceUsage().maxRSS;
    return { idleBytes, peakBytes: peak > before ? peak * 1_024 : Math.max(sampled, process.memoryUsage.rss()) };
  };
}

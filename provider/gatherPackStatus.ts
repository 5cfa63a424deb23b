import type { ConfigServiceClient, OrganizationResourceDetailedStatusFilters } from "@aws-sdk/client-config-service";
import { fromAwsError } from "./awsError";
import { callerAccountId, createConfigClient } from "./configClient";
import {
  InvalidArgumentsError,
  NoSuchOrganizationConformancePackError,
  type OrgConformanceError,
  TimedOutError,
} from "./errors";
import { memberStatusAction, memberStatusPages } from "./memberStatusPages";
import { byAccountThenRegion, type MemberStatus } from "./memberStatus";
import { MergedMembers } from "./mergeMembers";
import type { PackStatus, PackStatusArgs } from "./packStatus";
import type { AwsSettings } from "./settings";
import { findProblems, packNameOf, packStatusChecks, regionCheck } from "./validation";
import { judge, plural } from "./verdict";

/** How a gathering reaches AWS, and how it is stopped. */
export interface GatherOptions {
  readonly settings: AwsSettings;
  /** Stops the gathering; it then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Throw when one of several regions does not answer. Default: its silence is a reason against `PASSED`. */
  readonly everyRegion?: boolean;
}

const defaultTimeoutSeconds = 300;
/** Regions that are read at the same time. Each has its own endpoint and its own request quota. */
const concurrentRegions = 8;

/**
 * Gathers every member's status of one organization conformance pack, and judges them.
 *
 * AWS source: all pages of `GetOrganizationConformancePackDetailedStatus`. Pages are no snapshot: an account
 * that changes while they are read can appear as it was before or after.
 *
 * @throws A subclass of `OrgConformanceError` when no region answers; the signal's reason when it aborts. When
 *   some regions answer, the others are named in `reasons`, and the verdict is not `PASSED`.
 */
export async function gatherPackStatus(args: PackStatusArgs, options: GatherOptions): Promise<PackStatus> {
  refuseProblems(args);
  const regions = args.regions ?? [await configuredRegion(args, options.settings)];
  const deadline = timeoutSignal(args.timeoutSeconds ?? defaultTimeoutSeconds);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;

  const answers = await mapConcurrently(regions, concurrentRegions, async (region) => {
    try {
      return await gatherRegion(args, region, options.settings, signal);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (deadline.aborted) return new TimedOutError("timeoutSeconds", { packName: args.name, region });
      return await explained(error, args, region, options.settings);
    }
  });

  const answered = answers.filter((answer) => answer instanceof MergedMembers);
  const failures = answers.filter((answer) => answer instanceof Error);
  if (failures[0] && (answered.length === 0 || options.everyRegion)) throw failures[0];

  const members = answered.flatMap((answer) => answer.members).sort(byAccountThenRegion);
  // An account that is asked for by name is expected to be there.
  const expectedAccounts = args.expectedAccounts ?? args.accountIds;
  const judgement = judge({
    regions: regions.filter((_, index) => answers[index] instanceof MergedMembers),
    members,
    ...(expectedAccounts && { expectedAccounts }),
    ...(args.statuses && { onlyStatuses: args.statuses }),
    // The first line names what happened, where; a request id would make every preview differ.
    doubts: failures.map(({ message }) => message.split("\n", 1).join()),
    remarks: [
      ...answered.flatMap((answer) => answer.remarks),
      ...(args.accountIds
        ? [`Nothing but ${plural(args.accountIds.length, "account")} was asked for, by accountIds.`]
        : []),
    ],
  });
  return { name: args.name, regions, ...judgement, members };
}

/**
 * The rows as their pages arrive, region after region, for programs that stream. A row comes again only
 * when it changed while the pages were read. Nothing is judged.
 *
 * `timeoutSeconds` has no default here: how long a stream takes is up to its reader.
 *
 * @throws A subclass of `OrgConformanceError`; the signal's reason when it aborts.
 */
export async function* streamMemberStatuses(
  args: PackStatusArgs,
  options: GatherOptions,
): AsyncGenerator<MemberStatus, void, undefined> {
  refuseProblems(args);
  const deadline = args.timeoutSeconds === undefined ? undefined : timeoutSignal(args.timeoutSeconds);
  const signals = [options.signal, deadline].filter((signal) => signal !== undefined);
  const signal = signals.length > 0 ? AbortSignal.any(signals) : undefined;
  const isWanted = wanted(args);

  for (const region of args.regions ?? [await configuredRegion(args, options.settings)]) {
    const seen = new Map<string, string>();
    let client: ConfigServiceClient | undefined;
    try {
      client = createConfigClient(options.settings, region, args);
      for (const walk of walks(args, region, signal)) {
        for await (const event of memberStatusPages(client, walk)) {
          for (const row of event.kind === "page" ? event.rows.filter(isWanted) : []) {
            const text = JSON.stringify(row);
            if (seen.get(row.accountId) === text) continue;
            seen.set(row.accountId, text);
            yield row;
          }
        }
      }
    } catch (error) {
      options.signal?.throwIfAborted();
      if (deadline?.aborted) throw new TimedOutError("timeoutSeconds", { packName: args.name, region });
      throw await explained(error, args, region, options.settings);
    } finally {
      client?.destroy();
    }
  }
}

async function gatherRegion(
  args: PackStatusArgs,
  region: string,
  settings: AwsSettings,
  signal: AbortSignal,
): Promise<MergedMembers> {
  const client = createConfigClient(settings, region, args);
  const isWanted = wanted(args);
  // When one of several readings fails, the others have nothing left to do.
  const sibling = new AbortController();
  try {
    const readings = await Promise.all(
      walks(args, region, AbortSignal.any([signal, sibling.signal])).map(async (walk) => {
        let rows: MemberStatus[] = [];
        for await (const event of memberStatusPages(client, walk)) {
          if (event.kind === "restarted") rows = [];
          else for (const row of event.rows) if (isWanted(row)) rows.push(row);
        }
        return rows;
      }),
    );
    const merged = new MergedMembers();
    for (const rows of readings) for (const row of rows) merged.add(row);
    return merged;
  } finally {
    sibling.abort();
    client.destroy();
  }
}

/** One reading for each status that is asked for: the API filters by one status at most, and by one account. */
function walks(args: PackStatusArgs, region: string, signal: AbortSignal | undefined) {
  const onlyAccount = args.accountIds?.length === 1 ? args.accountIds[0] : undefined;
  return (args.statuses ?? [undefined]).map((status) => {
    const filters: OrganizationResourceDetailedStatusFilters = {
      ...(onlyAccount !== undefined && { AccountId: onlyAccount }),
      ...(status !== undefined && { Status: status }),
    };
    return {
      packName: args.name,
      region,
      pageSize: args.pageSize,
      maxPages: args.maxPages,
      signal,
      ...(Object.keys(filters).length > 0 && { filters }),
    };
  });
}

function wanted({ accountIds }: PackStatusArgs): (row: MemberStatus) => boolean {
  if (!accountIds) return () => true;
  const ids = new Set(accountIds);
  return ({ accountId }) => ids.has(accountId);
}

/** Whole milliseconds: Node takes no others. */
function timeoutSignal(seconds: number): AbortSignal {
  return AbortSignal.timeout(Math.ceil(seconds * 1_000));
}

function refuseProblems(args: PackStatusArgs): void {
  const problems = findProblems(args, packStatusChecks);
  if (problems.length > 0) throw new InvalidArgumentsError(problems, packNameOf(args));
}

/** The region of the settings, else of the SDK's own chain (the profile's), looked at as an argument is. */
async function configuredRegion(args: PackStatusArgs, settings: AwsSettings): Promise<string> {
  const region = settings.region ?? (await profileRegion(args, settings));
  const [problem] = regionCheck(region, "regions");
  if (problem) {
    const reason = `${problem.reason} It comes from aws:region, AWS_REGION, AWS_DEFAULT_REGION or the profile.`;
    throw new InvalidArgumentsError([{ property: "regions", reason }], args.name);
  }
  return region;
}

async function profileRegion(args: PackStatusArgs, settings: AwsSettings): Promise<string> {
  const client = createConfigClient(settings, undefined);
  try {
    return await client.config.region();
  } catch (cause) {
    throw new InvalidArgumentsError(
      [{ property: "regions", reason: "No region is set: pass regions, or set aws:region or AWS_REGION." }],
      args.name,
      cause,
    );
  } finally {
    client.destroy();
  }
}

/** The typed error; one for an unknown pack says which account asked. */
async function explained(
  thrown: unknown,
  args: PackStatusArgs,
  region: string,
  settings: AwsSettings,
): Promise<OrgConformanceError> {
  const error = fromAwsError(thrown, memberStatusAction, {
    packName: args.name,
    region,
  });
  if (!(error instanceof NoSuchOrganizationConformancePackError)) return error;
  return new NoSuchOrganizationConformancePackError({
    packName: error.packName,
    region,
    requestId: error.requestId,
    cause: error.cause,
    callerAccountId: await callerAccountId(settings, region),
  });
}

async function mapConcurrently<T, R>(items: readonly T[], limit: number, task: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await task(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}

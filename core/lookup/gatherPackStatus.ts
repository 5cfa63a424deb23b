import { anySignal } from "./anySignal";
import type { ConfigServiceClient, OrganizationResourceDetailedStatusFilters } from "@aws-sdk/client-config-service";
import type { AggregateStatus } from "../status/aggregateStatus";
import { aggregateStatus } from "../aws/aggregateStatus";
import { unlessAborted } from "../aws/awsCall";
import { fromAwsError } from "../aws/awsError";
import { callerSentences, describeCaller, visiblePacks, visiblePackSentences } from "./caller";
import { maxClockSkewMs } from "../status/clockSkew";
import { type BorrowedClient, borrowConfigClient } from "../aws/configClient";
import {
  AccessDeniedError,
  ClockSkewError,
  CredentialsError,
  InvalidArgumentsError,
  NoSuchOrganizationConformancePackError,
  OrgConformanceError,
  summaryOf,
  TimedOutError,
} from "../errors/errors";
import { excludedAccounts } from "../aws/excludedAccounts";
import { type Expectation, expectListed, expectOrganization } from "../status/expectation";
import { sanitize } from "../text/sanitize";
import { memberStatusAction, memberStatusPages } from "../aws/memberStatusPages";
import { byAccountThenRegion } from "../status/place";
import { bySeverity, outcomeOf, unsuccessfulStatuses } from "../status/detailedStatus";
import type { MemberStatus } from "../status/memberStatus";
import { MergedMembers } from "../status/mergeMembers";
import { neededActions } from "./neededActions";
import type { Organization } from "../status/organization";
import { readOrganization } from "../aws/organization";
import { profileRegion } from "../aws/profileCredentials";
import type { PackStatus } from "../status/packStatus";
import type { PackStatusArgs } from "../status/packStatusArgs";
import type { AwsSettings } from "../aws/settings";
import { findProblems, packNameOf, packStatusChecks } from "../status/packStatusChecks";
import { regionCheck } from "../checks/awsChecks";
import { judge } from "../status/judge";
import type { RegionEvidence } from "../status/evidence";

/** How a gathering reaches AWS, and how it is stopped. */
export interface GatherOptions {
  readonly settings: AwsSettings;
  /** Stops the gathering; it then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Throw when one of several regions does not answer. Default: its silence is a reason against `PASSED`. */
  readonly everyRegion?: boolean;
  /** Whether a pack that no region knows is a reason against `PASSED`. Default: it is an error. */
  readonly noSuchPackIsReason?: boolean;
  /** Whether the organization is read now. Default: what this process has read within five minutes is good enough. */
  readonly organizationAnew?: boolean;
}

const defaultTimeoutSeconds = 300;
const defaultConcurrentRegions = 20;

/** What one region answered. */
interface RegionAnswer {
  readonly rows: MergedMembers;
  readonly aggregate: AggregateStatus | undefined;
  /** The pack's `ExcludedAccounts`; empty when they were not asked for. */
  readonly excluded: readonly string[];
  /** Whether there is a successful row beside those that were gathered; absent when all were. */
  readonly hasSuccessful?: boolean;
}

/**
 * Gathers every member's status of one organization conformance pack, and judges them.
 *
 * AWS source: all pages of `GetOrganizationConformancePackDetailedStatus`, then
 * `DescribeOrganizationConformancePackStatuses`; with `expectedAccounts: "organization"` also `ListAccounts` of AWS
 * Organizations and `DescribeOrganizationConformancePacks`. Pages are no snapshot: an account that changes while they
 * are read can appear as it was before or after.
 *
 * @throws A subclass of `OrgConformanceError` when no region answers, or AWS Organizations does not; the signal's
 *   reason when it aborts. When some regions answer, the others are named in `reasons`, and the verdict is not `PASSED`.
 */
export async function gatherPackStatus(args: PackStatusArgs, options: GatherOptions): Promise<PackStatus> {
  refuseProblems(args);
  const settings = settingsFor(args, options.settings);
  const regions = args.regions ?? [await configuredRegion(args, settings)];
  const deadline = timeoutSignal(args.timeoutSeconds ?? defaultTimeoutSeconds);
  // When one of the readings fails, and with it all, the others have nothing left to do.
  const failed = new AbortController();
  const signal = anySignal([options.signal, deadline, failed.signal]);
  const errorOf = (error: unknown, region: string): OrgConformanceError => {
    options.signal?.throwIfAborted();
    if (deadline.aborted) return new TimedOutError("timeoutSeconds", { packName: args.name, region });
    failed.signal.throwIfAborted();
    return typedError(error, args, region);
  };

  const answer = async (region: string): Promise<RegionAnswer | OrgConformanceError> => {
    try {
      return await gatherRegion(args, region, settings, signal);
    } catch (error) {
      return errorOf(error, region);
    }
  };
  const organizationOf = async (region: string): Promise<Organization | undefined> => {
    if (args.expectedAccounts !== "organization") return undefined;
    try {
      const call = { packName: args.name, region, signal };
      return await readOrganization(settings, args, call, options.organizationAnew);
    } catch (error) {
      throw errorOf(error, region);
    }
  };

  let grave: readonly OrgConformanceError[] = [];
  try {
    const [answers, organization] = await Promise.all([
      mapConcurrently(regions, args.maxConcurrentRegions ?? defaultConcurrentRegions, answer).then((answers) => {
        grave = graveFailures(answers, options);
        if (grave[0]) throw grave[0];
        return answers;
      }),
      organizationOf(regions[0] ?? ""),
    ]);
    return judged(args, regions, answers, organization);
  } catch (error) {
    throw besides(await diagnosedInTime(error, settings, options.signal, deadline), grave);
  } finally {
    failed.abort();
  }
}

/** The error of a lookup; a denied access names all that the lookup needs, not only what it failed for. */
function typedError(error: unknown, args: PackStatusArgs, region: string): OrgConformanceError {
  const typed = fromAwsError(error, memberStatusAction, { packName: args.name, region });
  return typed instanceof AccessDeniedError ? typed.with({ neededActions: neededActions(args) }) : typed;
}

/** The failures that are too many for a status. */
function graveFailures(
  answers: readonly (RegionAnswer | OrgConformanceError)[],
  { everyRegion, noSuchPackIsReason }: GatherOptions,
): OrgConformanceError[] {
  const failures = answers.filter((answer) => answer instanceof Error);
  const grave = noSuchPackIsReason
    ? failures.filter((error) => !(error instanceof NoSuchOrganizationConformancePackError))
    : failures;
  return everyRegion || failures.length === answers.length ? grave : [];
}

/** The error, which then says what else there was: one that is mended would else only make room for the next one. */
function besides(thrown: unknown, failures: readonly OrgConformanceError[]): unknown {
  if (!(thrown instanceof OrgConformanceError)) return thrown;
  const own = kindOf(thrown);
  const kinds = new Map<string, OrgConformanceError[]>();
  for (const failure of failures) {
    const kind = kindOf(failure);
    if (kind !== own || failure.region !== thrown.region) kinds.set(kind, [...(kinds.get(kind) ?? []), failure]);
  }
  for (const [kind, [first, ...others]] of kinds) {
    if (!first) continue;
    const where = [first, ...others]
      .map(
        ({ region = "", requestId }) =>
          `${region}${requestId === undefined ? "" : ` (AWS request id ${sanitize(requestId, 80)})`}`,
      )
      .join(", ");
    thrown.message += `\nAlso in ${where}: ${kind === own ? "the same." : summaryOf(first)}`;
  }
  return thrown;
}

/** What failures of several regions have in common: all but what was found out about the one that is thrown. */
function kindOf(error: OrgConformanceError): string {
  const [head = ""] = error.message.split("\n", 1);
  return `${error.name}${summaryOf(error)
    .slice(head.length)
    .replaceAll(error.region ?? "", "")}`;
}

function judged(
  args: PackStatusArgs,
  regions: readonly string[],
  answers: readonly (RegionAnswer | OrgConformanceError)[],
  organization: Organization | undefined,
): PackStatus {
  const { accountIds, name, statuses, stuckAfterMinutes } = args;
  const accountNames = new Map(
    [...(organization?.accounts.values() ?? [])].flatMap(({ accountId, accountName }) =>
      accountName === undefined ? [] : [[accountId, accountName]],
    ),
  );
  const answered = answers.filter((answer) => "rows" in answer);
  const answeredIn = regions.filter((_, index) => "rows" in (answers[index] ?? {}));
  const named = (member: MemberStatus): MemberStatus => {
    const accountName = accountNames.get(member.accountId);
    return accountName === undefined ? member : { ...member, accountName };
  };
  const rows = answered.flatMap(({ rows }) => rows.members);
  const members = (accountNames.size > 0 ? rows.map(named) : rows).sort(byAccountThenRegion);
  const judgement = judge({
    regions: regions.map((region, index): RegionEvidence => {
      const answer = answers[index];
      if (!answer || answer instanceof Error) return { region, failure: failureOf(answer, answeredIn) };
      const expectation = expectationOf(args, organization, answer.excluded);
      return {
        region,
        ...(answer.aggregate && { aggregate: answer.aggregate }),
        ...(expectation && { expectation }),
        ...(answer.hasSuccessful !== undefined && { hasSuccessful: answer.hasSuccessful }),
      };
    }),
    members,
    accountNames,
    ...(args.detail === "unsuccessful" && { successfulOmitted: true }),
    ...(statuses && { onlyStatuses: statuses }),
    ...(accountIds && { onlyAccounts: accountIds }),
    remarks: answered.flatMap(({ rows }) => rows.remarks),
    stuckAfterMinutes,
  });
  return { name, regions, ...judgement };
}

function failureOf(
  error: OrgConformanceError | undefined,
  acceptedIn: readonly string[],
): NonNullable<RegionEvidence["failure"]> {
  if (!error) {
    return { code: "regionUnanswered", message: "The region was not asked.", nextStep: "Run the command again." };
  }
  const { requestId } = error;
  const { nextStep } = error instanceof CredentialsError ? error.with({ acceptedIn }) : error;
  return {
    code: error instanceof NoSuchOrganizationConformancePackError ? "noSuchPack" : "regionUnanswered",
    // What happened, where.
    message: error.message.split("\n", 1).join(),
    error: summaryOf(error),
    ...(requestId !== undefined && { requestId: sanitize(requestId, 80) }),
    nextStep,
  };
}

/** An account that is asked for by name is expected to be there. */
function expectationOf(
  args: PackStatusArgs,
  organization: Organization | undefined,
  excluded: readonly string[],
): Expectation | undefined {
  if (organization) return expectOrganization(organization, [...excluded, ...(args.excludedAccounts ?? [])]);
  const listed = args.expectedAccounts === "organization" ? undefined : (args.expectedAccounts ?? args.accountIds);
  return listed && expectListed(listed);
}

/**
 * The rows as their pages arrive, region after region, for programs that stream. A row comes again only
 * when it changed while the pages were read. An account has several rows where their pack names differ. Nothing is
 * judged.
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
  const signal = anySignal([options.signal, deadline]);
  const isWanted = wanted(args);
  const settings = settingsFor(args, options.settings);

  for (const region of args.regions ?? [await configuredRegion(args, settings)]) {
    const seen = new Map<string, string>();
    let borrowed: BorrowedClient | undefined;
    try {
      borrowed = borrowConfigClient(settings, region, args);
      for (const walk of walks(args, region, signal)) {
        for await (const event of memberStatusPages(borrowed.client, walk)) {
          for (const row of event.kind === "page" ? event.rows.filter(isWanted) : []) {
            const text = JSON.stringify(row);
            const key = `${row.accountId} ${row.conformancePackName}`;
            if (seen.get(key) === text) continue;
            seen.set(key, text);
            yield row;
          }
        }
      }
    } catch (error) {
      options.signal?.throwIfAborted();
      if (deadline?.aborted) throw new TimedOutError("timeoutSeconds", { packName: args.name, region });
      // A stream reads the rows alone.
      const typed = typedError(error, { name: args.name, aggregate: false }, region);
      throw await diagnosedInTime(typed, settings, options.signal, deadline);
    } finally {
      borrowed?.release();
    }
  }
}

async function gatherRegion(
  args: PackStatusArgs,
  region: string,
  settings: AwsSettings,
  signal: AbortSignal,
): Promise<RegionAnswer> {
  const { client, release } = borrowConfigClient(settings, region, args);
  // When one of several readings fails, the others have nothing left to do.
  const sibling = new AbortController();
  const call: RegionCall = { packName: args.name, region, signal: anySignal([signal, sibling.signal]) };
  try {
    const gather = args.detail === "unsuccessful" ? gatherUnsuccessful : gatherAll;
    const answer = await gather(client, args, call);
    refuseWrongClock(client, call);
    return answer;
  } finally {
    sibling.abort();
    release();
  }
}

/** The SDK corrects what is beyond the limit, and knows the difference. */
function refuseWrongClock({ config: { systemClockOffset } }: ConfigServiceClient, { packName, region }: RegionCall) {
  if (Math.abs(systemClockOffset) > maxClockSkewMs) throw new ClockSkewError(systemClockOffset, { packName, region });
}

async function gatherAll(client: ConfigServiceClient, args: PackStatusArgs, call: RegionCall): Promise<RegionAnswer> {
  const [rows, excluded] = await Promise.all([
    gatherRows(client, args, call),
    args.expectedAccounts === "organization" ? excludedAccounts(client, call) : [],
  ]);
  // After the rows: a failure that came behind the reading's back still shows here.
  const aggregate = args.aggregate === false ? undefined : await aggregateStatus(client, call);
  return { rows, aggregate, excluded };
}

/** One region's call, as its errors name it. */
interface RegionCall {
  readonly packName: string;
  readonly region: string;
  readonly signal: AbortSignal;
}

/**
 * The rows that are failed or in progress: a reading for each such status, all at the same time, beside the aggregate.
 * An account that goes from one such status to another between two readings could be in neither, so everything is read
 * twice, one after the other. To be missed, an account would have to change within each of the two rounds, and the
 * aggregate would have to call the pack successful in both.
 */
async function gatherUnsuccessful(
  client: ConfigServiceClient,
  args: PackStatusArgs,
  call: RegionCall,
): Promise<RegionAnswer> {
  const round = () =>
    Promise.all([gatherRows(client, { ...args, statuses: unsuccessfulStatuses }, call), aggregateStatus(client, call)]);
  const [[rows, before], hasSuccessful] = await Promise.all([round(), hasSuccessfulRow(client, call)]);
  const [again, after] = await round();
  const aggregate = bySeverity(before.status, after.status) > 0 ? before : after;
  return { rows: rows.merge(again), aggregate, excluded: [], hasSuccessful };
}

/**
 * Whether any account is a healthy member: one row of either successful status tells. A page may be empty and not the
 * last one.
 */
async function hasSuccessfulRow(client: ConfigServiceClient, call: RegionCall): Promise<boolean> {
  const found = await Promise.all(
    (["CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL"] as const).map(async (status) => {
      for await (const event of memberStatusPages(client, {
        ...call,
        filters: { Status: status },
        readsAhead: false,
      })) {
        // What stands in AWS's place may not filter.
        if (event.kind === "page" && event.rows.some((row) => outcomeOf(row.status) === "successful")) return true;
      }
      return false;
    }),
  );
  return found.includes(true);
}

async function gatherRows(
  client: ConfigServiceClient,
  args: PackStatusArgs,
  { region, signal }: RegionCall,
): Promise<MergedMembers> {
  const isWanted = wanted(args);
  const readings = await Promise.all(
    walks(args, region, signal).map(async (walk) => {
      let rows = new MergedMembers();
      for await (const event of memberStatusPages(client, walk)) {
        if (event.kind === "restarted") rows = new MergedMembers();
        else for (const row of event.rows) if (isWanted(row)) rows.add(row);
      }
      return rows;
    }),
  );
  return readings.reduce((all, others) => all.merge(others));
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

/** The region of the settings, else of the profile, looked at as an argument is. */
async function configuredRegion(args: PackStatusArgs, settings: AwsSettings): Promise<string> {
  const region = settings.region ?? (await profileRegion(settings));
  if (region === undefined) {
    const reason = "No region is set: pass regions, or set aws:region or AWS_REGION.";
    throw new InvalidArgumentsError([{ property: "regions", reason }], args.name);
  }
  const [problem] = regionCheck(region, "regions");
  if (problem) {
    const reason = `${problem.reason} It comes from aws:region, AWS_REGION, AWS_DEFAULT_REGION or the profile.`;
    throw new InvalidArgumentsError([{ property: "regions", reason }], args.name);
  }
  return region;
}

/** The settings, with the role of the arguments at the end of their chain. */
function settingsFor({ assumeRole }: PackStatusArgs, settings: AwsSettings): AwsSettings {
  return assumeRole ? { ...settings, lookupRole: assumeRole } : settings;
}

/** `diagnosed`, with no more time than the lookup has: then the error is as it was. The caller's abort is thrown. */
async function diagnosedInTime(
  thrown: unknown,
  settings: AwsSettings,
  signal: AbortSignal | undefined,
  deadline: AbortSignal | undefined,
): Promise<unknown> {
  try {
    return await unlessAborted(diagnosed(thrown, settings), anySignal([signal, deadline]));
  } catch {
    signal?.throwIfAborted();
    return thrown;
  }
}

/**
 * An error that a person will read: for an unknown pack or a refusal, who asked, and what that caller does see. The
 * calls for it are made only here, and have no errors of their own.
 */
async function diagnosed(thrown: unknown, settings: AwsSettings): Promise<unknown> {
  if (!(thrown instanceof AccessDeniedError || thrown instanceof NoSuchOrganizationConformancePackError)) return thrown;
  const { cause, packName, region = "", requestId } = thrown;
  if (thrown instanceof AccessDeniedError) {
    // No credentials, no caller.
    if (thrown.action.startsWith("sts:AssumeRole")) return thrown;
    return thrown.with({ diagnosis: callerSentences(await describeCaller(settings, region)) });
  }
  const [caller, packs] = await Promise.all([describeCaller(settings, region), visiblePacks(settings, region)]);
  return new NoSuchOrganizationConformancePackError({
    packName,
    region,
    requestId,
    cause,
    callerAccountId: caller.accountId,
    visiblePacks: packs,
    diagnosis: [...callerSentences(caller), ...visiblePackSentences(packs, packName, region)],
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

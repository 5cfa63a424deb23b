import { isDeepStrictEqual } from "node:util";
import type { Fault, FaultKind } from "../../emulator";
import { managementAccountId } from "../../emulator/organization/managementAccount";
import { readStatus } from "../../policy/readStatus";
import type { MemberStatus } from "../../core/status/memberStatus";
import type { PackStatus } from "../../core/status/packStatus";
import type { PackStatusArgs } from "../../core/status/packStatusArgs";
import { decodeState, encodeState } from "../../provider/gateState";
import { organizationConformancePackStatusType } from "../../provider/pulumiTokens";
import { decide } from "../../core/gate/decide";
import type { Tolerance } from "../../core/gate/tolerance";
import * as sdk from "../../sdk/nodejs/index";
import { accountId, type Model, regionNames, type Row, type State } from "./model";
import type { DeliveredRow, Gather, Outcome } from "./simulation";
import { type Schedule, silent } from "./schedule";

/**
 * What must hold, said over what AWS knew from the first to the last request of a gathering, and not over how the code
 * under test comes to its verdict. Each check throws.
 *
 * Left out, because pages whose tokens are offsets can drop any row when an earlier one goes, and nothing else tells:
 * - without an aggregate of the time of the gathering: `aggregate: false`, or one that lags behind all of it;
 * - with a tolerance that lets failed or unfinished rows pass: the aggregate is then explained by those;
 * - what `ListAccounts` drops in the same way.
 */
export function check(schedule: Schedule, outcome: Outcome): void {
  for (const gather of outcome.gathers) {
    const seen = new Seen(schedule, outcome, gather);
    if (!gather.outcome) throw new Error("A gathering did not end.");
    if ("error" in gather.outcome) checkError(gather.outcome.error, seen);
    else {
      const { status } = gather.outcome;
      checkRows(status, seen);
      checkVerdict(status, seen);
      checkTravel(status);
      checkDecision(status, schedule.tolerate, seen);
    }
  }
  if (outcome.resource) checkResource(schedule, outcome);
}

const failed = /_FAILED$/;
const inProgress = /_IN_PROGRESS$/;
const isHealthy = (status: string | undefined): boolean => /^(CREATE|UPDATE)_SUCCESSFUL$/.test(status ?? "");
const isMember = (status: string | undefined): status is string =>
  status !== undefined && status !== "DELETE_SUCCESSFUL";

/** One account in one region, and how it stood all the time: `undefined` where it had no row. */
interface Life {
  readonly accountId: string;
  readonly region: string;
  readonly statuses: readonly (string | undefined)[];
  readonly rows: readonly (Row | undefined)[];
}

/** What AWS knew while a gathering went on. */
class Seen {
  readonly args: PackStatusArgs;
  readonly model: Model;
  readonly gather: Gather;
  readonly #outcome: Outcome;
  readonly #schedule: Schedule;

  constructor(schedule: Schedule, outcome: Outcome, gather: Gather) {
    this.args = gather.args;
    this.model = outcome.model;
    this.gather = gather;
    this.#outcome = outcome;
    this.#schedule = schedule;
  }

  get regions(): readonly string[] {
    return this.args.regions ?? [];
  }

  get abortReason(): Error {
    return this.#outcome.abortReason;
  }

  /** The faults that there were by the end of the gathering. */
  get faults(): readonly Fault[] {
    return this.#schedule.faults.filter(({ at }) => at <= this.gather.last).map(({ fault }) => fault);
  }

  /** Whether a row's status may have been bent on its way. */
  get isBent(): boolean {
    return this.faults.some(({ kind }) => kind === "unknownStatus");
  }

  get isAborted(): boolean {
    const { run } = this.#schedule;
    return run.kind === "gather" && run.abortAt !== undefined && run.abortAt <= this.gather.last;
  }

  /** The regions of which nothing is known, and what is said of each. */
  unread(): readonly { readonly region: string; readonly error: string }[] {
    const { outcome } = this.gather;
    const statuses = outcome && "status" in outcome ? outcome.status.regionStatuses : [];
    return statuses.flatMap(({ error, region }) => (error === undefined ? [] : [{ error, region }]));
  }

  /** Whether something came of AWS, or failed to, that is no answer. A busy machine is slow without a fault. */
  mayBeDead(): boolean {
    return this.args.requestTimeoutSeconds !== undefined || this.faults.some(({ kind }) => noAnswers.includes(kind));
  }

  /** The states that the requests of the gathering met, of one region or of all. */
  states(region?: string): readonly State[] {
    const { first, last } = this.#interval(region);
    const states = this.model.history.slice(first, last + 1);
    return states.filter((state, index) => state !== states[index - 1]);
  }

  /** The accounts that had a row in a region, as far as they are asked for. */
  lives(region: string): readonly Life[] {
    const states = this.states(region);
    const ids = new Set(states.flatMap((state) => (state.rows.get(region) ?? []).map((row) => row.accountId)));
    return [...ids].filter((id) => this.args.accountIds?.includes(id) ?? true).map((id) => this.life(id, region));
  }

  life(accountId: string, region: string): Life {
    const rows = this.states(region).map((state) =>
      state.rows.get(region)?.find((candidate) => candidate.accountId === accountId),
    );
    return { accountId, region, rows, statuses: rows.map((row) => row?.status) };
  }

  /** Who had to be a member all the time. */
  expected(): readonly string[] {
    const { accountIds, expectedAccounts } = this.args;
    if (Array.isArray(expectedAccounts)) return expectedAccounts as readonly string[];
    if (expectedAccounts !== "organization") return accountIds ?? [];
    if (this.#organizationMaySlip()) return [];
    const states = this.states();
    const excused = this.#excused();
    return [...(states[0]?.organization.keys() ?? [])].filter(
      (id) => !excused.has(id) && states.every((state) => state.organization.get(id) === "ACTIVE"),
    );
  }

  /** Whether there was a moment in which an account had to be a member. */
  mayExpect(accountId: string): boolean {
    if (this.args.expectedAccounts !== "organization") return this.expected().includes(accountId);
    const isActive = this.states().some((state) => state.organization.get(accountId) === "ACTIVE");
    return isActive && !this.#excused().has(accountId);
  }

  /** Who need not be a member, whatever the organization says. */
  #excused(): ReadonlySet<string> {
    return new Set([
      ...(this.args.excludedAccounts ?? []),
      ...this.#schedule.world.excluded.map(accountId),
      managementAccountId,
    ]);
  }

  /** Whether a row can have been in no page although it was there all the time. */
  rowsMaySlip(region: string): boolean {
    if (this.#schedule.world.paging === "key") return false;
    const states = this.states(region).map((state) => state.rows.get(region) ?? []);
    const isFiltered = this.args.statuses !== undefined || this.args.detail === "unsuccessful";
    return states.some((rows, index) => {
      const next = states[index + 1];
      if (!next) return false;
      if (isFiltered) return !isDeepStrictEqual(rows, next);
      // A row that comes, or turns where it stands, takes no other one's place.
      const stayed = next.filter(({ accountId }) => rows.some((row) => row.accountId === accountId));
      return !isDeepStrictEqual(idsOf(rows), idsOf(stayed));
    });
  }

  /** Whether the aggregate that was asked for tells of a moment of the gathering. */
  aggregateVouches(region: string): boolean {
    if (this.args.aggregate === false) return false;
    const { first, last } = this.#interval(region);
    const asked = this.#clocks(region, "DescribeOrganizationConformancePackStatuses");
    const clock = asked.at(-1);
    return clock !== undefined && clock <= last && this.model.aggregateMoment(clock) >= first;
  }

  /** The rows at the end, where the aggregate is the last that is asked for and tells of them, and of no others. */
  toldInTheEnd(region: string): readonly Row[] {
    const { accountIds, aggregate, detail } = this.args;
    if (aggregate === false || accountIds || detail === "unsuccessful") return [];
    const { last } = this.#interval(region);
    return this.model.history[this.model.aggregateMoment(last)]?.rows.get(region) ?? [];
  }

  /** The first and the last request of a region, or of all. */
  #interval(region?: string): { readonly first: number; readonly last: number } {
    const clocks = this.#clocks(region);
    return { first: clocks[0] ?? this.gather.first, last: clocks.at(-1) ?? this.gather.last };
  }

  #clocks(region?: string, operation?: string): number[] {
    const { first, last } = this.gather;
    return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter((clock) => {
      const request = this.model.requests[clock];
      const isOfPack = (request?.operation ?? "").includes("OrganizationConformancePack");
      return (
        (region === undefined || (request?.region === region && isOfPack)) &&
        (operation === undefined || request?.operation === operation)
      );
    });
  }

  /** Someone left while the two pages of the accounts were read. */
  #organizationMaySlip(): boolean {
    const { crowd, paging } = this.#schedule.world;
    if (crowd === "none" || paging === "key") return false;
    const lists = this.states().map((state) => [...state.organization.keys()]);
    return lists.some((ids, index) => {
      const next = lists[index + 1];
      return next !== undefined && !isDeepStrictEqual(ids, next.slice(0, ids.length));
    });
  }
}

/** Every error is of a documented class, and has a cause. */
function checkError(error: unknown, seen: Seen): void {
  if (error === seen.abortReason && seen.isAborted) return;
  const { signal } = seen.gather.options;
  // The time of a wait is over.
  if (signal?.aborted && error === signal.reason) return;
  const classes = Object.values(sdk).filter(
    (value): boolean => typeof value === "function" && value.prototype instanceof sdk.OrgConformanceError,
  );
  const isDocumented = error instanceof sdk.OrgConformanceError && classes.includes(error.constructor as never);
  if (!isDocumented) throw new Error(`This error is of no documented class: ${String(error)}`, { cause: error });
  const expected: readonly unknown[] = [
    ...seen.faults.flatMap(({ kind }) => errorsOf[kind]),
    ...(seen.regions.every(hasPack) ? [] : [sdk.NoSuchOrganizationConformancePackError]),
    ...(seen.args.maxPages === undefined ? [] : [sdk.PaginationError]),
    // A busy machine is slow without a fault.
    ...(seen.args.requestTimeoutSeconds === undefined ? [] : [sdk.TimedOutError]),
  ];
  if (!expected.includes(error.constructor))
    throw new Error(`This error has no cause: ${error.message}`, { cause: error });
}

/** What an error says of each fault. A token that is called invalid before there was one has no class of its own. */
const errorsOf: Readonly<Record<FaultKind, readonly unknown[]>> = {
  accessDenied: [sdk.AccessDeniedError],
  expiredToken: [sdk.CredentialsError],
  htmlBody: [sdk.BadResponseError],
  invalidNextToken: [sdk.PaginationError, sdk.ServiceError],
  missingField: [sdk.BadResponseError],
  repeatedNextToken: [sdk.PaginationError],
  resetConnection: [sdk.UnreachableError],
  serverError: [sdk.ServiceError],
  slowResponse: [sdk.TimedOutError],
  throttling: [sdk.ThrottledError],
  truncatedBody: [sdk.UnreachableError],
  unknownStatus: [],
};

/** The faults that are no answer of AWS's. */
const noAnswers: readonly FaultKind[] = [
  "htmlBody",
  "missingField",
  "resetConnection",
  "serverError",
  "slowResponse",
  "throttling",
  "truncatedBody",
];

/** What AWS says, or is said to have done, that is an answer. */
function isRefusal(error: string): boolean {
  return /denied|credentials|NextToken|No organization conformance pack/i.test(error);
}

/** No row is lost, doubled or invented, and the newest of what was read counts. */
function checkRows({ members, missing, regionStatuses }: PackStatus, seen: Seen): void {
  const { detail, statuses } = seen.args;
  const keys = members.map(({ accountId, region }) => `${accountId} ${region}`);
  if (new Set(keys).size < keys.length) fail("A row is doubled.", members);

  for (const member of members) {
    const { rows } = seen.life(member.accountId, member.region);
    const isBent = seen.isBent && member.status === "CREATE_PAUSED";
    if (!isBent && !rows.some((row) => row && isSame(member, row))) fail("A row is invented.", { member, rows });
    if (seen.args.accountIds && !seen.args.accountIds.includes(member.accountId)) fail("A row is not wanted.", member);
    if (statuses && !isBent && !statuses.some((wanted) => wanted === member.status))
      fail("A row is not wanted.", member);
    const isRead = seen.gather.delivered.some(
      (row) => row.accountId === member.accountId && row.region === member.region && row.status === member.status,
    );
    if (!isRead) fail("A row is from pages that AWS took back.", member);
    const better = seen.gather.delivered.find(
      (row) =>
        row.accountId === member.accountId &&
        row.region === member.region &&
        supersedes(row, member) &&
        // Whether anyone is healthy is asked beside the rows.
        !(detail === "unsuccessful" && isHealthy(row.status)),
    );
    if (better && !seen.isBent) fail("Another row that was read is newer, or worse.", { member, better });
  }

  for (const { accountId, region } of missing) {
    if (!seen.mayExpect(accountId)) fail("An account is missed that need not be there.", { accountId, region });
    const isThere = seen
      .life(accountId, region)
      .statuses.every((status) => isMember(status) && status !== "DELETE_IN_PROGRESS");
    if (isThere && !seen.rowsMaySlip(region)) fail("An account is missed that was there.", { accountId, region });
  }

  for (const { error, region } of regionStatuses) {
    if (error !== undefined || seen.rowsMaySlip(region)) continue;
    const known = new Set(members.filter((member) => member.region === region).map(({ accountId }) => accountId));
    for (const { accountId, statuses: had } of seen.lives(region)) {
      const [status] = had;
      const isSteady = had.every((each) => each === status);
      const isFiltered = statuses !== undefined || detail === "unsuccessful";
      const wanted = statuses?.map(String) ?? [];
      const isWanted = isFiltered
        ? isSteady &&
          (wanted.includes(status ?? "") || (detail === "unsuccessful" && (isFailed(status) || isUnfinished(status))))
        : had.every((each) => each !== undefined);
      if (isWanted && !known.has(accountId)) fail("A row is lost.", { accountId, region, had });
    }
  }
}

/** `PASSED` and `FAILED` are true to what AWS knew. */
function checkVerdict({ members, regionStatuses, verdict }: PackStatus, seen: Seen): void {
  const has = (outcome: RegExp): boolean => members.some(({ status }) => outcome.test(status));
  if (has(failed) && verdict !== "FAILED") fail("A row failed, and the verdict is another.", { verdict, members });
  if (has(inProgress) && !has(failed) && verdict === "PASSED") fail("It passed over unfinished rows.", members);

  if (verdict === "PASSED") {
    if (seen.args.statuses) fail("It passed with rows of some statuses only.", seen.args.statuses);
    const silent = regionStatuses.filter(({ error }) => error !== undefined);
    if (silent.length > 0) fail("It passed without a region.", silent);
    const unwell = unwellLives(seen).filter(
      (life) => life.isExpected || rowsTell(seen, life) || seen.aggregateVouches(life.region),
    );
    if (unwell.length > 0) fail("It passed over accounts that were never healthy.", unwell);
    for (const region of seen.regions) {
      if (!hasPack(region)) fail("It passed over a region without the pack.", region);
      const trouble = seen.toldInTheEnd(region).filter(({ status }) => isFailed(status) || isUnfinished(status));
      if (trouble.length > 0) fail("It passed over what AWS said of the pack in the end.", { region, trouble });
      const isEmpty = seen
        .states(region)
        .every((state) => !(state.rows.get(region) ?? []).some((row) => isMember(row.status)));
      if (isEmpty) fail("It passed over a region without a member.", region);
    }
    return;
  }

  const answered = regionStatuses.filter(({ error }) => error === undefined);
  if (verdict !== "FAILED" && !seen.isBent) {
    for (const { region } of answered) {
      const { accountIds, statuses } = seen.args;
      const isTold = !seen.rowsMaySlip(region) || (seen.aggregateVouches(region) && !accountIds && !statuses);
      const steady = seen
        .lives(region)
        .filter(
          ({ statuses: had }) =>
            isFailed(had[0]) &&
            had.every((each) => each === had[0]) &&
            (statuses?.some((wanted) => wanted === had[0]) ?? true),
        );
      if (isTold && steady.length > 0) fail("An account had failed all the time.", { verdict, steady });
    }
  }
  if (isCalmAndHealthy(seen)) fail("Nothing was amiss, and it did not pass.", { verdict });
}

/** A status comes out of its state as it went in, and the policies take it for one that can be judged. */
function checkTravel(status: PackStatus): void {
  const state = JSON.parse(JSON.stringify(encodeState(status, new Date()))) as ReturnType<typeof encodeState>;
  const plain = JSON.parse(JSON.stringify(status)) as PackStatus;
  if (!isDeepStrictEqual(decodeState(state), plain)) fail("Its state says something else.", { status, state });
  const reading = readStatus(
    { type: organizationConformancePackStatusType, props: state },
    { isPreviewOf: () => false, known: new Map() },
  );
  if (reading.kind !== "status") fail("The policies do not take it for a status.", { reading, status });
}

/** A decision passes nothing that the verdict does not, except what is tolerated. */
function checkDecision(status: PackStatus, tolerate: Tolerance | undefined, seen: Seen): void {
  if (decide(status, tolerate).verdict === "PASSED") checkPassage(seen, tolerate, "notPassed");
}

type Strictness = "notPassed" | "unestablished" | "failed";

/**
 * The rules for a gathering whose status passed.
 *
 * @param strictness - What the gate refuses: whatever is no pass, what failed or could not be established, or what failed.
 */
function checkPassage(seen: Seen, tolerate: Tolerance = {}, strictness: Strictness): void {
  if (seen.args.statuses && strictness === "notPassed") fail("It passed with some rows only.", seen.args);
  const isExcepted = ({ accountId, region }: Life): boolean =>
    tolerate.accounts?.some(
      (each) =>
        each.accountId === accountId &&
        (each.regions?.includes(region) ?? true) &&
        (each.expires === undefined || each.expires.startsWith("29")),
    ) ?? false;
  const isStuck = ({ rows }: Life): boolean =>
    seen.args.stuckAfterMinutes !== undefined &&
    rows.some((row) => row && isUnfinished(row.status) && row.lastUpdateTime !== undefined);
  const mayProgress = strictness !== "notPassed" || tolerate.inProgress === "allow" || tolerate.inProgress === "warn";
  const mayBeAbsent = tolerate.noSuchPack === "allow" || tolerate.noSuchPack === "warn";
  const toleratesRows = Object.keys(tolerate).some((key) => key !== "noSuchPack" && key !== "unanswered");
  const unread = new Set(seen.unread().map(({ region }) => region));
  for (const { error, region } of seen.unread()) {
    // A pack that is not there is no failure.
    const isAbsent = !hasPack(region) && (mayBeAbsent || strictness === "failed");
    const isDead = tolerate.unanswered === silent && seen.mayBeDead() && !isRefusal(error);
    if (!isAbsent && !isDead) fail("It was let pass over a region that it was not to.", { error, region, tolerate });
  }

  const left = unwellLives(seen).filter((life) => {
    const { isExpected, region, statuses } = life;
    if (isExcepted(life)) return false;
    if (!hasPack(region) && mayBeAbsent) return false;
    if (unread.has(region)) return false;
    const isNarrowed = seen.args.accountIds !== undefined || seen.args.statuses !== undefined;
    const isToldByAggregate = !toleratesRows && !isNarrowed && (strictness === "notPassed" || statuses.every(isFailed));
    const isTold = rowsTell(seen, life) || (isToldByAggregate && seen.aggregateVouches(region));
    // Whoever is expected and slipped is missed, which is no failure.
    if (!isTold && (!isExpected || strictness === "failed")) return false;
    if (strictness === "failed") return statuses.every(isFailed);
    // One that must be there, and is leaving, is not in progress.
    if (isExpected && statuses.every((status) => status === "DELETE_IN_PROGRESS")) return true;
    return !(mayProgress && statuses.some(isUnfinished) && (strictness !== "notPassed" || !isStuck(life)));
  });
  const { maxFailedAccounts, maxFailedPercent } = tolerate;
  const hasLimit = maxFailedAccounts !== undefined || maxFailedPercent !== undefined;
  const onlyFailed = left.filter(({ statuses }) => statuses.every(isFailed));
  const others = left.filter((life) => !(hasLimit && life.statuses.some(isFailed)));
  if (others.length > 0) fail("It passed over accounts that were never healthy.", { others, tolerate, strictness });
  const count = new Set(onlyFailed.map(({ accountId }) => accountId)).size;
  const all = new Set(
    seen.regions.flatMap((region) =>
      seen
        .lives(region)
        .filter(({ statuses }) => statuses.some(isMember))
        .map(({ accountId }) => accountId),
    ),
  ).size;
  if (count > (maxFailedAccounts ?? Infinity) || count * 100 - (maxFailedPercent ?? Infinity) * all > 1e-6) {
    fail("More accounts failed than the limit accepts.", { count, all, tolerate });
  }
}

/** The resource's dependents are changed only over a status that its gates pass. */
function checkResource(schedule: Schedule, outcome: Outcome): void {
  const { resource } = outcome;
  if (resource?.checked?.verdict === "PASSED" && !resource.released) fail("It was not released over a pass.", resource);
  if (!resource?.released || schedule.run.kind !== "resource") return;
  const { failOn, policies, policyTolerate, wait } = schedule.run;
  const { checkedGather, final, finalGather } = resource;
  if (!checkedGather || !finalGather || !final) return fail("It was released without a look.", resource);

  const known = finalGather.outcome && "status" in finalGather.outcome ? finalGather.outcome.status : undefined;
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(known?.members)), final.members)) {
    fail("The state is not that of the last gathering.", { known, final });
  }
  const atCheck = new Seen(schedule, outcome, checkedGather);
  const atEnd = new Seen(schedule, outcome, finalGather);
  const effective = failOn ?? (wait ? "notPassed" : "never");
  if (effective !== "never") checkPassage(atEnd, schedule.tolerate, effective);
  if (policies !== "none") {
    // Where the update has waited, policies have left the judgement to `failOn`, which must not be laxer than they.
    const hasWaited = wait && effective === "notPassed" && finalGather !== checkedGather;
    const isLaxer = policyTolerate && schedule.tolerate && !isDeepStrictEqual(policyTolerate, schedule.tolerate);
    if (hasWaited && isLaxer) fail("It waited by a tolerance that its policies do not have.", resource);
    if (!hasWaited) {
      checkPassage(atCheck, policyTolerate ?? schedule.tolerate, policies === "strict" ? "notPassed" : "unestablished");
    }
  }
  // Without a tolerance, a run that leaves a failure behind is not silent.
  const tolerate = policyTolerate ?? schedule.tolerate;
  if (final.verdict === "FAILED" && !tolerate && !resource.settledReported && !resource.failedReported) {
    fail("A failure was left behind in silence.", final);
  }
}

/** The accounts that belonged to the pack, or had to, all the time, and were never healthy. */
function unwellLives(seen: Seen): (Life & { readonly isExpected: boolean })[] {
  const expected = seen.expected();
  return seen.regions.flatMap((region) => {
    const ids = new Set([...seen.lives(region).map(({ accountId }) => accountId), ...expected]);
    return [...ids]
      .map((id) => ({ ...seen.life(id, region), isExpected: expected.includes(id) }))
      .filter(({ isExpected, statuses }) => !statuses.some(isHealthy) && (isExpected || statuses.every(isMember)));
  });
}

/** Whether an account that was there all the time cannot have been in none of the pages. */
function rowsTell(seen: Seen, { region, statuses }: Life): boolean {
  if (seen.rowsMaySlip(region)) return false;
  const [first] = statuses;
  const wanted = seen.args.statuses;
  if (wanted) return wanted.some((status) => status === first) && statuses.every((status) => status === first);
  if (seen.args.detail !== "unsuccessful") return true;
  // The filters know no unknown status, and an account that turns twice can be in neither of the two rounds.
  const turns = statuses.filter((status, index) => index > 0 && status !== statuses[index - 1]).length;
  return turns < 2 && !statuses.includes("CREATE_PAUSED");
}

/** Nothing changed or went wrong, and everyone is there and well. */
function isCalmAndHealthy(seen: Seen): boolean {
  const states = seen.states();
  return (
    states.length === 1 &&
    seen.faults.length === 0 &&
    seen.args.requestTimeoutSeconds === undefined &&
    !seen.args.statuses &&
    seen.regions.every((region) => {
      const rows = states[0]?.rows.get(region) ?? [];
      const clock = seen.gather.last;
      return (
        hasPack(region) &&
        rows.some(({ status }) => isHealthy(status)) &&
        rows.every(({ status }) => isHealthy(status)) &&
        seen.expected().every((id) => rows.some(({ accountId }) => accountId === id)) &&
        (seen.args.accountIds?.some((id) => rows.some(({ accountId }) => accountId === id)) ?? true) &&
        (seen.args.aggregate === false || seen.model.aggregateMoment(clock) === clock)
      );
    })
  );
}

function supersedes(row: DeliveredRow, member: MemberStatus): boolean {
  const [time, kept] = [row.time, member.lastUpdateTime];
  if (time !== undefined && kept !== undefined && time !== kept) return time > kept;
  return badness(row.status) > badness(member.status);
}

/** Failed is worse than unfinished, that than unknown, that than left, that than healthy. */
function badness(status: string): number {
  if (isFailed(status)) return 4;
  if (isUnfinished(status)) return 3;
  return isHealthy(status) ? 0 : isMember(status) ? 2 : 1;
}

function isSame(member: MemberStatus, row: Row): boolean {
  return (
    member.accountId === row.accountId &&
    member.status === row.status &&
    member.errorCode === row.errorCode &&
    member.errorMessage === row.errorMessage &&
    member.lastUpdateTime === row.lastUpdateTime?.toISOString() &&
    (member.accountName ?? `account-${row.accountId}`) === `account-${row.accountId}`
  );
}

function isFailed(status: string | undefined): boolean {
  return status?.endsWith("_FAILED") ?? false;
}

function isUnfinished(status: string | undefined): boolean {
  return status?.endsWith("_IN_PROGRESS") ?? false;
}

function hasPack(region: string): boolean {
  return regionNames.includes(region);
}

function idsOf(rows: readonly Row[]): string[] {
  return rows.map(({ accountId }) => accountId);
}

function fail(what: string, evidence: unknown): never {
  throw new Error(`${what} ${JSON.stringify(evidence, undefined, 1)}`);
}

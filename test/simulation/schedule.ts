import fc from "fast-check";
import { type Fault, type FaultKind, faultKinds } from "../../emulator";
import { type FailOn, failOnValues } from "../../core/gate/gateArgs";
import { organizationResourceDetailedStatuses, unsuccessfulStatuses } from "../../core/status/detailedStatus";
import type { PackStatusArgs } from "../../core/status/packStatusArgs";
import type { ToleratedOutage } from "../../core/gate/toleratedOutage";
import { handlings, type Tolerance } from "../../core/gate/tolerance";
import { accountId, type Change, crowd, packName, regionNames, regionWithoutPack, type World } from "./model";
import { order } from "./order";

/** What happens, and when: request `at` is the first to see it. */
export interface Event {
  readonly at: number;
  readonly changes: readonly Change[];
}

/** Who asks. */
export type Run =
  | {
      readonly kind: "gather";
      readonly requireEveryRegion: boolean;
      readonly noSuchPackIsReason: boolean;
      readonly outageIsReason: boolean;
      /** The request during which the caller gives up. */
      readonly abortAt: number | undefined;
    }
  | {
      readonly kind: "resource";
      readonly failOn: FailOn | undefined;
      /** Which policies are mandatory: none, those that are so by default, or `in-progress` as well. */
      readonly policies: "none" | "default" | "strict";
      readonly policyTolerate: Tolerance | undefined;
      readonly wait: boolean;
    };

/** One simulated history, and who asks meanwhile. */
export interface Schedule {
  readonly world: World;
  readonly events: readonly Event[];
  /** From this request on, AWS gets done with whatever can be done. */
  readonly finishAt: number | undefined;
  readonly faults: readonly { readonly at: number; readonly fault: Fault }[];
  readonly args: PackStatusArgs;
  readonly tolerate: Tolerance | undefined;
  readonly run: Run;
  /** The order in which requests are sent and answers read. */
  readonly order: fc.Scheduler;
}

const accounts = 12;
const account = fc.nat(accounts - 1);
const someAccountIds = fc
  .uniqueArray(fc.nat(accounts), { minLength: 1, maxLength: 5 })
  .map((numbers) => numbers.map(accountId));

/** Nothing, `weight` times as often as something. */
function seldom<T>(weight: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

const status = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL") },
  { weight: 4, arbitrary: fc.constantFrom(...unsuccessfulStatuses) },
  { weight: 1, arbitrary: fc.constant("DELETE_SUCCESSFUL") },
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant("CREATE_PAUSED") },
);

const rowChange: fc.Arbitrary<Change> = fc.record({
  kind: fc.constant("row" as const),
  account,
  region: fc.nat(regionNames.length - 1),
  status,
  inFront: fc.boolean(),
});

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 5, arbitrary: rowChange },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("account" as const),
      account,
      state: fc.constantFrom("ACTIVE", "SUSPENDED", "CLOSED", null),
    }),
  },
);

/** Most organizations are well: it takes little for them not to be. */
const initial: fc.Arbitrary<Change[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Change[]>([]) },
  { weight: 4, arbitrary: fc.array(change, { minLength: 1, maxLength: 2 }) },
  { weight: 2, arbitrary: account.map((number) => [rowOf(number, null)]) },
  { weight: 2, arbitrary: fc.array(change, { maxLength: 8 }) },
  // No one is a member, or no one any more.
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(null, "DELETE_SUCCESSFUL")
      .map((status) => Array.from({ length: accounts }, (_, number) => rowOf(number, status))),
  },
);

const world: fc.Arbitrary<World> = fc.record({
  accounts: fc.integer({ min: 1, max: accounts }),
  regions: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, { weight: 2, arbitrary: fc.integer({ min: 2, max: 3 }) }),
  initial,
  excluded: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.uniqueArray(account, { maxLength: 3 }) },
  ),
  crowd: fc.oneof(
    { weight: 6, arbitrary: fc.constant("none" as const) },
    { weight: 1, arbitrary: fc.constantFrom("first" as const, "last" as const) },
  ),
  paging: fc.constantFrom("offset" as const, "key" as const),
  times: fc.constantFrom("exact" as const, "coarse" as const, "none" as const),
  lag: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }) }),
  before: fc.oneof(
    { weight: 3, arbitrary: fc.constant("CREATE_SUCCESSFUL") },
    { weight: 1, arbitrary: fc.constantFrom("UPDATE_IN_PROGRESS", "CREATE_FAILED", "DELETE_SUCCESSFUL") },
  ),
});

const at = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 12 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }) },
);

const events: fc.Arbitrary<Event[]> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.array(fc.record({ at, changes: fc.array(change, { minLength: 1, maxLength: 2 }) }), { maxLength: 8 }),
  },
  // A rollout: one account after the other, at almost every request.
  {
    weight: 2,
    arbitrary: fc
      .array(rowChange, { minLength: 4, maxLength: 14 })
      .map((changes) => changes.map((each, index) => ({ at: index + 1, changes: [each] }))),
  },
);

/**
 * An account that turns from one status to another while each is asked for alone, and an aggregate that is too old to
 * tell.
 */
const turning = fc.record({
  account: fc.nat(2),
  from: fc.constantFrom(...unsuccessfulStatuses),
  to: fc.constantFrom(...unsuccessfulStatuses),
  at: fc.integer({ min: 2, max: 8 }),
});

const operations = [
  "GetOrganizationConformancePackDetailedStatus",
  "DescribeOrganizationConformancePackStatuses",
  "DescribeOrganizationConformancePacks",
  "ListAccounts",
];

const fault: fc.Arbitrary<Fault> = fc
  .record(
    {
      // The slow ones cost time: they are fewer.
      kind: fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom(...faultKinds.filter((kind) => kind !== "slowResponse")) },
        { weight: 1, arbitrary: fc.constant<FaultKind>("slowResponse") },
      ),
      operation: fc.constantFrom(...operations),
      region: fc.constantFrom(...regionNames),
      after: fc.nat(2),
      times: fc.integer({ min: 1, max: 4 }),
      field: fc.constantFrom("AccountId" as const, "ConformancePackName" as const, "Status" as const),
    },
    { requiredKeys: ["kind"] },
  )
  .map((drawn) => ({ ...drawn, delayMs: 300 }));

/** AWS takes its pages back in the middle of them. */
const restart = fc.integer({ min: 1, max: 4 }).map((after) => ({
  at: 1,
  fault: { kind: "invalidNextToken" as const, operation: operations[0] ?? "", after, times: 1 },
}));

const faults: fc.Arbitrary<Schedule["faults"]> = fc.oneof(
  { weight: 16, arbitrary: fc.constant([]) },
  { weight: 7, arbitrary: fc.array(fc.record({ at, fault }), { minLength: 1, maxLength: 2 }) },
  { weight: 2, arbitrary: restart.map((only) => [only]) },
);

/** What is asked for. */
const question: fc.Arbitrary<Omit<PackStatusArgs, "name">> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ aggregate: fc.boolean() }, { requiredKeys: [] }) },
  { weight: 4, arbitrary: fc.constant({ detail: "unsuccessful" as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      statuses: fc.uniqueArray(fc.constantFrom(...organizationResourceDetailedStatuses), {
        minLength: 1,
        maxLength: 4,
      }),
      aggregate: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ accountIds: someAccountIds, aggregate: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ expectedAccounts: someAccountIds, aggregate: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        expectedAccounts: fc.constant("organization" as const),
        excludedAccounts: someAccountIds,
        aggregate: fc.boolean(),
      },
      { requiredKeys: ["expectedAccounts"] },
    ),
  },
);

const limits = fc.record(
  {
    pageSize: fc.integer({ min: 1, max: 5 }),
    maxConcurrentRegions: fc.integer({ min: 1, max: 3 }),
    maxAttempts: fc.constantFrom(1, 1, 1, 2, 3),
    stuckAfterMinutes: fc.constant(5),
    maxPages: fc.integer({ min: 2, max: 20 }),
  },
  { requiredKeys: ["pageSize", "maxAttempts"] },
);

const day = fc.constantFrom("2020-01-01", "2999-12-31");

/** Break glass that holds for the whole simulation, and one that is over. */
export const [silent, notSilent] = [12 * 3_600_000, -1].map((ms) => ({
  reason: "Ann decided it.",
  expires: new Date(Date.now() + ms).toISOString(),
})) as [ToleratedOutage, ToleratedOutage];

const tolerance: fc.Arbitrary<Tolerance> = fc.record(
  {
    accounts: fc.array(
      fc.record(
        {
          accountId: account.map(accountId),
          regions: fc.uniqueArray(fc.constantFrom(...regionNames), { minLength: 1, maxLength: 2 }),
          reason: fc.constant("Ann decided it."),
          expires: day,
        },
        { requiredKeys: ["accountId", "reason"] },
      ),
      { maxLength: 4 },
    ),
    maxFailedAccounts: fc.nat(3),
    maxFailedPercent: fc.constantFrom(0, 10, 25, 50, 100),
    inProgress: fc.constantFrom(...handlings),
    noSuchPack: fc.constantFrom(...handlings),
    unanswered: fc.constantFrom(silent, silent, notSilent),
  },
  { requiredKeys: [] },
);

const run: fc.Arbitrary<Run> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("gather" as const),
      requireEveryRegion: fc.boolean(),
      noSuchPackIsReason: fc.boolean(),
      outageIsReason: fc.boolean(),
      abortAt: seldom(11, at),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("resource" as const),
      failOn: fc.constantFrom(undefined, ...failOnValues),
      policies: fc.constantFrom("none" as const, "default" as const, "strict" as const),
      policyTolerate: seldom(3, tolerance),
      wait: fc.boolean(),
    }),
  },
);

const history: fc.Arbitrary<Omit<Schedule, "order">> = fc
  .record({
    world,
    events,
    finishAt: seldom(1, fc.integer({ min: 5, max: 40 })),
    faults,
    question,
    limits,
    asksRegionWithoutPack: seldom(14, fc.constant(true)),
    tolerate: seldom(1, tolerance),
    run,
    turning: seldom(6, turning),
  })
  .map(({ question, limits, asksRegionWithoutPack, turning: turn, ...schedule }) => ({
    ...schedule,
    ...(turn && {
      world: {
        ...schedule.world,
        initial: [rowOf(turn.account, turn.from)],
        lag: 60,
        before: "CREATE_SUCCESSFUL",
      },
      events: [{ at: turn.at, changes: [rowOf(turn.account, turn.to)] }, ...schedule.events],
    }),
    args: {
      name: packName,
      regions: [...regionNames.slice(0, schedule.world.regions), ...(asksRegionWithoutPack ? [regionWithoutPack] : [])],
      ...question,
      ...limits,
      ...(schedule.faults.some(({ fault }) => fault.kind === "slowResponse") && { requestTimeoutSeconds: 0.15 }),
      ...(question.expectedAccounts === "organization" &&
        schedule.world.crowd !== "none" && {
          excludedAccounts: [...(question.excludedAccounts ?? []), ...crowd],
        }),
    },
  }));

/** The order comes last: fast-check copies it for each run, and a spread of it would undo what is mapped. */
export const schedules: fc.Arbitrary<Schedule> = fc
  .tuple(history, order)
  .map(([drawn, drawnOrder]) => ({ ...drawn, order: drawnOrder }));

function rowOf(account: number, status: string | null): Change {
  return { kind: "row", account, region: 0, status, inFront: false };
}

import type { Change } from "./model";
import { accountId, packName, regionNames } from "./model";
import { firstComeFirstServed } from "./order";
import { notSilent, type Schedule, silent } from "./schedule";

/** A row of an account, by their numbers. */
const row = (account: number, status: string, others: Partial<Change & { kind: "row" }> = {}): Change => ({
  kind: "row",
  account,
  region: 0,
  status,
  inFront: false,
  ...others,
});

const world: Schedule["world"] = {
  accounts: 3,
  regions: 1,
  initial: [],
  excluded: [],
  crowd: "none",
  paging: "key",
  times: "exact",
  lag: 0,
  before: "CREATE_SUCCESSFUL",
};
const run = {
  kind: "resource",
  failOn: "notPassed",
  policies: "none",
  policyTolerate: undefined,
  wait: false,
} as const;

interface Others extends Partial<Omit<Schedule, "args" | "world">> {
  readonly world?: Partial<Schedule["world"]>;
  readonly args?: Partial<Schedule["args"]>;
}

/** Three healthy accounts that nothing happens to, but for `others`. */
const calm = (others: Others = {}): Schedule => ({
  events: [],
  finishAt: undefined,
  faults: [],
  tolerate: undefined,
  run: {
    kind: "gather",
    requireEveryRegion: false,
    noSuchPackIsReason: false,
    outageIsReason: false,
    abortAt: undefined,
  },
  order: firstComeFirstServed(),
  ...others,
  world: { ...world, ...others.world },
  args: {
    name: packName,
    regions: regionNames.slice(0, others.world?.regions ?? 1),
    pageSize: 1,
    maxAttempts: 1,
    ...others.args,
  },
});

/** The aggregate tells of a time before. */
const late = { lag: 60, before: "CREATE_SUCCESSFUL" };
const failedElsewhere = { regions: 2, initial: [row(1, "CREATE_FAILED", { region: 1 })] };
const excepting = (others: { readonly expires?: string; readonly regions?: readonly string[] } = {}) => ({
  accounts: [{ accountId: accountId(1), reason: "Ann decided it.", ...others }],
});

/** For each promise, a schedule that breaks it where the code that keeps it is taken out: chance may not meet one. */
export const examples: readonly Schedule[] = [
  // `detail: "unsuccessful"` asks for CREATE_IN_PROGRESS, CREATE_FAILED, UPDATE_IN_PROGRESS … in this order here: an
  // account that turns from a later one to an earlier one, after that was asked for, is in no reading of the round.
  calm({
    world: { ...late, initial: [row(1, "CREATE_FAILED")] },
    events: [{ at: 2, changes: [row(1, "CREATE_IN_PROGRESS")] }],
    args: { detail: "unsuccessful" },
  }),
  calm({
    world: { ...late, initial: [row(1, "UPDATE_IN_PROGRESS")] },
    events: [{ at: 3, changes: [row(1, "CREATE_FAILED")] }],
    args: { detail: "unsuccessful" },
  }),
  // A region is silent, and hides a failure.
  ...([undefined, "failed", "notPassed"] as const).flatMap((failOn) =>
    [false, true].map((wait) =>
      calm({
        world: failedElsewhere,
        faults: [{ at: 1, fault: { kind: "accessDenied", region: "eu-west-1" } }],
        run: { ...run, failOn, wait, policies: failOn ? "none" : "default" },
      }),
    ),
  ),
  calm({
    world: failedElsewhere,
    faults: [{ at: 1, fault: { kind: "accessDenied", region: "eu-west-1" } }],
  }),
  // Break glass, over a region that is dead and one that refuses; alone and beside another; in force and over.
  ...(["serverError", "accessDenied"] as const).flatMap((kind) =>
    [1, 2].flatMap((regions) =>
      [silent, notSilent].map((unanswered) =>
        calm({
          world: { regions, initial: [row(1, "CREATE_FAILED", { region: regions - 1 })] },
          faults: [{ at: 1, fault: { kind, region: regionNames[regions - 1] ?? "" } }],
          tolerate: { unanswered },
          run: { ...run, failOn: regions === 1 ? "failed" : "notPassed" },
        }),
      ),
    ),
  ),
  // What is waited for fails.
  calm({
    world: { initial: [row(1, "CREATE_IN_PROGRESS")] },
    events: [{ at: 8, changes: [row(1, "CREATE_FAILED")] }],
    run: { ...run, failOn: undefined, wait: true },
  }),
  // An exception that has expired, and one that is of another region.
  calm({ world: { initial: [row(1, "CREATE_FAILED")] }, tolerate: excepting({ expires: "2020-01-01" }), run }),
  calm({ world: failedElsewhere, tolerate: excepting({ regions: ["us-east-1"] }), run }),
  // A policy that is stricter than the resource, over what has settled and over what is waited for.
  ...[row(1, "CREATE_FAILED"), row(1, "CREATE_IN_PROGRESS")].map((initial) =>
    calm({
      world: { initial: [initial] },
      events: [{ at: 8, changes: [row(1, "CREATE_FAILED")] }],
      tolerate: { maxFailedAccounts: 3 },
      run: { ...run, failOn: undefined, wait: true, policies: "default", policyTolerate: { maxFailedAccounts: 0 } },
    }),
  ),
  // AWS takes its pages back after a row that has become another meanwhile.
  calm({
    world: { times: "none", initial: [row(0, "CREATE_FAILED")] },
    events: [{ at: 2, changes: [row(0, "CREATE_SUCCESSFUL")] }],
    faults: [{ at: 1, fault: { kind: "invalidNextToken", after: 1, times: 1 } }],
  }),
  // A row comes twice, and nothing says which one is newer.
  calm({
    world: { paging: "offset", times: "none", initial: [row(0, "CREATE_FAILED")] },
    events: [{ at: 2, changes: [row(0, "CREATE_SUCCESSFUL"), row(2, "CREATE_SUCCESSFUL", { inFront: true })] }],
  }),
  // An account fails behind the reading's back.
  calm({ events: [{ at: 3, changes: [row(0, "CREATE_FAILED")] }] }),
  // An account that must be there is leaving.
  calm({
    world: { initial: [row(1, "DELETE_IN_PROGRESS")] },
    args: { expectedAccounts: [accountId(1)] },
    tolerate: { inProgress: "allow" },
    run,
  }),
];

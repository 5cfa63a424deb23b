import fc from "fast-check";
import { faultKinds } from "../../emulator";
import "../core/aws/awsEnvironment";
import "../core/aws/nodeErrors";
import { unsuccessfulStatuses } from "../../core/status/detailedStatus";
import { decide } from "../../core/gate/decide";
import type { Change } from "./model";
import { examples } from "./examples";
import { check } from "./oracle";
import { type Schedule, schedules } from "./schedule";
import { type Outcome, Simulation } from "./simulation";

// `npm test` takes a share, always the same; `npm run test:simulation` takes more, of a new seed.
const { REPLAY_PATH: path, SCHEDULES, SEED } = process.env;
const numRuns = Number(SCHEDULES ?? 500);
const seed = SEED !== undefined ? Number(SEED) : SCHEDULES === undefined ? 20_260_101 : Date.now() % 2 ** 31;

/** How often what was the case. */
const counts = new Map<string, number>();

function count(what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

/** What a schedule is made of: a generator that loses one of these would leave every check green. */
function kindsOf({ args, events, run, tolerate, world }: Schedule): string[] {
  const changes = events.flatMap((event) => event.changes);
  const isRow = (change: Change, from: readonly (string | null)[]): boolean =>
    change.kind === "row" && from.includes(change.status);
  const kinds: Readonly<Record<string, boolean>> = {
    "several regions": (args.regions?.length ?? 0) > 1,
    unsuccessful: args.detail === "unsuccessful",
    "expects the organization": args.expectedAccounts === "organization",
    tolerates: tolerate !== undefined,
    "breaks the glass": tolerate?.unanswered !== undefined,
    "policies tolerate": run.kind === "resource" && run.policyTolerate !== undefined,
    "an account joins": changes.some((change) => change.kind === "account" && change.state === "ACTIVE"),
    "an account is suspended": changes.some((change) => change.kind === "account" && change.state === "SUSPENDED"),
    "an account leaves": changes.some((change) => change.kind === "account" && change.state === null),
    "a row goes": changes.some((change) => isRow(change, [null, "DELETE_SUCCESSFUL"])),
    "a row turns": changes.some((change) => isRow(change, unsuccessfulStatuses)),
    "the aggregate lags": world.lag > 0,
    "pages by offset": world.paging === "offset",
  };
  return Object.keys(kinds).filter((kind) => kinds[kind]);
}

/** Whether a row that is failed or unfinished became another such row during a gathering. */
function turnsWhileRead({ gathers, model }: Outcome): boolean {
  const isUnsuccessful = (status: string): boolean => unsuccessfulStatuses.some((each) => each === status);
  return gathers.some(({ first, last }) => {
    const had = new Map<string, string>();
    return model.history.slice(first, last + 1).some(({ rows }) =>
      [...rows].some(([region, inRegion]) =>
        inRegion.some(({ accountId, status }) => {
          const before = had.get(accountId + region);
          had.set(accountId + region, status);
          return before !== undefined && before !== status && isUnsuccessful(before) && isUnsuccessful(status);
        }),
      ),
    );
  });
}

function countOutcome(schedule: Schedule, outcome: Outcome): void {
  const { gathers, model, resource } = outcome;
  const { faults, run, world } = schedule;
  for (const what of ["schedules", ...kindsOf(schedule)]) count(what);
  for (const { first, last, outcome } of gathers) {
    const end = outcome === undefined ? "none" : "error" in outcome ? "error" : outcome.status.verdict;
    const isChanged = new Set(model.history.slice(first, last + 1)).size > 1;
    for (const what of ["gatherings", end, ...(isChanged ? ["changed", `${end} and changed`] : [])]) count(what);
  }
  for (const { outcome } of gathers) {
    if (outcome === undefined || "error" in outcome || !schedule.tolerate?.unanswered) continue;
    const { regionStatuses } = outcome.status;
    if (!regionStatuses.some(({ error }) => error !== undefined)) continue;
    const passes = decide(outcome.status, schedule.tolerate).verdict === "PASSED";
    count(passes ? "a dead region passes" : "a dead region does not pass");
  }
  for (const { at, fault } of faults) if (at <= model.clock) count(fault.kind);
  if (resource) count(resource.released ? "released" : "held back");
  if (run.kind === "resource" && gathers.length > 1) count("waited");
  if (run.kind === "resource" && gathers.length > 1 && resource) {
    count(resource.released ? "released after a wait" : "refused after a wait");
  }
  if (kindsOf(schedule).includes("unsuccessful") && world.paging === "key" && turnsWhileRead(outcome)) {
    count("an account turns while it is read by filters");
  }
}

// How many of a hundred there are at least; about half of what there was when this was written.
const shares: readonly (readonly [what: string, of: string, percent: number])[] = [
  ["PASSED", "gatherings", 8],
  ["FAILED", "gatherings", 12],
  ["IN_PROGRESS", "gatherings", 7],
  ["INCOMPLETE", "gatherings", 15],
  ["error", "gatherings", 5],
  ["changed", "gatherings", 30],
  ["PASSED and changed", "gatherings", 3],
  ["FAILED and changed", "gatherings", 9],
  ["released", "schedules", 7],
  ["held back", "schedules", 12],
  ["waited", "schedules", 3],
  ["released after a wait", "schedules", 0.3],
  ["refused after a wait", "schedules", 0.3],
  ["an account turns while it is read by filters", "schedules", 1],
  ["several regions", "schedules", 20],
  ["unsuccessful", "schedules", 13],
  ["expects the organization", "schedules", 10],
  ["tolerates", "schedules", 25],
  ["breaks the glass", "schedules", 10],
  ["a dead region passes", "schedules", 0.3],
  ["a dead region does not pass", "schedules", 0.3],
  ["policies tolerate", "schedules", 6],
  ["an account joins", "schedules", 7],
  ["an account is suspended", "schedules", 6],
  ["an account leaves", "schedules", 6],
  ["a row goes", "schedules", 36],
  ["a row turns", "schedules", 40],
  ["the aggregate lags", "schedules", 21],
  ["pages by offset", "schedules", 25],
  ...faultKinds.map((kind) => [kind, "schedules", 0.3] as const),
];

let simulation: Simulation;

beforeAll(async () => {
  simulation = await Simulation.start();
});

afterAll(() => simulation.stop());

test("a schedule replays: the same requests, and the same outcome of each gathering", async () => {
  const random = jest.spyOn(Math, "random").mockReturnValue(0);
  const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  const traceOf = async (schedule: Schedule) => {
    const { gathers, model, resource } = await simulation.run(schedule);
    return {
      clock: model.clock,
      released: resource?.released,
      gathers: gathers.map(({ first, last, outcome }) => [
        first,
        last,
        outcome &&
          ("error" in outcome ? (outcome.error as Error).name : outcome.status.reasons.map(({ code }) => code)),
      ]),
    };
  };
  const some = fc.sample(schedules, { seed, numRuns: 40 });
  // What is slow is cut off by a real clock.
  for (const schedule of some.filter(({ faults }) => faults.every(({ fault }) => fault.kind !== "slowResponse"))) {
    const copy = fc.cloneIfNeeded(schedule);
    expect(await traceOf(schedule)).toEqual(await traceOf(copy));
  }
  random.mockRestore();
  write.mockRestore();
});

test("whatever happens at AWS meanwhile, each verdict and each pass of a gate is true to it", async () => {
  // Pauses are no part of a schedule, and what a wait tells is no part of the test's output.
  const random = jest.spyOn(Math, "random").mockReturnValue(0);
  const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  const property = fc.asyncProperty(schedules, async (schedule) => {
    // Where the one that is replayed fails no more, fast-check goes on to those beside it.
    if (path !== undefined && counts.size > 0) return;
    const outcome = await simulation.run(schedule);
    countOutcome(schedule, outcome);
    check(schedule, outcome);
  });
  const details = await fc.check(property, {
    numRuns,
    seed,
    examples: examples.map((example): [Schedule] => [example]),
    ...(path !== undefined && { path, numRuns: 1, endOnFailure: true }),
  });
  random.mockRestore();
  write.mockRestore();

  if (SCHEDULES !== undefined) {
    const lines = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, times]) => `${what}: ${times}`);
    process.stdout.write(`Seed ${seed}. ${lines.join(", ")}\n`);
  }
  if (details.failed) {
    const { counterexamplePath, errorInstance } = details;
    const [report = "", cause] = [fc.defaultReportMessage(details), errorInstance as Error];
    const replay = `SEED=${seed} REPLAY_PATH=${counterexamplePath ?? ""} npm run test:simulation`;
    throw new Error(`${report}\n\n${cause.message}\n\nThis one alone: ${replay}`, { cause });
  }
  const tooFew = shares.filter(
    ([what, of, percent]) => (counts.get(what) ?? 0) < ((counts.get(of) ?? 0) * percent) / 100,
  );
  if (path === undefined && numRuns >= 500) expect(tooFew).toEqual([]);
}, 3_600_000);

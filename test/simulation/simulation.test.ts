import fc from "fast-check";
import { faultKinds } from "../../emulator";
import "../provider/awsEnvironment";
import "../provider/nodeErrors";
import { check } from "./oracle";
import { type Schedule, schedules } from "./schedule";
import { type Outcome, Simulation } from "./simulation";

// `npm test` takes a share, always the same; `npm run test:simulation` takes more, of a new seed.
const { REPLAY_PATH: path, SCHEDULES, SEED } = process.env;
const numRuns = Number(SCHEDULES ?? 300);
const seed = SEED !== undefined ? Number(SEED) : SCHEDULES === undefined ? 20_260_101 : Date.now() % 2 ** 31;

/** How often what was the case. */
const counts = new Map<string, number>();

function count(what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function countOutcome({ faults, run }: Schedule, { gathers, model, resource }: Outcome): void {
  count("schedules");
  for (const { first, last, outcome } of gathers) {
    const end = outcome === undefined ? "none" : "error" in outcome ? "error" : outcome.status.verdict;
    const isChanged = new Set(model.history.slice(first, last + 1)).size > 1;
    for (const what of ["gatherings", end, ...(isChanged ? ["changed", `${end} and changed`] : [])]) count(what);
  }
  for (const { at, fault } of faults) if (at <= model.clock) count(fault.kind);
  if (resource) count(resource.released ? "released" : "held back");
  if (run.kind === "resource" && gathers.length > 1) count("waited");
  if (run.kind === "resource" && gathers.length > 1 && resource?.released) count("released after a wait");
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
  ...faultKinds.map((kind) => [kind, "schedules", 0.3] as const),
];

let simulation: Simulation;

beforeAll(async () => {
  simulation = await Simulation.start();
});

afterAll(() => simulation.stop());

test("whatever happens at AWS meanwhile, a verdict is true to it, and so is what a gate lets pass", async () => {
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
  if (path === undefined && numRuns >= 300) expect(tooFew).toEqual([]);
}, 3_600_000);

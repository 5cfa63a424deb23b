import { setTimeout as delay } from "node:timers/promises";
import type { EmulatedMember, Emulator, EmulatorOptions } from "../../../emulator";
import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import { unsuccessfulStatuses } from "../../../core/status/detailedStatus";
import type { PackStatus } from "../../../core/status/packStatus";
import type { PackStatusArgs } from "../../../core/status/packStatusArgs";
import { between } from "../../robustness/wire";
import "../aws/awsEnvironment";
import { emulate, rejectionOf, settingsFor } from "../aws/emulate";
import { account } from "../../builders/members";

const args: PackStatusArgs = { name: "baseline", detail: "unsuccessful", maxAttempts: 1 };

function gather({ endpoint }: Pick<Emulator, "endpoint">, others: Partial<PackStatusArgs> = {}): Promise<PackStatus> {
  return gatherPackStatus({ ...args, ...others }, { settings: settingsFor(endpoint) });
}

const row = (number: number, status: string): EmulatedMember => ({ accountId: account(number), status });
const codesOf = ({ reasons }: PackStatus) => reasons.map(({ code }) => code);

/** An emulator whose rows become others when so many requests have come in. */
async function changing(steps: Readonly<Record<number, readonly EmulatedMember[]>>, options: EmulatorOptions = {}) {
  let requests = 0;
  const emulator: Emulator = await emulate({
    packs: [{ name: "baseline", members: steps[0] ?? [] }],
    ...options,
    onRequest: () => {
      const members = steps[(requests += 1)];
      if (members) emulator.setMembers("baseline", members);
    },
  });
  return emulator;
}

test("20 failures among 10,000 accounts take two rounds of requests, whatever the number of accounts", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 10_000, failing: 20 }] });
  const status = await gather(emulator);
  // Twice six readings and the aggregate, and once a row of each success.
  expect(emulator.requests).toHaveLength(16);
  const filters = emulator.requests.flatMap(
    ({ input }) => (input.Filters as { Status?: string } | undefined)?.Status ?? [],
  );
  expect(filters.sort()).toEqual(
    [...unsuccessfulStatuses, ...unsuccessfulStatuses, "CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL"].sort(),
  );
  expect(status).toMatchObject({ verdict: "FAILED", counts: { total: 20, failed: 20 }, failed: { length: 20 } });
  expect(status.reasons[0]?.message).toBe("20 accounts failed.");
});

test("the requests of a round are under way at the same time, and the second round's come after them", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 10 }] });
  // Six readings, the aggregate, and a row of each success; then six and the aggregate again.
  const [first, both] = [9, 16];
  const answered: number[] = [];
  const wire = await between(emulator, async ({ ask }) => {
    const answer = await ask();
    // What comes in meanwhile was sent without this answer, and all of a round are waited for.
    const wanted = answered.length < first ? first : both;
    const until = performance.now() + 10_000;
    while (emulator.requests.length < wanted && performance.now() < until) await delay(5);
    await delay(100);
    answered.push(emulator.requests.length);
    return answer;
  });
  expect((await gather(wire)).verdict).toBe("PASSED");
  expect(answered).toEqual([...Array<number>(first).fill(first), ...Array<number>(both - first).fill(both)]);
});

test.each<[string, Partial<PackStatus>, string[]]>([
  ["CREATE_SUCCESSFUL", { verdict: "PASSED" }, ["successfulOmitted"]],
  ["DELETE_SUCCESSFUL", { verdict: "PASSED" }, ["successfulOmitted"]],
  ["UPDATE_FAILED", { verdict: "FAILED" }, ["membersFailed", "successfulOmitted"]],
  ["DELETE_IN_PROGRESS", { verdict: "IN_PROGRESS" }, ["membersInProgress", "aggregateInProgress", "successfulOmitted"]],
])("the details of a row that is %s are read", async (status, expected, codes) => {
  const emulator = await emulate({
    packs: [{ name: "baseline", members: [row(1, status), row(2, "CREATE_SUCCESSFUL")] }],
  });
  const result = await gather(emulator);
  expect(result).toMatchObject(expected);
  expect(codesOf(result)).toEqual(codes);
});

test("a page may be empty and not the last one: the members behind it are seen", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 3 }] });
  const wire = await between(emulator, ({ body, forward }) => {
    const { NextToken: token, ...asked } = JSON.parse(body) as { Filters?: { Status?: string }; NextToken?: string };
    if (asked.Filters?.Status !== "CREATE_SUCCESSFUL") return undefined;
    return token === undefined
      ? JSON.stringify({ OrganizationConformancePackDetailedStatuses: [], NextToken: "on" })
      : forward(JSON.stringify(asked));
  });
  expect(codesOf(await gather(wire))).toEqual(["successfulOmitted"]);
});

test.each([
  ["CREATE_FAILED", "FAILED"],
  ["UPDATE_IN_PROGRESS", "IN_PROGRESS"],
  ["DELETE_SUCCESSFUL", "INCOMPLETE"],
  ["CREATE_PAUSED", "INCOMPLETE"],
])("without such a row, an aggregate that is %s makes the verdict %s", async (aggregate, verdict) => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 3, aggregate }] });
  expect((await gather(emulator)).verdict).toBe(verdict);
});

test.each([
  ["no row at all", []],
  ["former members only", [row(1, "DELETE_SUCCESSFUL")]],
  ["a status that is not known", [row(1, "CREATE_PAUSED")]],
])("%s under a successful aggregate does not pass, since there is no member", async (_what, members) => {
  const emulator = await emulate({ packs: [{ name: "baseline", members, aggregate: "CREATE_SUCCESSFUL" }] });
  const status = await gather(emulator);
  expect(status.verdict).toBe("INCOMPLETE");
  expect(codesOf(status)).toEqual(["noMembers", "successfulOmitted"]);
});

test("the row of a former member is not a member, even if the answer was not filtered", async () => {
  const emulator = await emulate({
    packs: [{ name: "baseline", members: [row(1, "DELETE_SUCCESSFUL")], aggregate: "CREATE_SUCCESSFUL" }],
  });
  const wire = await between(emulator, ({ body, forward }) => {
    return forward(JSON.stringify({ ...(JSON.parse(body) as object), Filters: undefined }));
  });
  const status = await gather(wire);
  expect(status.verdict).toBe("INCOMPLETE");
  expect(codesOf(status)).toEqual(["noMembers", "successfulOmitted"]);
});

describe("an account that changes between two of the readings", () => {
  const healthy = [row(1, "CREATE_SUCCESSFUL")];
  const failed = [row(1, "CREATE_FAILED")];
  const inWork = [row(1, "CREATE_IN_PROGRESS")];

  test.each<[what: string, steps: Record<number, readonly EmulatedMember[]>]>([
    ["from failed to in progress after the first request", { 0: failed, 2: inWork }],
    ["from in progress to failed after the first request", { 0: inWork, 2: failed }],
    [
      "at each request of the first round",
      { 0: failed, 1: inWork, 2: failed, 3: inWork, 4: failed, 5: inWork, 6: failed },
    ],
    ["from a success to a failure in the first round", { 0: healthy, 4: failed }],
    ["from a success to a failure in the second round", { 0: healthy, 8: failed }],
    ["from a failure to a success in the second round", { 0: failed, 9: healthy }],
  ])("does not pass when it %s", async (_what, steps) => {
    const status = await gather(await changing(steps));
    expect(["FAILED", "IN_PROGRESS"]).toContain(status.verdict);
  });

  test("is caught by the second round, also where the aggregate lags behind", async () => {
    // The requests of a round have no order of their own, so the account is a failure, in progress or neither by turns.
    for (let after = 1; after <= 7; after += 1) {
      const emulator = await changing(
        { 0: failed, [after]: inWork },
        {
          packs: [{ name: "baseline", members: failed, aggregate: "CREATE_SUCCESSFUL" }],
        },
      );
      expect((await gather(emulator)).verdict).not.toBe("PASSED");
    }
  });

  test.each([
    ["CREATE_FAILED", "CREATE_SUCCESSFUL"],
    ["CREATE_SUCCESSFUL", "CREATE_FAILED"],
  ])("of the two aggregates, %s and then %s, the worse one counts", async (first, then) => {
    let requests = 0;
    const emulator: Emulator = await emulate({
      packs: [{ name: "baseline", members: 3, aggregate: first }],
      onRequest: () => {
        if ((requests += 1) === 10) emulator.setAggregate("baseline", then);
      },
    });
    expect(codesOf(await gather(emulator))).toEqual(["aggregateFailed", "successfulOmitted"]);
  });
});

test.each<[Partial<PackStatusArgs>, string]>([
  [{ expectedAccounts: "organization" }, "expectedAccounts"],
  [{ expectedAccounts: [account(1)] }, "expectedAccounts"],
  [{ accountIds: [account(1)] }, "accountIds"],
  [{ statuses: ["CREATE_FAILED"] }, "statuses"],
  [{ aggregate: false }, "aggregate"],
])("%j does not go with it", async (others, names) => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
  const error = await rejectionOf(gather(emulator, others));
  expect(error.name).toBe("InvalidArgumentsError");
  expect(error.message).toMatch(new RegExp(`^detail: "unsuccessful" .*${names}`));
  expect(emulator.requests).toEqual([]);
});

test("lookups that run at the same time share a client, and so their pace", async () => {
  const packs = Array.from({ length: 4 }, (_, index) => ({ name: `pack-${String(index)}`, members: 200 }));
  const emulator = await emulate({ packs, rateLimit: { perSecond: 20, burst: 4 } });
  const statuses = await Promise.all(
    packs.map(({ name }) => gatherPackStatus({ name }, { settings: settingsFor(emulator.endpoint) })),
  );
  expect(statuses.map(({ verdict, counts }) => [verdict, counts.total])).toEqual(packs.map(() => ["PASSED", 200]));
  // Twelve are needed. Alone, each of the four would run into the limit by itself.
  expect(emulator.requests.length).toBeLessThan(12 * 2);
});

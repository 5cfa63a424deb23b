import type { EmulatedMember, Emulator, FaultKind } from "../../../emulator";
import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import { isSettled } from "../../../core/gate/settled";
import type { PackStatus } from "../../../core/status/packStatus";
import type { PackStatusArgs } from "../../../core/status/packStatusArgs";
import type { Tolerance } from "../../../core/gate/tolerance";
import { waitForSettled, type Waiting } from "../../../core/lookup/waitForSettled";
import "../aws/awsEnvironment";
import { emulate, rejectionOf, settingsFor } from "../aws/emulate";
import { harm } from "../text/hostileText";
import { account } from "../../builders/members";
import "../aws/nodeErrors";

const rowsOperation = "GetOrganizationConformancePackDetailedStatus";
const unfinishedStatuses = [
  "CREATE_FAILED",
  "CREATE_IN_PROGRESS",
  "DELETE_FAILED",
  "DELETE_IN_PROGRESS",
  "UPDATE_FAILED",
  "UPDATE_IN_PROGRESS",
];

const member = (
  number: number,
  status = "CREATE_SUCCESSFUL",
  others: Partial<EmulatedMember> = {},
): EmulatedMember => ({
  accountId: account(number),
  status,
  ...others,
});

/** A pack with these members in each region. */
function emulateMembers(members: readonly EmulatedMember[], regions: readonly string[] = ["us-east-1"]) {
  return emulate({ packs: regions.map((region) => ({ name: "baseline", region, members })) });
}

/** What happens at which progress line, at the latest: by its number, from 0. */
type Script = Readonly<Record<number, (emulator: Emulator) => void>>;

interface Given {
  readonly args?: Partial<PackStatusArgs>;
  readonly tolerate?: Tolerance;
  readonly timeoutSeconds?: number;
  readonly pollSeconds?: number;
  readonly script?: Script;
}

interface Log {
  readonly lines: string[];
  readonly given: PackStatus[];
}

/** Waits as an update does: with what its check has looked up. */
async function wait(
  emulator: Emulator,
  { args = {}, pollSeconds = 0.02, script = {}, timeoutSeconds = 60, tolerate }: Given,
  { given, lines }: Log = { lines: [], given: [] },
): Promise<PackStatus> {
  const settings = settingsFor(emulator.endpoint, { retryMode: "standard" });
  const all: PackStatusArgs = { name: "baseline", maxAttempts: 1, ...args };
  const waiting: Waiting = {
    settings,
    tolerate,
    timeoutSeconds,
    pollSeconds,
    say: (line) => {
      script[lines.push(line) - 1]?.(emulator);
    },
    onStatus: (status) => given.push(status),
  };
  const status = await gatherPackStatus(all, { settings, tolerate });
  return waitForSettled(all, status, waiting);
}

const newLog = (): Log => ({ lines: [], given: [] });
const pack = ': pack "baseline"';
const textsOf = ({ lines }: Log) => lines.map((line) => line.replace(pack, ""));

/** What the requests for rows asked for: a status, or `all`. */
const filtersOf = ({ requests }: Emulator) =>
  requests
    .filter(({ operation }) => operation === rowsOperation)
    .map(({ input }) => (input.Filters as { Status?: string } | undefined)?.Status ?? "all");

test("a pack that is settled already is not asked again", async () => {
  const emulator = await emulateMembers([member(1), member(2, "CREATE_FAILED")]);
  const log = newLog();
  const status = await wait(emulator, {}, log);
  expect(status.verdict).toBe("FAILED");
  expect(filtersOf(emulator)).toEqual(["all"]);
  expect(log.given).toEqual([]);
});

test("a rollout is waited for, with only the unfinished rows read until it is over", async () => {
  const emulator = await emulate({
    packs: [{ name: "baseline", members: 6, failing: 1, rolloutMs: 400 }],
  });
  const log = newLog();
  const status = await wait(emulator, {}, log);
  expect(status).toMatchObject({ verdict: "FAILED", counts: { total: 6, successful: 5, failed: 1, inProgress: 0 } });

  const filters = filtersOf(emulator);
  expect([filters[0], filters.at(-1)]).toEqual(["all", "all"]);
  expect(filters.filter((filter) => filter === "all")).toHaveLength(2);
  const between = filters.slice(1, -1);
  expect([...new Set(between)].sort()).toEqual(unfinishedStatuses);
  expect(between.length % unfinishedStatuses.length).toBe(0);
  // The one full reading found it settled, and has all rows.
  expect(log.given).toEqual([status]);
  expect(log.given[0]?.members).toHaveLength(6);

  const texts = textsOf(log);
  expect(texts[0]).toMatch(/^\d of 6 accounts done, \d failed$/);
  expect(texts.at(-1)).toBe("6 of 6 accounts done, 1 failed");
  const done = texts.map((text) => Number(text.split(" ")[0]));
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect(new Set(texts).size).toBe(texts.length);
});

test("a line is logged when something has changed, with what is done, failed and stuck", async () => {
  const ago = (minutes: number) => ({ lastUpdateTime: new Date(Date.now() - minutes * 60_000) });
  const log = newLog();
  let looks = 0;
  let linesBefore = 0;
  const emulator = await emulate({
    packs: [{ name: "baseline", members: [1, 2, 3, 4].map((number) => member(number, "CREATE_IN_PROGRESS", ago(1))) }],
    // Nothing new for some looks, each of which ends with the aggregate; then one is done and one failed.
    onRequest: ({ operation }) => {
      if (operation !== "DescribeOrganizationConformancePackStatuses" || (looks += 1) !== 4) return;
      linesBefore = log.lines.length;
      emulator.setMembers("baseline", [
        member(1),
        member(2, "CREATE_FAILED"),
        member(3, "CREATE_IN_PROGRESS", ago(1)),
        member(4, "CREATE_IN_PROGRESS", ago(60)),
      ]);
    },
  });
  await wait(
    emulator,
    {
      args: { stuckAfterMinutes: 30 },
      script: {
        1: (it) => {
          it.setMembers("baseline", [member(1), member(2, "CREATE_FAILED"), member(3), member(4)]);
        },
      },
    },
    log,
  );
  expect(textsOf(log)).toEqual([
    "0 of 4 accounts done, 0 failed",
    "2 of 4 accounts done, 1 failed, 1 stuck",
    "4 of 4 accounts done, 1 failed",
  ]);
  expect(linesBefore).toBe(1);
  expect(looks).toBeGreaterThan(4);
  // What changes comes first: a display cuts a long line.
  for (const line of log.lines) expect(line.endsWith(pack)).toBe(true);
});

test("with several regions it is rows that are counted, and all regions are waited for", async () => {
  const regions = ["us-east-1", "eu-west-1"];
  const emulator = await emulateMembers([member(1), member(2, "UPDATE_IN_PROGRESS")], regions);
  const log = newLog();
  const status = await wait(
    emulator,
    {
      args: { regions },
      script: {
        0: (it) => {
          it.setMembers("baseline", [member(1), member(2)], "us-east-1");
        },
        1: (it) => {
          it.setMembers("baseline", [member(1), member(2)], "eu-west-1");
        },
      },
    },
    log,
  );
  expect(status).toMatchObject({ verdict: "PASSED", counts: { total: 4 } });
  expect(textsOf(log)).toEqual([
    "2 of 4 rows done, 0 failed",
    "3 of 4 rows done, 0 failed",
    "4 of 4 rows done, 0 failed",
  ]);
});

test.each<[what: string, expectedAccounts: readonly string[] | "organization"]>([
  ["of a list", [account(1), account(2), account(3)]],
  ["of the organization", "organization"],
])("an expected account %s that has no row yet keeps it waiting", async (_what, expectedAccounts) => {
  const emulator = await emulateMembers([member(1), member(3, "DELETE_SUCCESSFUL")]);
  emulator.setOrganization({ accounts: [1, 2, 3].map((number) => ({ id: account(number) })) });
  const log = newLog();
  const status = await wait(
    emulator,
    {
      args: { expectedAccounts },
      script: {
        0: (it) => {
          it.setMembers("baseline", [member(1), member(2, "CREATE_IN_PROGRESS"), member(3, "DELETE_SUCCESSFUL")]);
          // The one gets done, the other comes back.
          setTimeout(() => {
            it.setMembers("baseline", [member(1), member(2), member(3, "CREATE_IN_PROGRESS")]);
          }, 200);
          setTimeout(() => {
            it.setMembers(
              "baseline",
              [1, 2, 3].map((number) => member(number)),
            );
          }, 400);
        },
      },
    },
    log,
  );
  expect(status).toMatchObject({ verdict: "PASSED", missing: [], counts: { total: 3 } });
  // The unfinished rows show who has come since the last full reading, so that no one counts twice.
  expect(textsOf(log)).toEqual(["1 of 3 accounts done, 0 failed", "3 of 3 accounts done, 0 failed"]);
});

test.each(["UPDATE_IN_PROGRESS", "CREATE_FAILED"])(
  "an aggregate that is %s over healthy rows keeps it waiting",
  async (aggregate) => {
    const emulator = await emulateMembers([member(1)]);
    emulator.setAggregate("baseline", aggregate);
    const healing = setInterval(() => {
      if (emulator.requests.length > 9) emulator.setAggregate("baseline", "UPDATE_SUCCESSFUL");
    }, 10);
    const log = newLog();
    const { verdict } = await wait(emulator, {}, log).finally(() => {
      clearInterval(healing);
    });
    expect(verdict).toBe("PASSED");
    expect(textsOf(log)).toEqual(["1 of 1 account done, 0 failed"]);
  },
);

test("an aggregate that lags does not make all rows be read again each time", async () => {
  const emulator = await emulateMembers([member(1)]);
  emulator.setAggregate("baseline", "UPDATE_IN_PROGRESS");
  setTimeout(() => {
    emulator.setAggregate("baseline", "UPDATE_SUCCESSFUL");
  }, 300);
  await wait(emulator, {});
  expect(filtersOf(emulator).filter((filter) => filter === "all")).toHaveLength(2);
});

test.each<{ what: string; members: EmulatedMember[]; args?: Partial<PackStatusArgs>; number: number }>([
  {
    what: "in progress",
    members: [member(1), member(2, "CREATE_IN_PROGRESS"), member(3, "CREATE_IN_PROGRESS")],
    number: 2,
  },
  {
    what: "missing",
    members: [member(1), member(3, "CREATE_IN_PROGRESS")],
    args: { expectedAccounts: [1, 2, 3].map(account) },
    number: 2,
  },
])("an excepted account that is $what is not waited for", async ({ args = {}, members, number }) => {
  const emulator = await emulateMembers(members);
  const tolerate = { accounts: [{ accountId: account(number), reason: "Legacy." }] };
  const log = newLog();
  const status = await wait(
    emulator,
    {
      args,
      tolerate,
      script: {
        0: (it) => {
          it.setMembers(
            "baseline",
            members.map((one) => (one.accountId === account(3) ? member(3) : one)),
          );
        },
      },
    },
    log,
  );
  expect(isSettled(status)).toBe(false);
  expect(isSettled(status, tolerate)).toBe(true);
  expect(status.members.find(({ accountId }) => accountId === account(3))?.status).toBe("CREATE_SUCCESSFUL");
});

test("rows in progress that a gate may accept are waited for all the same", async () => {
  const emulator = await emulateMembers([member(1, "CREATE_IN_PROGRESS")]);
  const script: Script = {
    0: (it) => {
      it.setMembers("baseline", [member(1)]);
    },
  };
  expect((await wait(emulator, { tolerate: { inProgress: "allow" }, script })).verdict).toBe("PASSED");
});

test("a region without the pack, where that is tolerated, does not end the wait for the others", async () => {
  const emulator = await emulateMembers([member(1, "CREATE_IN_PROGRESS")]);
  const status = await wait(emulator, {
    args: { regions: ["us-east-1", "eu-west-1"] },
    tolerate: { noSuchPack: "allow" },
    script: {
      0: (it) => {
        it.setMembers("baseline", [member(1)]);
      },
    },
  });
  expect(status.counts).toMatchObject({ total: 1, successful: 1 });
  expect(status.reasons.map(({ code }) => code)).toEqual(["noSuchPack"]);
});

test.each<FaultKind>([
  "throttling",
  "resetConnection",
  "serverError",
  "htmlBody",
  "truncatedBody",
  "slowResponse",
  "missingField",
])("%s in one lookup is logged, and does not end the wait", async (kind) => {
  const emulator = await emulateMembers([member(1, "CREATE_IN_PROGRESS")]);
  const log = newLog();
  const status = await wait(
    emulator,
    {
      args: { requestTimeoutSeconds: 0.5 },
      script: {
        0: (it) => {
          it.injectFault({ kind, delayMs: 2_000 });
        },
        1: (it) => {
          it.clearFaults();
          it.setMembers("baseline", [member(1)]);
        },
      },
    },
    log,
  );
  expect(status.verdict).toBe("PASSED");
  expect(textsOf(log)).toEqual([
    "0 of 1 account done, 0 failed",
    expect.stringMatching(/^Trying again: .*baseline.*us-east-1.*\.$/),
    "1 of 1 account done, 0 failed",
  ]);
  for (const line of log.lines) expect(line).not.toMatch(harm);
});

test.each<[kind: FaultKind, name: string]>([
  ["accessDenied", "AccessDeniedError"],
  ["expiredToken", "CredentialsError"],
])("%s in a lookup ends the wait, since waiting does not help", async (kind, name) => {
  const emulator = await emulateMembers([member(1, "CREATE_IN_PROGRESS")]);
  const script: Script = {
    0: (it) => {
      it.injectFault({ kind, operation: rowsOperation });
    },
  };
  const error = await rejectionOf(wait(emulator, { script }));
  expect(error).toMatchObject({ name, packName: "baseline", region: "us-east-1" });
});

const inWork = (count: number): EmulatedMember[] =>
  Array.from({ length: count }, (_, index) => member(index + 1, "CREATE_IN_PROGRESS"));

test("a token that comes twice is logged, and does not end the wait", async () => {
  const emulator = await emulateMembers(inWork(3));
  const log = newLog();
  const script: Script = {
    0: (it) => {
      it.injectFault({ kind: "repeatedNextToken", operation: rowsOperation });
    },
    1: (it) => {
      it.clearFaults();
      it.setMembers("baseline", [member(1), member(2), member(3)]);
    },
  };
  expect(await wait(emulator, { args: { pageSize: 1 }, script }, log)).toMatchObject({ verdict: "PASSED" });
  expect(log.lines[1]).toMatch(/^Trying again: /);
});

test("more pages than maxPages end the wait, since waiting does not help", async () => {
  const emulator = await emulateMembers(inWork(3));
  const script: Script = {
    0: (it) => {
      it.setMembers("baseline", inWork(5));
    },
  };
  const error = await rejectionOf(wait(emulator, { args: { pageSize: 1, maxPages: 3 }, script }));
  expect(error).toMatchObject({ name: "PaginationError", problem: "tooManyPages" });
});

test("the looks in between are made with the role and the page size of the arguments", async () => {
  const emulator = await emulateMembers([member(1, "CREATE_IN_PROGRESS")]);
  const assumeRole = { roleArn: "arn:aws:iam::111111111111:role/auditor", sessionName: "wait" };
  const script: Script = {
    0: (it) => {
      setTimeout(() => {
        it.setMembers("baseline", [member(1)]);
      }, 200);
    },
  };
  await wait(emulator, { args: { assumeRole, pageSize: 7 }, script });
  const looks = emulator.requests.filter(({ input, operation }) => operation === rowsOperation && input.Filters);
  expect(looks.length).toBeGreaterThan(6);
  expect(new Set(looks.map(({ input, principal }) => `${String(input.Limit)} ${principal}`))).toEqual(
    new Set(["7 arn:aws:sts::111111111111:assumed-role/auditor/wait"]),
  );
});

test("an account that has left the organization is no longer waited for", async () => {
  const emulator = await emulateMembers([member(1)]);
  const organization = (...numbers: readonly number[]) => ({
    accounts: numbers.map((number) => ({ id: account(number) })),
  });
  emulator.setOrganization(organization(1, 2));
  const script: Script = {
    0: (it) => {
      it.setOrganization(organization(1));
    },
  };
  const status = await wait(emulator, { args: { expectedAccounts: "organization" }, script });
  expect(status).toMatchObject({ verdict: "PASSED", missing: [] });
});

test("an abort ends a long pause at once, with its reason", async () => {
  const { endpoint } = await emulateMembers([member(1, "CREATE_IN_PROGRESS")]);
  const settings = settingsFor(endpoint);
  const args = { name: "baseline" };
  const status = await gatherPackStatus(args, { settings });
  const controller = new AbortController();
  const waiting = waitForSettled(args, status, {
    settings,
    pollSeconds: 600,
    timeoutSeconds: 1_200,
    onStatus: () => undefined,
    signal: controller.signal,
  });
  const reason = new Error("The run was cancelled.");
  setTimeout(() => {
    controller.abort(reason);
  }, 50);
  expect((await rejectionOf(waiting)).cause).toBe(reason);
});

describe("a region that is silent when all rows are read, after the others have settled", () => {
  const regions = ["us-east-1", "eu-west-1"];
  /** The reading of all rows comes after one for each status that is unfinished or failed. */
  const silence = (times?: number): Script => ({
    0: (it) => {
      for (const region of regions) it.setMembers("baseline", [member(1)], region);
      const after = unfinishedStatuses.length;
      it.injectFault({
        kind: "serverError",
        operation: rowsOperation,
        region: "eu-west-1",
        after,
        ...(times && { times }),
      });
    },
  });

  test("is asked again, and then all have settled", async () => {
    const emulator = await emulateMembers([member(1, "CREATE_IN_PROGRESS")], regions);
    const log = newLog();
    const status = await wait(emulator, { args: { regions }, script: silence(1) }, log);
    expect(status).toMatchObject({ verdict: "PASSED", counts: { total: 2 } });
    expect(textsOf(log)).toContainEqual(expect.stringMatching(/^Trying again: .*eu-west-1/));
  });

  test("is not taken for settled when the time is over", async () => {
    const emulator = await emulateMembers([member(1, "CREATE_IN_PROGRESS")], regions);
    const error = await rejectionOf(wait(emulator, { args: { regions }, timeoutSeconds: 0.5, script: silence() }));
    expect(error.name).toBe("NotSettledError");
  });
});

test("when the time is over, the error says who is not done, since when, and what was waited for", async () => {
  const since = new Date("2026-01-02T03:04:05.678Z");
  const emulator = await emulateMembers([
    member(1),
    member(2, "CREATE_IN_PROGRESS", { lastUpdateTime: since }),
    member(3, "CREATE_IN_PROGRESS"),
    member(4, "CREATE_FAILED", { errorCode: "SomethingNew", errorMessage: "Why.\n::error::x" }),
    member(5, "CREATE_IN_PROGRESS"),
  ]);
  const log = newLog();
  const error = await rejectionOf(
    wait(
      emulator,
      {
        timeoutSeconds: 0.3,
        args: { expectedAccounts: [1, 2, 3, 4, 9].map(account) },
        tolerate: { accounts: [{ accountId: account(5), reason: "Legacy." }] },
      },
      log,
    ),
  );
  expect(error).toMatchObject({ name: "NotSettledError", packName: "baseline", region: "us-east-1" });
  const lines = error.message.split("\n");
  expect(lines[0]).toBe('Pack "baseline" in us-east-1 has not settled within 0.3 seconds.');
  expect(error.message).toContain(
    `  In progress (CREATE_IN_PROGRESS), 2 accounts, since 2026-01-02 03:04 UTC: ${account(2)}, ${account(3)}\n`,
  );
  expect(error.message).toContain("SomethingNew (CREATE_FAILED), 1 account");
  expect(error.message).toContain(`  Missing, without a row, 1 account: ${account(9)}\n`);
  expect(lines.at(-1)).toContain("raise waitForSettled.timeoutSeconds");
  expect(error.message).not.toContain(account(5));
  for (const line of lines) expect(line).not.toMatch(harm);
  // The last look was at all rows, so that what is saved is how it stands.
  expect(filtersOf(emulator).at(-1)).toBe("all");
  expect(log.given.at(-1)?.members).toHaveLength(5);
});

test("the error reports the last known status when the time is over while AWS can't be read", async () => {
  const emulator = await emulateMembers([member(1, "CREATE_IN_PROGRESS")]);
  const log = newLog();
  const script: Script = {
    0: (it) => {
      it.injectFault({ kind: "throttling" });
    },
  };
  const error = await rejectionOf(wait(emulator, { timeoutSeconds: 0.3, script }, log));
  expect(error.name).toBe("NotSettledError");
  expect(error.message).toContain(account(1));
  expect(log.given).toEqual([]);
});

test("the report says that it is old where the last lookup is cut short", async () => {
  const emulator = await emulateMembers([member(1, "CREATE_IN_PROGRESS")]);
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  // The last look may take half a minute.
  const short = jest.spyOn(AbortSignal, "timeout").mockImplementation((ms) => timeout(Math.min(ms, 300)));
  const script: Script = {
    0: (it) => {
      it.injectFault({ kind: "slowResponse", delayMs: 5_000 });
    },
  };
  const error = await rejectionOf(wait(emulator, { timeoutSeconds: 0.2, script }));
  short.mockRestore();
  expect(error).toMatchObject({ name: "NotSettledError", cause: { name: "TimeoutError" } });
  expect(error.message).toContain("\nThese rows are old: AWS could not be read at the end of the wait.\n");
});

test("of several regions all are named, and the message is the report and the next step", async () => {
  const regions = ["us-east-1", "eu-west-1"];
  const emulator = await emulateMembers([member(1, "CREATE_IN_PROGRESS")], regions);
  const error = await rejectionOf(wait(emulator, { args: { regions }, timeoutSeconds: 0.2 }));
  expect(error).toMatchObject({ name: "NotSettledError", region: "us-east-1, eu-west-1" });
  expect(error.message.split("\n").map((line) => line.replace(/ since .* UTC/, ""))).toEqual([
    'Pack "baseline" in us-east-1, eu-west-1 has not settled within 0.2 seconds.',
    'Organization conformance pack "baseline" in us-east-1, eu-west-1: 1 of 1 account is in progress, in 2 of 2 regions.',
    `  In progress (CREATE_IN_PROGRESS), 1 account in eu-west-1, us-east-1,: ${account(1)}`,
    "    Next: wait until AWS is done, then run the command again.",
    expect.stringMatching(/^Next: .*waitForSettled\.timeoutSeconds/),
  ]);
});

test("between two lookups it pauses for about pollSeconds, but not beyond its time", async () => {
  const emulator = await emulateMembers([member(1, "CREATE_IN_PROGRESS")]);
  const began = performance.now();
  const script: Script = {
    0: (it) => {
      it.setMembers("baseline", [member(1)]);
    },
  };
  await wait(emulator, { pollSeconds: 1, script });
  // Give or take a fifth.
  expect(performance.now() - began).toBeGreaterThan(700);

  emulator.setMembers("baseline", [member(1, "CREATE_IN_PROGRESS")]);
  const again = performance.now();
  expect((await rejectionOf(wait(emulator, { pollSeconds: 600, timeoutSeconds: 0.3 }))).name).toBe("NotSettledError");
  expect(performance.now() - again).toBeLessThan(60_000);
});

test("the clock of the machine may be set while a wait goes on", async () => {
  const emulator = await emulateMembers([member(1, "CREATE_IN_PROGRESS")]);
  const now = Date.now.bind(Date);
  const back = jest.spyOn(Date, "now").mockImplementation(() => now());
  const script: Script = {
    0: () => {
      back.mockImplementation(() => now() - 60_000);
    },
  };
  const started = performance.now();
  const error = await rejectionOf(wait(emulator, { timeoutSeconds: 0.3, script }));
  back.mockRestore();
  expect(error.name).toBe("NotSettledError");
  expect(performance.now() - started).toBeLessThan(30_000);
});

test("a pack that settles at the last moment is settled", async () => {
  const emulator = await emulateMembers([member(1, "CREATE_IN_PROGRESS")]);
  const script: Script = {
    0: (it) => {
      it.setMembers("baseline", [member(1)]);
    },
  };
  // The first pause lasts until the end.
  expect((await wait(emulator, { timeoutSeconds: 0.001, script })).verdict).toBe("PASSED");
});

test("only the accounts that are asked for are waited for", async () => {
  const emulator = await emulateMembers([member(1, "CREATE_IN_PROGRESS"), member(2, "CREATE_IN_PROGRESS"), member(3)]);
  const log = newLog();
  const status = await wait(
    emulator,
    {
      args: { accountIds: [account(1), account(3)], aggregate: false },
      script: {
        0: (it) => {
          it.setMembers("baseline", [member(1), member(2, "CREATE_IN_PROGRESS"), member(3)]);
        },
      },
    },
    log,
  );
  expect(status.verdict).toBe("PASSED");
  expect(textsOf(log)).toEqual(["1 of 2 accounts done, 0 failed", "2 of 2 accounts done, 0 failed"]);
});

test("owners are read at full looks alone, and those that can't be read hold nothing up", async () => {
  const emulator = await emulateMembers([member(1, "CREATE_IN_PROGRESS"), member(2, "CREATE_FAILED")]);
  emulator.injectFault({ kind: "throttling", operation: "ListTagsForResource" });
  const status = await wait(emulator, {
    args: { ownerTag: "owner" },
    script: {
      0: (it) => {
        setTimeout(() => {
          it.setMembers("baseline", [member(1), member(2, "CREATE_FAILED")]);
        }, 200);
      },
    },
  });
  expect(status).toMatchObject({ verdict: "FAILED", accountOwners: { owners: [] } });
  expect(status.accountOwners?.warning).toContain("The owner of 1 account could not be read");
  expect(filtersOf(emulator).length).toBeGreaterThan(8);
  // Each of the two full looks tried once or twice: the first failure ends a reading.
  const tried = emulator.requests.filter(({ operation }) => operation === "ListTagsForResource");
  expect(tried.length).toBeLessThanOrEqual(3);
});

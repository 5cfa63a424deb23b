import {
  AccessDeniedError,
  CredentialsError,
  InvalidArgumentsError,
  NotSettledError,
  type OrgConformanceError,
  ThrottledError,
} from "../../../core/errors";
import { worstExitCode } from "../../../core/statusFile/exitCodes";
import { failedLookupFileOf, statusFileOf } from "../../../core/statusFile/makeStatusFile";
import { except } from "../../builders/exceptions";
import { account, all, failing, row, rows } from "../../builders/members";
import { expecting, inRegions, statusOf, withoutAnswer } from "../../builders/packStatus";
import { situations } from "../../builders/situations";
import { fileOf, lookup } from "../../builders/statusFile";
import type { FoundStatus } from "../../../core/statusFile/statusFile";
import { after, before, newRow, stuckAfter, stuckRow, updating } from "../gate/cases";

test("a status file says the verdict, the decision and the exit code, and who looked", () => {
  const file = fileOf(statusOf(failing(3, 250)), { run: { project: "gate", preview: true } });
  expect(file).toMatchObject({
    kind: "OrganizationConformancePackStatus",
    schemaVersion: 1,
    lookedUpAt: "2026-03-15T12:00:00.000Z",
    by: "gate",
    run: { project: "gate", preview: true },
    name: "baseline",
    regions: ["us-east-1"],
    verdict: "FAILED",
    decision: { verdict: "FAILED" },
    exitCode: 10,
    counts: { accounts: { total: 250, failed: 3, successful: 247 }, rows: { total: 250, failed: 3 } },
  });
  expect(file.causes.map(({ accounts }) => accounts.length)).toEqual([3]);
  expect(file.members).toHaveLength(250);
});

test("an excepted account is marked with the exception, and is no longer among the causes", () => {
  const status = statusOf(failing(2, 10));
  const file = fileOf(status, { tolerate: { accounts: [except(1, { reason: "GOV-142", expires: "2027-03-31" })] } });
  expect(file).toMatchObject({ verdict: "FAILED", decision: { verdict: "FAILED" }, exitCode: 10 });
  expect(file.members.filter(({ tolerated }) => tolerated)).toEqual([
    expect.objectContaining({
      accountId: account(1),
      tolerated: { by: "account", reason: "GOV-142", expires: "2027-03-31" },
    }),
  ]);
  expect(file.causes.flatMap(({ accounts }) => accounts.map(({ accountId }) => accountId))).toEqual([account(2)]);
  expect(file.counts.accounts).toMatchObject({ failed: 2, tolerated: 1 });
});

test.each([
  ["in the one region where it is in trouble", ["CREATE_SUCCESSFUL", "CREATE_FAILED"], ["eu-west-1"], 1],
  ["in one of two such regions", ["CREATE_FAILED", "CREATE_FAILED"], ["eu-west-1"], 0],
  ["in both", ["CREATE_FAILED", "CREATE_FAILED"], ["us-east-1", "eu-west-1"], 1],
  ["where it is well", ["DELETE_SUCCESSFUL", "CREATE_FAILED"], ["us-east-1"], 0],
])("an account that is excepted %s counts as tolerated only if all its trouble is", (_where, words, regions, count) => {
  const members = words.map((status, index) => row({ region: ["us-east-1", "eu-west-1"][index] ?? "", status }));
  const status = statusOf(members, { regions: inRegions("us-east-1", "eu-west-1") });
  const { counts } = fileOf(status, { tolerate: { accounts: [except(1, { regions })] } });
  expect(counts.accounts).toMatchObject({ total: 1, failed: 1, tolerated: count });
});

test.each([
  {
    what: "an exception that expired covers nothing",
    status: statusOf(failing(1, 5)),
    tolerate: { accounts: [except(1, { expires: "2026-03-14" })] },
    marks: [],
    exitCode: 10,
  },
  {
    what: "a limit covers the failures within it",
    status: statusOf(failing(2, 5)),
    tolerate: { maxFailedAccounts: 2 },
    marks: ["limit", "limit"],
    exitCode: 0,
  },
  {
    what: "a limit that is exceeded covers nothing",
    status: statusOf(failing(3, 5)),
    tolerate: { maxFailedAccounts: 2 },
    marks: [],
    exitCode: 10,
  },
  {
    what: "inProgress covers a rollout, but no stuck row",
    status: statusOf([newRow(1), stuckRow(2)], stuckAfter),
    tolerate: { inProgress: "warn" as const },
    marks: ["inProgress"],
    exitCode: 11,
  },
  {
    what: "a failure that is not updated yet is not covered by inProgress",
    status: updating(["UPDATE_IN_PROGRESS", after], ["CREATE_FAILED", before], ["CREATE_SUCCESSFUL", before]),
    tolerate: { inProgress: "allow" as const },
    marks: ["inProgress", "inProgress"],
    exitCode: 10,
  },
  {
    what: "an exception covers a missing account",
    status: statusOf(rows("CREATE_SUCCESSFUL"), { regions: expecting(1, 2) }),
    tolerate: { accounts: [except(2)] },
    marks: ["account"],
    exitCode: 0,
  },
  {
    what: "an exception for one region leaves the other",
    status: statusOf([...failing(1), ...all(failing(1), { region: "eu-west-1" })], {
      regions: inRegions("us-east-1", "eu-west-1"),
    }),
    tolerate: { accounts: [except(1, { regions: ["eu-west-1"] })] },
    marks: ["account"],
    exitCode: 10,
  },
  {
    what: "nothing covers a region that did not answer",
    status: statusOf(rows("CREATE_SUCCESSFUL"), { regions: withoutAnswer("regionUnanswered") }),
    tolerate: { inProgress: "allow" as const, noSuchPack: "allow" as const },
    marks: [],
    exitCode: 12,
  },
])("$what", ({ exitCode, marks, status, tolerate }) => {
  const file = fileOf(status, { tolerate });
  const marked = [...file.members, ...file.missing].flatMap(({ tolerated }) => tolerated?.by ?? []);
  expect(marked).toEqual(marks);
  expect(file.exitCode).toBe(exitCode);
});

test("an account counts once, by its worst row in any region", () => {
  const status = statusOf(
    [
      ...rows("CREATE_SUCCESSFUL", "CREATE_FAILED", "CREATE_IN_PROGRESS", "CREATE_PAUSED", "DELETE_SUCCESSFUL"),
      stuckRow(6),
      ...all(rows("CREATE_FAILED", "CREATE_SUCCESSFUL", "CREATE_SUCCESSFUL"), { region: "eu-west-1" }),
      row({ accountId: account(7) }),
    ],
    { ...stuckAfter, regions: [...inRegions("us-east-1"), { ...expecting(1, 2, 3, 8)[0], region: "eu-west-1" }] },
  );
  expect(fileOf(status).counts.accounts).toEqual({
    total: 7,
    successful: 1,
    failed: 2,
    inProgress: 2,
    // The row without a time is stuck too.
    stuck: 2,
    missing: 1,
    unrecognized: 1,
    tolerated: 0,
  });
});

test("an account that is excepted in one of two regions is not tolerated", () => {
  const status = statusOf([...failing(1), ...all(failing(1), { region: "eu-west-1" })], {
    regions: inRegions("us-east-1", "eu-west-1"),
  });
  const counted = (regions?: string[]): number =>
    fileOf(status, { tolerate: { accounts: [except(1, regions && { regions })] } }).counts.accounts.tolerated;
  expect([counted(["eu-west-1"]), counted()]).toEqual([0, 1]);
});

test("the file of a wait in vain tolerates nothing that is in progress, and has an exit code of its own", () => {
  const status = statusOf(rows("CREATE_IN_PROGRESS", "CREATE_SUCCESSFUL"));
  const waiting = lookup({ by: "wait", tolerate: { inProgress: "allow" } });
  expect(statusFileOf(status, waiting)).toMatchObject({ decision: { verdict: "PASSED" }, exitCode: 0 });
  expect(statusFileOf(status, waiting, true)).toMatchObject({ decision: { verdict: "IN_PROGRESS" }, exitCode: 9 });
});

const context = { packName: "baseline", region: "eu-west-1", requestId: "r-1" };

test.each<[OrgConformanceError, number]>([
  [new InvalidArgumentsError([{ property: "name", reason: "It is empty." }]), 2],
  [new AccessDeniedError({ ...context, action: "config:Get" }), 3],
  [new CredentialsError({ ...context, problem: "expired" }), 3],
  [new ThrottledError(context), 4],
  [new NotSettledError({ ...context, report: "", timeoutSeconds: 5 }), 9],
])("a lookup that failed is a file with the error and its exit code: %#", (error, exitCode) => {
  const file = failedLookupFileOf(error, lookup({ args: { name: "baseline", regions: ["eu-west-1"] } }));
  expect(file).toMatchObject({
    name: "baseline",
    regions: ["eu-west-1"],
    verdict: null,
    exitCode,
    error: { class: error.name, message: error.message, nextStep: error.nextStep },
  });
});

test("a preview whose update waits is not blocked by what it waits for; the update is", () => {
  const status = statusOf(rows("CREATE_IN_PROGRESS", "CREATE_FAILED", "CREATE_SUCCESSFUL"));
  const file = fileOf(status, { isAwaited: true, run: { preview: true } });
  expect(file).toMatchObject({
    verdict: "FAILED",
    decision: { verdict: "PASSED", reasons: [] },
    causes: [],
    exitCode: 0,
  });
  expect(file.members.map(({ tolerated }) => tolerated?.by)).toEqual(["wait", "wait", undefined]);
  expect(file.decision.warnings.join(" ")).toContain("the update waits for it and judges it then");
  for (const run of [{ preview: false }, {}, undefined]) {
    // Where it is not known whether it is a preview, it may be an update that is killed before its wait ends.
    expect(fileOf(status, { isAwaited: true, run })).toMatchObject({ exitCode: 10 });
  }
});

test("of several exit codes, an error comes before a verdict", () => {
  expect(worstExitCode([])).toBe(0);
  expect(worstExitCode([0, 0])).toBe(0);
  expect(worstExitCode([10, 4, 0])).toBe(4);
  expect(worstExitCode([12, 11, 10])).toBe(10);
  expect(worstExitCode([3, 2])).toBe(2);
});

test("an account that an exception for its organizational unit covers is marked with it", () => {
  const { exceptedUnit } = situations;
  expect(exceptedUnit).toMatchObject({ expected: "organizationalUnits", exitCode: 10 });
  const { causes, members } = exceptedUnit as FoundStatus;
  const covered = { by: "organizationalUnit", reason: "GOV-150", expires: "2026-12-31" };
  expect(
    members.filter(({ tolerated }) => tolerated).map(({ accountId, tolerated }) => [accountId, tolerated]),
  ).toEqual([
    [account(125), covered],
    [account(125), covered],
    [account(208), covered],
  ]);
  expect(causes.map(({ accounts }) => accounts)).toEqual([
    [expect.objectContaining({ accountId: account(41), path: "Workloads" })],
  ]);
});

test("a region that break glass lets pass is in the file with its error, and in a warning", () => {
  expect(situations.outageTolerated).toMatchObject({
    verdict: "INCOMPLETE",
    decision: { verdict: "PASSED", warnings: [expect.stringContaining("Nothing is known of its accounts.")] },
    exitCode: 0,
  });
  const { regionStatuses } = situations.outageTolerated as FoundStatus;
  expect(regionStatuses.find(({ region }) => region === "eu-west-1")).toMatchObject({ isOutage: true });
});

import fc from "fast-check";
import { organizationResourceDetailedStatuses } from "../../../core/status/detailedStatus";
import type { FoundStatus, StatusFile } from "../../../core/statusFile/statusFile";
import { packedTimes, unpackTimes } from "../../../report/html/packedTimes";
import { packRows } from "../../../report/html/packRows";
import type { PageData } from "../../../report/html/pageData";
import { unpackStatus } from "../../../report/html/unpackRows";
import { situations } from "../../builders/situations";
import { accountId, organizationFile, sixRegions, troubles } from "../../builders/organization";
import { manyFailed, reportStates } from "../../builders/reportStates";

/** The status file that the page's script has: it went through the page as JSON. */
function unpacked(file: FoundStatus): unknown {
  return JSON.parse(JSON.stringify(unpackStatus(JSON.parse(JSON.stringify(packRows(file).data)) as PageData)));
}

function asJson(file: StatusFile): unknown {
  return JSON.parse(JSON.stringify(file));
}

describe("the status file that the page saves", () => {
  const small = Object.entries(reportStates).filter(([name]) => name !== "manyFailed");

  test.each(small)("is the one that the page was made from: %s", (_state, files) => {
    for (const file of files()) {
      if (file.verdict !== null) expect(unpacked(file)).toEqual(asJson(file));
    }
  });

  test.each(["owned", "exceptedUnit"] as const)("has what is known of accounts beside their rows: %s", (name) => {
    const file = situations[name];
    if (file?.verdict === undefined || file.verdict === null) throw new Error("The situation is gone.");
    expect(unpacked(file)).toEqual(asJson(file));
  });

  test("is the same for any rows, exceptions and silent regions", () => {
    const row = fc.option(
      fc.record({
        status: fc.constantFrom(...organizationResourceDetailedStatuses, "CREATE_PENDING"),
        errorCode: fc.constantFrom(undefined, "A", "B"),
        errorMessage: fc.constantFrom(undefined, "<accountId> is denied.", "No recorder."),
        lastUpdateTime: fc.constantFrom(undefined, "2026-11-26T17:03:00.001Z", "2026-11-26T10:00:00Z"),
      }),
    );
    const property = fc.property(
      fc.array(row, { minLength: 12, maxLength: 12 }),
      fc.subarray(sixRegions.slice(0, 3), { maxLength: 2 }),
      fc.subarray([0, 1, 2, 3]),
      fc.constantFrom("allow" as const, "refuse" as const),
      (rows, silent, excepted, inProgress) => {
        const file = organizationFile({
          accounts: 4,
          regions: sixRegions.slice(0, 3),
          rowOf: (number, region) => {
            const found = rows[number * 3 + sixRegions.indexOf(region)];
            if (!found) return null;
            const { errorCode, errorMessage, lastUpdateTime, status } = found;
            return {
              status,
              ...(errorCode !== undefined && { errorCode }),
              ...(errorMessage !== undefined && { errorMessage }),
              ...(lastUpdateTime !== undefined && { lastUpdateTime }),
            };
          },
          silent,
          tolerate: {
            accounts: excepted.map((number) => ({ accountId: accountId(number), reason: "Legacy." })),
            inProgress,
            maxFailedAccounts: 1,
          },
        });
        expect(unpacked(file)).toEqual(asJson(file));
      },
    );
    fc.assert(property, { numRuns: 200 });
  });

  test("has every row of 170,000, the times of those that need a look, and says that it is not complete", () => {
    const file = manyFailed();
    const { data, isComplete } = packRows(file);
    const { members } = unpackStatus(data) as Pick<FoundStatus, "members">;
    const withoutTimes = (rows: readonly object[]): string =>
      JSON.stringify(rows, (key, value: unknown) => (key === "lastUpdateTime" ? undefined : value));
    expect(isComplete).toBe(false);
    expect(members).toHaveLength(170_000);
    expect(withoutTimes(members) === withoutTimes(file.members)).toBe(true);
    expect(
      members.filter((member) => member.status.endsWith("_FAILED") && member.lastUpdateTime === undefined),
    ).toEqual([]);
  });

  test("leaves out messages once they would take most of the page, and says so", () => {
    const file = organizationFile({
      rowOf: (number) => ({ ...troubles.denied, errorMessage: `${String(number)} ${"x".repeat(900)}` }),
    });
    const { data, isComplete } = packRows(file);
    expect(isComplete).toBe(false);
    expect(JSON.stringify(data).length).toBeLessThan(600_000);
  });
});

test.each([
  [["2026-11-26T17:03:53.412Z", undefined, "2020-01-01T00:00:00.000Z"]],
  [["2026-11-26T17:03:53.412Z", "2026-11-26T17:03:53.412Z"]],
  [["2026-11-26T17:03:53Z", "not, a time", "*"]],
  [[undefined, "2026-11-26T17:03:53.412Z"]],
])("times come back as they were: %j", (times) => {
  const epoch = Date.parse("2026-01-01T00:00:00Z");
  expect(unpackTimes(packedTimes(times, epoch), epoch, times.length)).toEqual(times);
});

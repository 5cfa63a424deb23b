import { isSettled, isSettledInAgreement } from "../../../core/gate/settled";
import type { Tolerance } from "../../../core/gate/tolerance";
import type { PackStatus } from "../../../core/status/packStatus";
import { reason } from "../../../core/status/reasons";
import { excepting } from "../../builders/exceptions";
import { account, all, row, rows } from "../../builders/members";
import { statusOf, withoutAnswer } from "../../builders/packStatus";

const newer = all(rows("UPDATE_SUCCESSFUL", "UPDATE_IN_PROGRESS"), { lastUpdateTime: "2026-01-02T00:00:00.000Z" });

/** `contradictory`: AWS is done, and its aggregate and its rows contradict each other. */
type Standing = "settled" | "contradictory" | "unsettled";

test.each<[standing: Standing, what: string, status: PackStatus, tolerate?: Tolerance]>([
  ["settled", "healthy rows", statusOf(rows("CREATE_SUCCESSFUL"))],
  ["settled", "healthy rows under a success", statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "CREATE_SUCCESSFUL" })],
  ["settled", "a failed row", statusOf(rows("CREATE_FAILED", "CREATE_SUCCESSFUL"))],
  ["settled", "a failed row under a failure", statusOf(rows("UPDATE_FAILED"), { aggregate: "UPDATE_FAILED" })],
  ["settled", "an unknown status", statusOf(rows("CREATE_PAUSED"))],
  ["settled", "an unknown aggregate", statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "CREATE_PAUSED" })],
  [
    "settled",
    "an unexpected row",
    statusOf(rows("CREATE_SUCCESSFUL", "CREATE_SUCCESSFUL"), { expected: [account(1)] }),
  ],
  [
    "settled",
    "remarks",
    statusOf(rows("CREATE_SUCCESSFUL"), {
      onlyAccounts: [account(1)],
      remarks: [reason("rowsChanged", { message: "Changed." })],
    }),
  ],
  [
    "settled",
    "a region without the pack",
    statusOf(rows("CREATE_SUCCESSFUL"), { regions: withoutAnswer("noSuchPack") }),
  ],
  ["unsettled", "an unfinished row", statusOf(rows("CREATE_IN_PROGRESS", "CREATE_SUCCESSFUL"))],
  ["unsettled", "a failed row and an unfinished one", statusOf(rows("CREATE_FAILED", "DELETE_IN_PROGRESS"))],
  [
    "unsettled",
    "an account that is missing",
    statusOf(rows("CREATE_SUCCESSFUL"), { expected: [account(1), account(2)] }),
  ],
  ["unsettled", "no row at all", statusOf([])],
  ["unsettled", "former members only", statusOf(rows("DELETE_SUCCESSFUL"))],
  [
    "settled",
    "a region that does not answer",
    statusOf(rows("CREATE_SUCCESSFUL"), { regions: withoutAnswer("regionUnanswered") }),
  ],
  ["unsettled", "an aggregate that lags", statusOf(rows("UPDATE_SUCCESSFUL"), { aggregate: "UPDATE_IN_PROGRESS" })],
  ["contradictory", "a failure that no row shows", statusOf(rows("UPDATE_SUCCESSFUL"), { aggregate: "UPDATE_FAILED" })],
  ["contradictory", "a success over a failed row", statusOf(rows("UPDATE_FAILED"), { aggregate: "UPDATE_SUCCESSFUL" })],
  ["settled", "a deleted pack", statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "DELETE_SUCCESSFUL" })],
  ["settled", "an unfinished row, excepted", statusOf(rows("CREATE_IN_PROGRESS", "CREATE_SUCCESSFUL")), excepting(1)],
  [
    "unsettled",
    "an unfinished row, another excepted",
    statusOf(rows("CREATE_IN_PROGRESS", "CREATE_SUCCESSFUL")),
    excepting(2),
  ],
  [
    "settled",
    "a missing account, excepted",
    statusOf(rows("CREATE_SUCCESSFUL"), { expected: [account(1), account(2)] }),
    excepting(2),
  ],
  [
    "settled",
    "an excepted row that keeps the aggregate in progress",
    statusOf(newer, {
      regions: [
        {
          region: "us-east-1",
          aggregate: { status: "UPDATE_IN_PROGRESS", lastUpdateTime: "2026-01-01T00:00:00.000Z" },
        },
      ],
    }),
    excepting(2),
  ],
  [
    "unsettled",
    "an excepted row beside outdated ones",
    statusOf(newer, {
      regions: [
        {
          region: "us-east-1",
          aggregate: { status: "UPDATE_IN_PROGRESS", lastUpdateTime: "2026-01-03T00:00:00.000Z" },
        },
      ],
    }),
    excepting(2),
  ],
  // A gate may open for it, but a wait waits for it.
  ["unsettled", "what may be in progress", statusOf(rows("CREATE_IN_PROGRESS")), { inProgress: "allow" }],
  [
    "unsettled",
    "an aggregate that may be",
    statusOf(rows("UPDATE_SUCCESSFUL"), { aggregate: "UPDATE_IN_PROGRESS" }),
    { inProgress: "warn" },
  ],
  [
    "settled",
    "failures within a limit, under a success",
    statusOf(rows("UPDATE_FAILED"), { aggregate: "UPDATE_SUCCESSFUL" }),
    { maxFailedAccounts: 1 },
  ],
  [
    "settled",
    "a contradiction in the region of an excepted row, beside a failure in another region",
    statusOf(
      [row({ status: "CREATE_FAILED" }), row({ accountId: account(2), region: "eu-west-1", status: "CREATE_FAILED" })],
      { regions: [{ region: "us-east-1", aggregate: { status: "CREATE_SUCCESSFUL" } }, { region: "eu-west-1" }] },
    ),
    excepting(1),
  ],
  [
    "settled",
    "a row in progress and one that is not updated yet, both excepted",
    statusOf(
      [
        row({ status: "CREATE_SUCCESSFUL", lastUpdateTime: "2026-01-01T00:00:00.000Z" }),
        row({ accountId: account(2), status: "UPDATE_IN_PROGRESS", lastUpdateTime: "2026-01-03T00:00:00.000Z" }),
        row({ accountId: account(3), status: "UPDATE_SUCCESSFUL", lastUpdateTime: "2026-01-03T00:00:00.000Z" }),
      ],
      {
        regions: [
          {
            region: "us-east-1",
            aggregate: { status: "UPDATE_IN_PROGRESS", lastUpdateTime: "2026-01-02T00:00:00.000Z" },
          },
        ],
      },
    ),
    excepting(1, 2),
  ],
  ["settled", "an unknown status under a success", statusOf(rows("CREATE_PAUSED"), { aggregate: "CREATE_SUCCESSFUL" })],
])("a pack is %s with %s", (standing, _what, status, tolerate = {}) => {
  expect(isSettled(status, tolerate)).toBe(standing !== "unsettled");
  expect(isSettledInAgreement(status, tolerate)).toBe(standing === "settled");
});

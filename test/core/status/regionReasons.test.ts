import type { MemberStatus } from "../../../core/status/memberStatus";
import type { Evidence } from "../../../core/status/evidence";
import { judge } from "../../../core/status/judge";
import type { ReasonCode } from "../../../core/status/reasons";
import type { Verdict } from "../../../core/status/verdict";
import { account, all, row, rows } from "../../builders/members";

const putAt = "2026-01-01T12:00:00.000Z";
const before = "2026-01-01T11:59:59.999Z";
const after = "2026-01-01T12:00:00.001Z";

/** Rows with these statuses, all changed at the same time. */
function rowsAt(lastUpdateTime: string, ...statuses: readonly string[]): MemberStatus[] {
  return all(rows(...statuses), { lastUpdateTime });
}

describe("AWS's status of the whole pack", () => {
  const only = { onlyAccounts: [account(1), account(2)] };
  const filtered = { onlyStatuses: ["CREATE_SUCCESSFUL", "UPDATE_IN_PROGRESS"] };

  type AggregateCase = [
    what: string,
    aggregate: string,
    members: readonly MemberStatus[],
    verdict: Verdict,
    codes: ReasonCode[],
    others?: Partial<Evidence>,
  ];

  test.each<AggregateCase>([
    ["successful over clean rows", "CREATE_SUCCESSFUL", rows("CREATE_SUCCESSFUL"), "PASSED", []],
    ["updated over rows of both", "UPDATE_SUCCESSFUL", rows("UPDATE_SUCCESSFUL", "CREATE_SUCCESSFUL"), "PASSED", []],
    [
      "successful beside a former member",
      "UPDATE_SUCCESSFUL",
      rows("UPDATE_SUCCESSFUL", "DELETE_SUCCESSFUL"),
      "PASSED",
      [],
    ],
    ["successful over no row", "CREATE_SUCCESSFUL", [], "INCOMPLETE", ["noMembers"]],
    [
      "successful over a failed row",
      "CREATE_SUCCESSFUL",
      rows("CREATE_FAILED"),
      "FAILED",
      ["membersFailed", "aggregateDisagrees"],
    ],
    [
      "successful over an unfinished row",
      "UPDATE_SUCCESSFUL",
      rows("UPDATE_SUCCESSFUL", "UPDATE_IN_PROGRESS"),
      "IN_PROGRESS",
      ["membersInProgress", "aggregateDisagrees"],
    ],
    ["successful over an unknown row", "CREATE_SUCCESSFUL", rows("CREATE_PAUSED"), "INCOMPLETE", ["statusUnknown"]],
    ["failed over clean rows", "CREATE_FAILED", rows("CREATE_SUCCESSFUL"), "FAILED", ["aggregateFailed"]],
    [
      "failed over an unfinished row",
      "UPDATE_FAILED",
      rows("UPDATE_IN_PROGRESS"),
      "FAILED",
      ["aggregateFailed", "membersInProgress"],
    ],
    ["failed over no row", "CREATE_FAILED", [], "FAILED", ["aggregateFailed", "noMembers"]],
    [
      "failed over a failed row",
      "CREATE_FAILED",
      rows("CREATE_SUCCESSFUL", "CREATE_FAILED"),
      "FAILED",
      ["membersFailed"],
    ],
    ["a failed deletion over clean rows", "DELETE_FAILED", rows("CREATE_SUCCESSFUL"), "FAILED", ["packDeleteFailed"]],
    [
      "a failed deletion over a failed row",
      "DELETE_FAILED",
      rows("CREATE_SUCCESSFUL", "DELETE_FAILED"),
      "FAILED",
      ["membersFailed", "packDeleteFailed"],
    ],
    [
      "a failed deletion, of some accounts that are clean",
      "DELETE_FAILED",
      rows("CREATE_SUCCESSFUL"),
      "FAILED",
      ["packDeleteFailed", "accountsFiltered"],
      only,
    ],
    [
      "a failed deletion, of those that are leaving alone",
      "DELETE_FAILED",
      rows("DELETE_FAILED", "DELETE_IN_PROGRESS"),
      "FAILED",
      ["membersFailed", "packDeleteFailed", "membersInProgress", "noMembers"],
    ],
    [
      "failed, of some accounts that are clean",
      "CREATE_FAILED",
      rows("CREATE_SUCCESSFUL"),
      "PASSED",
      ["accountsFiltered", "othersFailed"],
      only,
    ],
    [
      "failed, of some accounts of which one failed",
      "CREATE_FAILED",
      rows("CREATE_FAILED"),
      "FAILED",
      ["membersFailed", "accountsFiltered"],
      only,
    ],
    [
      "failed, of some statuses",
      "CREATE_FAILED",
      rows("CREATE_SUCCESSFUL"),
      "FAILED",
      ["aggregateFailed", "statusesFiltered"],
      filtered,
    ],
    [
      "in progress over finished, newer rows",
      "UPDATE_IN_PROGRESS",
      rowsAt(after, "UPDATE_SUCCESSFUL"),
      "IN_PROGRESS",
      ["aggregateInProgress"],
    ],
    [
      "in progress over finished, older rows",
      "UPDATE_IN_PROGRESS",
      rowsAt(before, "CREATE_SUCCESSFUL"),
      "IN_PROGRESS",
      ["aggregateInProgress"],
    ],
    ["in progress over no row", "CREATE_IN_PROGRESS", [], "IN_PROGRESS", ["aggregateInProgress", "noMembers"]],
    [
      "in progress over a failed row",
      "CREATE_IN_PROGRESS",
      rowsAt(after, "CREATE_FAILED"),
      "FAILED",
      ["membersFailed", "aggregateInProgress"],
    ],
    [
      "a deletion that goes on",
      "DELETE_IN_PROGRESS",
      rowsAt(after, "CREATE_SUCCESSFUL"),
      "INCOMPLETE",
      ["packDeleting"],
    ],
    [
      "in progress, as a row is, and the other row newer",
      "UPDATE_IN_PROGRESS",
      rowsAt(after, "UPDATE_IN_PROGRESS", "UPDATE_SUCCESSFUL"),
      "IN_PROGRESS",
      ["membersInProgress"],
    ],
    [
      "in progress, as a row is, and the other row as new",
      "UPDATE_IN_PROGRESS",
      rowsAt(putAt, "UPDATE_IN_PROGRESS", "UPDATE_SUCCESSFUL"),
      "IN_PROGRESS",
      ["membersInProgress"],
    ],
    [
      "in progress, as a row is, and the other row older",
      "UPDATE_IN_PROGRESS",
      [...rowsAt(before, "UPDATE_IN_PROGRESS", "CREATE_SUCCESSFUL")],
      "IN_PROGRESS",
      ["membersInProgress", "membersOutdated"],
    ],
    [
      "in progress, as a row is, and the other row without a time",
      "UPDATE_IN_PROGRESS",
      rows("UPDATE_IN_PROGRESS", "CREATE_SUCCESSFUL"),
      "IN_PROGRESS",
      ["membersInProgress", "membersOutdated"],
    ],
    [
      "in progress, as a row is, and a failed row older",
      "UPDATE_IN_PROGRESS",
      rowsAt(before, "UPDATE_IN_PROGRESS", "CREATE_FAILED"),
      "FAILED",
      ["membersFailed", "membersInProgress", "membersOutdated"],
    ],
    [
      "in progress, as a row is, and a former member older",
      "UPDATE_IN_PROGRESS",
      rowsAt(before, "UPDATE_IN_PROGRESS", "DELETE_SUCCESSFUL"),
      "IN_PROGRESS",
      ["membersInProgress"],
    ],
    [
      "in progress, of some accounts that are newer",
      "UPDATE_IN_PROGRESS",
      rowsAt(after, "UPDATE_SUCCESSFUL"),
      "PASSED",
      ["accountsFiltered"],
      only,
    ],
    [
      "in progress, of some accounts that are older",
      "UPDATE_IN_PROGRESS",
      rowsAt(before, "UPDATE_SUCCESSFUL"),
      "IN_PROGRESS",
      ["membersOutdated", "accountsFiltered"],
      only,
    ],
    [
      "in progress, of some statuses",
      "UPDATE_IN_PROGRESS",
      [],
      "IN_PROGRESS",
      ["aggregateInProgress", "statusesFiltered"],
      filtered,
    ],
    [
      "successful, of some statuses, over a row that is unfinished",
      "UPDATE_SUCCESSFUL",
      rows("UPDATE_IN_PROGRESS"),
      "IN_PROGRESS",
      ["membersInProgress", "statusesFiltered", "aggregateDisagrees"],
      filtered,
    ],
    ["deleted over clean rows", "DELETE_SUCCESSFUL", rows("CREATE_SUCCESSFUL"), "INCOMPLETE", ["packDeleted"]],
    ["a word that is not known", "CREATE_PAUSED", rows("CREATE_SUCCESSFUL"), "INCOMPLETE", ["aggregateUnknown"]],
    ["a word of an object", "constructor", rows("CREATE_SUCCESSFUL"), "INCOMPLETE", ["aggregateUnknown"]],
  ])("is judged with the rows (%s)", (_what, status, members, verdict, codes, others = {}) => {
    const aggregate = { status, lastUpdateTime: putAt };
    const { reasons, regionStatuses, ...judgement } = judge({
      regions: [{ region: "us-east-1", aggregate }],
      members,
      ...others,
    });
    expect(judgement.verdict).toBe(verdict);
    expect(reasons.map(({ code }) => code)).toEqual(codes);
    expect(regionStatuses).toMatchObject([{ region: "us-east-1", aggregate }]);
    const ofRegion = reasons.filter(({ code }) => /^(aggregate|pack)|Outdated|others|noMembers/.test(code));
    expect(ofRegion.map(({ region }) => region)).toEqual(ofRegion.map(() => "us-east-1"));
  });

  test("makes finished rows outdated when it has no time", () => {
    const regions = [{ region: "us-east-1", aggregate: { status: "UPDATE_IN_PROGRESS" } }];
    const { reasons } = judge({ regions, members: rowsAt(after, "UPDATE_IN_PROGRESS", "UPDATE_SUCCESSFUL") });
    expect(reasons.map(({ code }) => code)).toEqual(["membersInProgress", "membersOutdated"]);
  });

  test("is judged in its own region", () => {
    const { reasons } = judge({
      regions: [
        { region: "us-east-1", aggregate: { status: "CREATE_SUCCESSFUL" } },
        { region: "eu-west-1", aggregate: { status: "CREATE_FAILED" } },
      ],
      members: [row(), row({ region: "eu-west-1" })],
    });
    expect(reasons).toMatchObject([{ code: "aggregateFailed", region: "eu-west-1" }]);
  });
});

test.each<[what: string, members: readonly MemberStatus[], others: Partial<Evidence>, isEmpty: boolean]>([
  ["has no row", [], {}, true],
  ["has only former members", rows("DELETE_SUCCESSFUL"), {}, true],
  ["has only members that are leaving", rows("DELETE_IN_PROGRESS", "DELETE_FAILED"), {}, true],
  ["has one member beside one that is leaving", rows("DELETE_FAILED", "CREATE_SUCCESSFUL"), {}, false],
  ["has a member with an unknown status", rows("CREATE_PAUSED"), {}, false],
  ["has no row with the statuses that were asked for", [], { onlyStatuses: ["CREATE_FAILED"] }, false],
  [
    "has successful rows that were left out",
    [],
    { regions: [{ region: "us-east-1", hasSuccessful: true }], successfulOmitted: true },
    false,
  ],
])("a region that %s is reported as empty or not", (_what, members, others, isEmpty) => {
  const { reasons } = judge({ regions: [{ region: "us-east-1" }], members, ...others });
  expect(reasons.some(({ code }) => code === "noMembers")).toBe(isEmpty);
});

import { isSettled, isSettledInAgreement } from "../../../core/gate/settled";
import type { PackStatus } from "../../../core/status/packStatus";
import type { Tolerance } from "../../../core/gate/tolerance";
import { account, row, rows } from "../../builders/members";
import { statusOf } from "../../builders/packStatus";

const excepting = (number: number): Tolerance => ({ accounts: [{ accountId: account(number), reason: "Legacy." }] });
const inRegions = (aggregate: string, ...members: Parameters<typeof row>[0][]): PackStatus =>
  statusOf(
    members.map((member) => row(member)),
    { regions: [{ region: "us-east-1", aggregate: { status: aggregate } }, { region: "eu-west-1" }] },
  );

test.each<{ what: string; status: PackStatus; tolerate?: Tolerance; settled: boolean; agreed: boolean }>([
  { what: "healthy rows", status: statusOf(rows("CREATE_SUCCESSFUL")), settled: true, agreed: true },
  { what: "failed rows", status: statusOf(rows("CREATE_FAILED")), settled: true, agreed: true },
  { what: "a row in progress", status: statusOf(rows("CREATE_IN_PROGRESS")), settled: false, agreed: false },
  {
    what: "a row in progress that a gate may let pass",
    status: statusOf(rows("CREATE_IN_PROGRESS")),
    tolerate: { inProgress: "allow" },
    settled: false,
    agreed: false,
  },
  {
    what: "a row in progress, excepted",
    status: statusOf(rows("CREATE_IN_PROGRESS", "CREATE_SUCCESSFUL")),
    tolerate: excepting(1),
    settled: true,
    agreed: true,
  },
  {
    what: "the same, that one and another that the update has not reached excepted",
    status: statusOf(
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
    tolerate: { accounts: [1, 2].map((number) => ({ accountId: account(number), reason: "Legacy." })) },
    settled: true,
    agreed: true,
  },
  { what: "no row", status: statusOf([]), settled: false, agreed: false },
  {
    what: "a missing account",
    status: statusOf(rows("CREATE_SUCCESSFUL"), { expected: [account(2)] }),
    settled: false,
    agreed: false,
  },
  {
    what: "an aggregate in progress",
    status: statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "UPDATE_IN_PROGRESS" }),
    settled: false,
    agreed: false,
  },
  {
    what: "an aggregate that failed over clean rows",
    status: statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "UPDATE_FAILED" }),
    settled: true,
    agreed: false,
  },
  {
    what: "an aggregate that succeeded over a failed row",
    status: statusOf(rows("CREATE_FAILED"), { aggregate: "CREATE_SUCCESSFUL" }),
    settled: true,
    agreed: false,
  },
  {
    what: "the same, the row excepted",
    status: statusOf(rows("CREATE_FAILED"), { aggregate: "CREATE_SUCCESSFUL" }),
    tolerate: excepting(1),
    settled: true,
    agreed: true,
  },
  {
    what: "the same, another row failing in another region",
    status: inRegions(
      "CREATE_SUCCESSFUL",
      { status: "CREATE_FAILED" },
      { accountId: account(2), region: "eu-west-1", status: "CREATE_FAILED" },
    ),
    tolerate: excepting(1),
    settled: true,
    agreed: true,
  },
  {
    what: "an unknown status over an aggregate that succeeded",
    status: statusOf(rows("CREATE_PAUSED"), { aggregate: "CREATE_SUCCESSFUL" }),
    settled: true,
    agreed: true,
  },
])("$what: settled $settled, in agreement $agreed", ({ agreed, settled, status, tolerate }) => {
  expect(isSettled(status, tolerate)).toBe(settled);
  expect(isSettledInAgreement(status, tolerate)).toBe(agreed);
});

import { type KnownPlace, placesOf } from "../../report/places";
import { stateWord } from "../../report/stateWord";
import { excepting } from "../builders/exceptions";
import { account, row, rows } from "../builders/members";
import { expecting, statusOf } from "../builders/packStatus";
import { fileOf } from "../builders/statusFile";

const of = (file: Parameters<typeof placesOf>[0]): Record<string, Pick<KnownPlace, "outcome"> & { word: string }> =>
  Object.fromEntries(
    placesOf(file).map((place) => [place.accountId, { outcome: place.outcome, word: stateWord(place) }]),
  );

test("an account that is missing and has a row all the same is one place", () => {
  const members = [...rows("CREATE_SUCCESSFUL"), row({ accountId: account(2), status: "DELETE_IN_PROGRESS" })];
  expect(of(fileOf(statusOf(members, { regions: expecting(1, 2, 3) })))).toEqual({
    [account(1)]: { outcome: "successful", word: "ok" },
    [account(2)]: { outcome: "missing", word: "being deleted" },
    [account(3)]: { outcome: "missing", word: "no row" },
  });
});

test("a failed row within a limit keeps the gate closed all the same while AWS has still to update it", () => {
  const aggregate = { status: "UPDATE_IN_PROGRESS", lastUpdateTime: "2026-03-15T11:00:00.000Z" };
  const members = [
    row({ accountId: account(1), lastUpdateTime: "2026-03-15T11:30:00.000Z" }),
    row({ accountId: account(2), status: "CREATE_FAILED", lastUpdateTime: "2026-03-15T10:00:00.000Z" }),
    row({ accountId: account(3), status: "UPDATE_IN_PROGRESS", lastUpdateTime: "2026-03-15T11:30:00.000Z" }),
  ];
  const file = fileOf(statusOf(members, { regions: [{ region: "us-east-1", aggregate }] }), {
    tolerate: { maxFailedAccounts: 1 },
  });
  expect(of(file)[account(2)]).toEqual({ outcome: "outdated", word: "not updated" });
  expect(placesOf(file).map(({ tolerated }) => tolerated)).toEqual([undefined, undefined, undefined]);
});

test("what is excepted is called so, and its outcome stays what AWS says", () => {
  const file = fileOf(statusOf(rows("CREATE_FAILED", "CREATE_FAILED")), { tolerate: excepting(2) });
  expect(of(file)).toEqual({
    [account(1)]: { outcome: "failed", word: "failed" },
    [account(2)]: { outcome: "failed", word: "excepted" },
  });
});

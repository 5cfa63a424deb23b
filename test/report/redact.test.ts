import { readStatusFiles } from "../../core/statusFile/readStatusFiles";
import { formats, render } from "../../report/renderings";
import { redact } from "../../report/redact";
import { except } from "../builders/exceptions";
import { row, rows } from "../builders/members";
import { statusOf } from "../builders/packStatus";
import { fileOf } from "../builders/statusFile";

const members = [
  ...["111122223333", "444455553333", "777788889999"].map((accountId, index) =>
    row({
      accountId,
      accountName: `secret-name-${String(index)}`,
      status: "CREATE_FAILED",
      errorCode: "AccessDenied",
      errorMessage: `arn:aws:sts::${accountId}:assumed-role/ops/ann@example.com in ${accountId} is denied`,
    }),
  ),
  ...rows("CREATE_SUCCESSFUL"),
];
const accountOwners = {
  owners: [{ owner: "secret-owner", accountIds: ["111122223333", "777788889999"] }],
  warning: "The owner of secret-name-1 could not be read.",
};
const file = fileOf(
  { ...statusOf(members), accountOwners },
  {
    callerAccountId: "222233334444",
    tolerate: { accounts: [except(1, { accountId: "777788889999", reason: "As 444455553333 says." })] },
  },
);

test("no rendering of a redacted file has an id, a name or the end of an ARN", () => {
  for (const format of formats) {
    expect(render(format, [file], { now: new Date(), show: "all" })).toContain("secret-owner");
    const text = render(format, [file], { now: new Date(), show: "all", redact: true });
    expect(text).not.toMatch(/\d{12}|secret-|ann@example\.com/);
  }
});

test("equal ids stay equal and different ones different, so that all counts stay", () => {
  const [redacted] = redact([file]);
  if (redacted?.verdict !== "FAILED") throw new Error("It has no verdict.");
  expect(redacted.members.map(({ accountId }) => accountId)).toEqual(["…0001", "…3333", "…3333-2", "…9999"]);
  expect(redacted.counts).toEqual(file.counts);
  expect(redacted.causes.flatMap(({ accounts }) => accounts.map(({ accountId }) => accountId))).toEqual([
    "…3333",
    "…3333-2",
  ]);
});

test("a redacted file can be read again", () => {
  const text = render("json", [file], { now: new Date(), show: "all", redact: true });
  expect(readStatusFiles(text)).toEqual(redact([file]));
});

import { regionGroups, regionNumbers } from "../../report/regionNumbers";
import { render } from "../../report/renderings";
import { account, all, row, rows } from "../builders/members";
import { expecting, inRegions, statusOf } from "../builders/packStatus";
import { fileOf } from "../builders/statusFile";

describe("the numbers of a region", () => {
  test("count a missing account among the accounts, and one that is leaving as in progress", () => {
    const members = [
      ...rows("CREATE_SUCCESSFUL"),
      row({ accountId: account(2), status: "DELETE_IN_PROGRESS" }),
      row({ accountId: account(3), status: "DELETE_SUCCESSFUL" }),
    ];
    const [numbers] = regionNumbers(fileOf(statusOf(members, { regions: expecting(1, 2, 3, 4) })));
    expect(numbers).toEqual({
      region: "us-east-1",
      aggregate: undefined,
      accounts: 4,
      ok: 1,
      failed: 0,
      inProgress: 1,
      missing: 2,
      unknown: 0,
    });
  });

  test("stand first where accounts failed, and last where all are well", () => {
    const members = [
      ...all(rows("CREATE_SUCCESSFUL"), { region: "eu-west-1" }),
      ...all(rows("CREATE_IN_PROGRESS"), { region: "eu-west-2" }),
      ...all(rows("CREATE_FAILED"), { region: "eu-west-3" }),
    ];
    const file = fileOf(statusOf(members, { regions: inRegions("eu-west-1", "eu-west-2", "eu-west-3") }));
    expect(regionNumbers(file).map(({ region }) => region)).toEqual(["eu-west-3", "eu-west-2", "eu-west-1"]);
  });

  test("are one for healthy regions that differ in nothing, and never for regions in trouble", () => {
    const four = ["eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1"];
    const members = four.flatMap((region, index) =>
      all(rows(index < 2 ? "CREATE_SUCCESSFUL" : "CREATE_FAILED"), { region }),
    );
    const file = fileOf(statusOf(members, { regions: inRegions(...four) }));
    expect(regionGroups(file).map(({ regions }) => regions)).toEqual([
      ["eu-west-3"],
      ["eu-north-1"],
      ["eu-west-1", "eu-west-2"],
    ]);
  });
});

test.each(["text", "markdown", "html", "junit"] as const)(
  "%s says the next step for AWS's error code when the pack failed as a whole",
  (format) => {
    const aggregate = { status: "CREATE_FAILED", errorCode: "OrganizationAccessDeniedException" };
    const file = fileOf(statusOf(rows("CREATE_SUCCESSFUL"), { regions: [{ region: "us-east-1", aggregate }] }));
    const text = render(format, [file], { now: new Date(file.lookedUpAt), show: "problems" });
    expect(text.replaceAll("`", "")).toMatch(/deploy the pack from the management account/i);
    expect(text).not.toMatch(/open the pack in AWS Config/i);
  },
);

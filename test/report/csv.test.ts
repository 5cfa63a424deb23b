import { parse } from "csv-parse/sync";
import { render } from "../../report/renderings";
import { account, row } from "../builders/members";
import { statusOf } from "../builders/packStatus";
import { situations } from "../builders/situations";
import { fileOf } from "../builders/statusFile";
import { hostileNames } from "./hostileNames";

const options = { now: new Date(), show: "all" } as const;

function readCsv(text: string): Readonly<Record<string, string>>[] {
  return parse(text, { columns: true, record_delimiter: "\r\n" });
}

test("each account and region is a row, a missing account too", () => {
  const { failed, missing } = situations;
  if (!failed || !missing) throw new Error("A situation is gone.");
  const rows = readCsv(render("csv", [failed, missing], options));
  expect(rows).toHaveLength(1_500 + 3);
  expect(rows.filter(({ outcome }) => outcome === "failed")).toHaveLength(5);
  expect(rows.filter(({ outcome }) => outcome === "missing")).toMatchObject([
    { account_id: account(2), status: "", cause: "noRow" },
    { account_id: account(3), status: "", cause: "noRow" },
  ]);
  expect(readCsv(render("csv", [failed], { ...options, show: "problems" }))).toHaveLength(5);
});

test("a silent region and a failed lookup are rows, so that a table of them does not look healthy", () => {
  const { notLookedUp, silent } = situations;
  if (!notLookedUp || !silent) throw new Error("A situation is gone.");
  for (const show of ["all", "problems"] as const) {
    expect(readCsv(render("csv", [silent, notLookedUp], { ...options, show }))).toMatchObject([
      { outcome: "regionUnanswered", region: "eu-west-1" },
      ...(show === "all" ? [{ outcome: "successful" }] : []),
      { outcome: "notLookedUp", error_code: "AccessDeniedError" },
    ]);
  }
});

test("the columns and their order stay", () => {
  expect(render("csv", [], options)).toBe(
    "pack,region,account_id,account_name,outcome,status,error_code,error_message,last_update_time,cause,tolerated_until,tolerated_reason,tolerated_by,owner\r\n",
  );
});

test("no cell begins like a formula, and each name comes out as it went in", () => {
  const members = hostileNames.map((accountName, index) => row({ accountId: account(index), accountName }));
  const owners = hostileNames.map((owner, index) => ({ owner, accountIds: [account(index)] }));
  const status = { ...statusOf(members), accountOwners: { owners } };
  const rows = readCsv(render("csv", [fileOf(status)], options));
  for (const [index, cells] of rows.entries()) {
    for (const cell of Object.values(cells)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    const { account_name: name = "", owner = "" } = cells;
    const given = hostileNames[index] ?? "";
    expect(name).toBe(/^[=+\-@\t\r]/.test(given) ? `'${given}` : given);
    expect(owner).toBe(name);
  }
});

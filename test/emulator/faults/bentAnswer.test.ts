import { ListAccountsCommand } from "@aws-sdk/client-organizations";
import { emulate } from "../../builders/emulator";
import { configClient, organizationsClient, rowsOf } from "../clients";

const pack = { name: "baseline", members: 6 };

test.each(["AccountId", "ConformancePackName", "Status"] as const)("missingField takes %s away", async (field) => {
  const emulator = await emulate({ packs: [pack] });
  emulator.injectFault({ kind: "missingField", field });
  const { OrganizationConformancePackDetailedStatuses: rows } = await rowsOf(configClient(emulator));
  const required = ["AccountId", "ConformancePackName", "Status"];
  expect(Object.keys(rows?.[0] ?? {})).toEqual(
    expect.arrayContaining(required.filter((each) => each !== field)) as string[],
  );
  expect(rows?.[0]).not.toHaveProperty(field);
  expect(rows?.[1]).toHaveProperty(field);
});

test("a page of ListAccounts after the first repeats its token", async () => {
  const emulator = await emulate({ packs: [{ ...pack, members: 50 }] });
  emulator.injectFault({ kind: "repeatedNextToken", operation: "ListAccounts" });
  const client = organizationsClient(emulator);
  const { NextToken } = await client.send(new ListAccountsCommand({}));
  const next = await client.send(new ListAccountsCommand({ NextToken }));
  expect(next.Accounts).toHaveLength(20);
  expect(next.NextToken).toBe(NextToken);
});

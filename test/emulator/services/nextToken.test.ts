import { DescribeOrganizationConformancePacksCommand } from "@aws-sdk/client-config-service";
import { emulatedAccountId } from "../../../emulator";
import { emulate } from "../../builders/emulator";
import { configClient, rowsOf } from "../clients";

async function firstPage() {
  const emulator = await emulate({
    packs: [
      { name: "baseline", members: 20 },
      { name: "other", members: 20 },
      { name: "baseline", region: "eu-west-1", members: 20 },
    ],
  });
  const client = configClient(emulator);
  const { NextToken: token = "" } = await rowsOf(client, { Limit: 5 });
  return { emulator, client, token };
}

test("a token does not show the account, the pack or the next row", async () => {
  const { token } = await firstPage();
  const text = Buffer.from(token, "base64").toString();
  expect(token).toMatch(/^[\w+/=-]+$/);
  expect(text).not.toMatch(/baseline|us-east-1/);
  // The seal is random, so it may have any digits but these.
  expect(text).not.toContain(emulatedAccountId(5));
});

test("the same token gives the same next rows, also with another Limit", async () => {
  const { client, token } = await firstPage();
  const five = await rowsOf(client, { NextToken: token, Limit: 5 });
  const three = await rowsOf(client, { NextToken: token, Limit: 3 });
  const ids = five.OrganizationConformancePackDetailedStatuses?.map(({ AccountId }) => AccountId);
  expect(ids).toHaveLength(5);
  expect(three.OrganizationConformancePackDetailedStatuses?.map(({ AccountId }) => AccountId)).toEqual(
    ids?.slice(0, 3),
  );
});

const requests = {
  "another pack": { OrganizationConformancePackName: "other" },
  "another status": { Filters: { Status: "CREATE_SUCCESSFUL" } },
  "another account": { Filters: { AccountId: "222222222222" } },
} as const;

test.each(Object.entries(requests))("a token is refused for %s", async (_, input) => {
  const { client, token } = await firstPage();
  await expect(rowsOf(client, { ...input, NextToken: token })).rejects.toMatchObject({
    name: "InvalidNextTokenException",
    $metadata: { httpStatusCode: 400 },
  });
});

test("a token is refused in another region and for another operation", async () => {
  const { client, emulator, token } = await firstPage();
  const refusal = { name: "InvalidNextTokenException" };
  await expect(rowsOf(configClient(emulator, { region: "eu-west-1" }), { NextToken: token })).rejects.toMatchObject(
    refusal,
  );
  await expect(
    client.send(new DescribeOrganizationConformancePacksCommand({ NextToken: token })),
  ).rejects.toMatchObject(refusal);
});

const base64 = (text: string): string => Buffer.from(text).toString("base64");

test.each<[string, (token: string) => string]>([
  ["text", () => "garbage"],
  ["nothing", () => ""],
  ["an offset", () => base64("5")],
  ["an offset and a made-up seal", () => base64(`5.${"0".repeat(64)}`)],
  ["an offset and a seal of other characters", () => base64(`5.${"é".repeat(64)}`)],
  ["another offset", (token) => base64(Buffer.from(token, "base64").toString().replace(/^\d+/, "6"))],
  ["a token that was cut", (token) => token.slice(0, -4)],
  ["a token and more", (token) => `${token}x`],
  ["a token with a blank", (token) => `${token} `],
])("%s is refused", async (_, forge) => {
  const { client, token } = await firstPage();
  await expect(rowsOf(client, { NextToken: forge(token) })).rejects.toMatchObject({
    name: "InvalidNextTokenException",
    $metadata: { httpStatusCode: 400 },
  });
});

import { DescribeOrganizationConformancePacksCommand } from "@aws-sdk/client-config-service";
import { AssumeRoleCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { startEmulator } from "../../emulator";
import { emulate } from "../builders/emulator";
import { allPages, configClient, credentials, rowsOf, stsClient } from "./clients";

const operation = "GetOrganizationConformancePackDetailedStatus";
const pack = { name: "baseline", members: 3 };

describe("the log of requests", () => {
  test("has operation, region, principal and input of each request, the oldest first", async () => {
    const emulator = await emulate({ packs: [{ ...pack, region: "eu-west-1" }] });
    const client = configClient(emulator, { region: "eu-west-1" });
    await client.send(new DescribeOrganizationConformancePacksCommand({ Limit: 5 }));
    const principal = expect.stringMatching(/^arn:aws:iam::\d{12}:user\//) as string;
    await allPages(client, { Limit: 2 });
    expect(emulator.requests).toEqual([
      {
        operation: "DescribeOrganizationConformancePacks",
        region: "eu-west-1",
        principal,
        input: { Limit: 5 },
      },
      {
        operation,
        region: "eu-west-1",
        principal,
        input: { OrganizationConformancePackName: "baseline", Limit: 2 },
      },
      {
        operation,
        region: "eu-west-1",
        principal,
        input: {
          OrganizationConformancePackName: "baseline",
          Limit: 2,
          NextToken: expect.any(String) as string,
        },
      },
    ]);
  });

  test("holds no credential and no session token", async () => {
    const emulator = await emulate({ packs: [pack] });
    const sts = stsClient(emulator);
    await sts.send(new GetCallerIdentityCommand({}));
    const { Credentials: assumed } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: "arn:aws:iam::222222222222:role/reader",
        RoleSessionName: "session",
        SerialNumber: "arn:aws:iam::222222222222:mfa/me",
        TokenCode: "987654",
      }),
    );
    await rowsOf(configClient(emulator));
    const log = JSON.stringify(emulator.requests);
    expect(emulator.requests).toHaveLength(3);
    expect(log).toContain("arn:aws:iam::222222222222:role/reader");
    const secrets = [
      credentials.accessKeyId,
      credentials.secretAccessKey,
      credentials.sessionToken,
      assumed?.AccessKeyId,
      assumed?.SecretAccessKey,
      assumed?.SessionToken,
      "987654",
      "AWS4-HMAC-SHA256",
    ];
    for (const secret of secrets) {
      expect(secret).toBeTruthy();
      expect(log).not.toContain(secret);
    }
  });
});

test("latencyMs delays answers", async () => {
  const client = configClient(await emulate({ packs: [pack], latencyMs: 5 }));
  expect((await rowsOf(client)).OrganizationConformancePackDetailedStatuses).toHaveLength(3);
});

test("onRequest can change what AWS knows before an answer", async () => {
  const operations: string[] = [];
  const emulator = await emulate({
    packs: [pack],
    onRequest: ({ operation, region }) => {
      operations.push(`${operation} ${region}`);
      emulator.setMembers("baseline", { members: 5 });
    },
  });
  expect((await rowsOf(configClient(emulator))).OrganizationConformancePackDetailedStatuses).toHaveLength(5);
  expect(operations).toEqual([`${operation} us-east-1`]);
});

test("no other request comes between onRequest and its answer", async () => {
  let members = 0;
  const emulator = await emulate({
    packs: [pack],
    latencyMs: 1,
    onRequest: () => {
      members += 1;
      emulator.setMembers("baseline", { members });
    },
  });
  const client = configClient(emulator);
  const answers = await Promise.all(Array.from({ length: 20 }, () => rowsOf(client)));
  const counts = answers.map(({ OrganizationConformancePackDetailedStatuses: rows = [] }) => rows.length);
  expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

describe("the port", () => {
  test("is the one in the options", async () => {
    const first = await startEmulator();
    const port = Number(new URL(first.endpoint).port);
    await first.stop();
    const again = await emulate({ port, packs: [pack] });
    expect(again.endpoint).toBe(`http://127.0.0.1:${String(port)}`);
    await expect(startEmulator({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  test("is different for each emulator, as their packs are", async () => {
    const [one, two] = [await emulate({ packs: [pack] }), await emulate()];
    expect(one.endpoint).not.toBe(two.endpoint);
    await expect(rowsOf(configClient(two))).rejects.toMatchObject({
      name: "NoSuchOrganizationConformancePackException",
    });
  });
});

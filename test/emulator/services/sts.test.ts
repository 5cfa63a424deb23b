import { DescribeOrganizationConformancePacksCommand } from "@aws-sdk/client-config-service";
import {
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListDelegatedAdministratorsCommand,
} from "@aws-sdk/client-organizations";
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { emulate } from "../../builders/emulator";
import { configClient, credentials, organizationsClient, rowsOf, sessionIn, stsClient } from "../clients";
import { post, signature } from "../rawRequest";

test("GetCallerIdentity names the caller", async () => {
  const { $metadata, Account, Arn, UserId } = await stsClient(await emulate()).send(new GetCallerIdentityCommand({}));
  expect(Account).toMatch(/^\d{12}$/);
  expect(Arn).toBe(`arn:aws:iam::${Account ?? ""}:user/emulated-caller`);
  expect(UserId).toBeTruthy();
  expect($metadata.requestId).toMatch(/^[\da-f-]{36}$/);
});

test("a session of AssumeRole is the caller from then on", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
  const { AssumedRoleUser: user, Credentials: assumed } = await stsClient(emulator).send(
    new AssumeRoleCommand({
      RoleArn: "arn:aws:iam::222222222222:role/path/reader",
      RoleSessionName: "a&b",
      DurationSeconds: 900,
    }),
  );
  const arn = "arn:aws:sts::222222222222:assumed-role/path/reader/a&b";
  expect(user?.Arn).toBe(arn);
  expect(assumed?.Expiration).toBeInstanceOf(Date);
  expect(assumed?.AccessKeyId).toMatch(/^ASIA[\dA-F]{16}$/);
  const session = {
    accessKeyId: assumed?.AccessKeyId ?? "",
    secretAccessKey: assumed?.SecretAccessKey ?? "",
    sessionToken: assumed?.SessionToken ?? "",
  };
  expect(await stsClient(emulator, session).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: "222222222222",
    Arn: arn,
  });
  await rowsOf(configClient(emulator, { credentials: session }));
  expect(emulator.requests.map(({ operation, principal }) => [operation, principal === arn])).toEqual([
    ["AssumeRole", false],
    ["GetCallerIdentity", true],
    ["GetOrganizationConformancePackDetailedStatus", true],
  ]);
});

test.each([
  ["aws", "eu-west-1"],
  ["aws-cn", "cn-north-1"],
  ["aws-us-gov", "us-gov-west-1"],
  ["aws-iso", "us-iso-east-1"],
  ["aws-iso-b", "us-isob-east-1"],
  ["aws-iso-e", "eu-isoe-west-1"],
  ["aws-iso-f", "us-isof-south-1"],
  ["aws-eusc", "eusc-de-east-1"],
])(
  "in the partition %s, a role can be assumed, and every ARN of an answer is of that partition",
  async (partition, region) => {
    const emulator = await emulate({
      packs: [{ name: "baseline", region, members: 1 }],
      organization: { accounts: [{ id: "111111111111" }], delegatedAdministrators: ["222222222222"] },
    });
    const caller = await stsClient(emulator, credentials, region).send(new GetCallerIdentityCommand({}));
    expect(caller.Arn).toBe(`arn:${partition}:iam::111111111111:user/emulated-caller`);

    const session = await sessionIn(emulator, "222222222222", partition);
    // Of the partition of the role, wherever it is asked.
    expect(await stsClient(emulator, session).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: "222222222222",
      Arn: `arn:${partition}:sts::222222222222:assumed-role/reader/test`,
    });
    const config = configClient(emulator, { credentials: session, region });
    const organizations = organizationsClient(emulator, { credentials: session, region });
    const answers = [
      await config.send(new DescribeOrganizationConformancePacksCommand({})),
      await organizations.send(new ListAccountsCommand({})),
      await organizations.send(new DescribeOrganizationCommand({})),
      await organizations.send(new ListDelegatedAdministratorsCommand({})),
    ];
    for (const answer of answers) {
      const arns = [...JSON.stringify(answer).matchAll(/"arn:([^:"]+):/g)].map(([, named]) => named);
      expect(new Set(arns)).toEqual(new Set([partition]));
    }
  },
);

test.each([
  {
    command: new AssumeRoleCommand({ RoleArn: "reader", RoleSessionName: "a" }),
    error: { name: "ValidationException", message: expect.stringContaining("'reader' at 'roleArn'") as string },
  },
  {
    command: new AssumeRoleCommand({ RoleArn: "arn:aws:iam::222222222222:role/a", RoleSessionName: undefined }),
    error: { name: "ValidationException", message: expect.stringContaining("roleSessionName") as string },
  },
  {
    command: new AssumeRoleCommand({ RoleArn: "<&>", RoleSessionName: "a" }),
    error: { name: "ValidationException", message: expect.stringContaining("'<&>' at 'roleArn'") as string },
  },
  { command: new GetSessionTokenCommand({}), error: { name: "InvalidAction" } },
])("a wrong call is refused in the query protocol: $error", async ({ command, error }) => {
  const sts = stsClient(await emulate());
  await expect((sts.send as (command: unknown) => Promise<unknown>).call(sts, command)).rejects.toMatchObject({
    ...error,
    $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string },
  });
});

test.each([
  { what: "unsigned", headers: { authorization: "" }, body: "Action=GetCallerIdentity", code: "MissingAuthentication" },
  { what: "without an action", headers: {}, body: "", code: "InvalidAction" },
])("a request that is $what is refused with XML", async ({ headers, body, code }) => {
  const answer = await post(await emulate(), {
    headers: { authorization: signature.replace("/config/", "/sts/"), ...headers },
    body,
  });
  expect(answer.status).toBe(400);
  expect(answer.headers["content-type"]).toBe("text/xml");
  expect(answer.body).toContain(`<Code>${code}`);
});

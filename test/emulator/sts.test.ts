import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { configClient, emulate, post, rowsOf, signature, stsClient } from "./clients";

test("GetCallerIdentity says who calls", async () => {
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

import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import {
  type ConfigServiceClientConfig,
  DescribeOrganizationConformancePacksCommand,
} from "@aws-sdk/client-config-service";
import { DescribeOrganizationCommand, ListAccountsCommand } from "@aws-sdk/client-organizations";
import { emulatedAccountId, type Fault, type FaultKind, faultKinds } from "../../../emulator";
import { allPages, configClient, emulate, organizationsClient, rowsOf, stsClient } from "../clients";

interface FaultCase {
  /** What a real client throws, */
  readonly error?: object;
  /** or what it reads of the first page and, when that has one, of the next. */
  readonly rows?: readonly object[];
  readonly nextPageRepeatsItsToken?: boolean;
  readonly fault?: Partial<Fault>;
  readonly client?: ConfigServiceClientConfig;
}

const id = expect.stringMatching(/^[\da-f-]{36}$/) as string;

const cases: Record<FaultKind, FaultCase> = {
  accessDenied: {
    error: {
      name: "AccessDeniedException",
      message: expect.stringMatching(
        /^User: arn:aws:iam::\d{12}:user\/\S+ is not authorized to perform: config:GetOrganizationConformancePackDetailedStatus because /,
      ) as string,
      $fault: "client",
      $metadata: { httpStatusCode: 400, requestId: id },
    },
  },
  expiredToken: { error: { name: "ExpiredTokenException", $metadata: { httpStatusCode: 400, requestId: id } } },
  htmlBody: { error: { name: "SyntaxError", $metadata: { httpStatusCode: 200 } } },
  invalidNextToken: { error: { name: "InvalidNextTokenException", $metadata: { httpStatusCode: 400, requestId: id } } },
  missingField: { rows: [{ AccountId: emulatedAccountId(0) }, { Status: "CREATE_SUCCESSFUL" }] },
  repeatedNextToken: { rows: [{}, {}], nextPageRepeatsItsToken: true },
  resetConnection: { error: { message: expect.stringContaining("ECONNRESET") as string } },
  serverError: { error: { name: "InternalFailure", $metadata: { httpStatusCode: 500, requestId: id } } },
  slowResponse: {
    error: { name: "TimeoutError" },
    client: { requestHandler: { requestTimeout: 50, throwOnRequestTimeout: true } },
  },
  throttling: {
    error: { name: "ThrottlingException", message: "Rate exceeded", $metadata: { httpStatusCode: 400, requestId: id } },
  },
  truncatedBody: { error: { message: expect.stringContaining("aborted") as string } },
  unknownStatus: {
    rows: [{ AccountId: emulatedAccountId(0), Status: "CREATE_PAUSED" }, { Status: "CREATE_SUCCESSFUL" }],
  },
};

const pack = { name: "baseline", members: 6 };

test.each(faultKinds)("a real client sees %s, and nothing of it once it is cleared", async (kind) => {
  const { client: options, error, fault, nextPageRepeatsItsToken, rows } = cases[kind];
  const emulator = await emulate({ packs: [pack] });
  const client = configClient(emulator, options);
  emulator.injectFault({ kind, ...fault });
  if (error) {
    await expect(rowsOf(client, { Limit: 2 })).rejects.toMatchObject(error);
  } else {
    const first = await rowsOf(client, { Limit: 2 });
    expect(first.OrganizationConformancePackDetailedStatuses).toMatchObject(rows ?? []);
    const next = await rowsOf(client, { Limit: 2, NextToken: first.NextToken });
    expect(next.NextToken === first.NextToken).toBe(nextPageRepeatsItsToken ?? false);
  }

  emulator.clearFaults();
  const pages = await allPages(client, { Limit: 2 });
  expect(pages.flat().map(({ Status }) => Status)).toEqual(Array(6).fill("CREATE_SUCCESSFUL"));
});

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

test("a slow answer comes in the end", async () => {
  const emulator = await emulate({ packs: [pack] });
  emulator.injectFault({ kind: "slowResponse", delayMs: 5 });
  const answer = await rowsOf(configClient(emulator));
  expect(answer.OrganizationConformancePackDetailedStatuses).toHaveLength(6);
});

test("after and times say which requests are hit; each request that matches counts", async () => {
  const emulator = await emulate({ packs: [pack] });
  const client = configClient(emulator);
  emulator.injectFault({
    kind: "throttling",
    operation: "GetOrganizationConformancePackDetailedStatus",
    after: 1,
    times: 2,
  });
  const outcomes: string[] = [];
  for (let request = 0; request < 5; request += 1) {
    // Of another operation: it neither is hit nor counts.
    await client.send(new DescribeOrganizationConformancePacksCommand({}));
    outcomes.push(
      await rowsOf(client).then(
        () => "answered",
        (error: unknown) => (error as Error).name,
      ),
    );
  }
  expect(outcomes).toEqual(["answered", "ThrottlingException", "ThrottlingException", "answered", "answered"]);
});

test("a fault of one region hits no other", async () => {
  const emulator = await emulate({ packs: [pack, { ...pack, region: "eu-west-1" }] });
  emulator.injectFault({ kind: "serverError", region: "eu-west-1" });
  await expect(rowsOf(configClient(emulator, { region: "eu-west-1" }))).rejects.toMatchObject({
    name: "InternalFailure",
  });
  expect((await rowsOf(configClient(emulator))).OrganizationConformancePackDetailedStatuses).toHaveLength(6);
});

test("the SDK's own retries ride throttling, 5xx and a reset out", async () => {
  const emulator = await emulate({ packs: [pack] });
  for (const kind of ["throttling", "serverError", "resetConnection"] as const) {
    emulator.injectFault({ kind, times: 1 });
  }
  const answer = await rowsOf(configClient(emulator, { maxAttempts: 4 }));
  expect(answer.OrganizationConformancePackDetailedStatuses).toHaveLength(6);
  expect(emulator.requests.length).toBe(answer.$metadata.attempts);
});

test("STS says no in its own words", async () => {
  const emulator = await emulate();
  emulator.injectFault({ kind: "accessDenied", operation: "GetCallerIdentity" });
  await expect(stsClient(emulator).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: "AccessDenied",
    message: expect.stringContaining("is not authorized to perform: sts:GetCallerIdentity ") as string,
    $metadata: { httpStatusCode: 403, requestId: id },
  });
});

const client400 = { $fault: "client", $metadata: { httpStatusCode: 400, requestId: id } };

test.each<{ kind: FaultKind; error: object }>([
  {
    kind: "accessDenied",
    error: {
      name: "AccessDeniedException",
      message: expect.stringMatching(
        /^User: arn:aws:iam::\d{12}:user\/\S+ is not authorized to perform: organizations:ListAccounts because /,
      ) as string,
      ...client400,
    },
  },
  { kind: "expiredToken", error: { name: "ExpiredTokenException", $metadata: { httpStatusCode: 400 } } },
  { kind: "htmlBody", error: { name: "SyntaxError" } },
  { kind: "invalidNextToken", error: { name: "InvalidInputException", Reason: "INVALID_NEXT_TOKEN", ...client400 } },
  { kind: "resetConnection", error: { message: expect.stringContaining("ECONNRESET") as string } },
  { kind: "serverError", error: { name: "ServiceException", $fault: "server", $metadata: { httpStatusCode: 500 } } },
  { kind: "slowResponse", error: { name: "TimeoutError" } },
  { kind: "throttling", error: { name: "TooManyRequestsException", ...client400 } },
  { kind: "truncatedBody", error: { message: expect.stringContaining("aborted") as string } },
])("Organizations says $kind in its own words", async ({ error, kind }) => {
  const emulator = await emulate();
  const client = organizationsClient(emulator, {
    requestHandler: { requestTimeout: 50, throwOnRequestTimeout: true },
  });
  emulator.injectFault({ kind, operation: "ListAccounts" });
  await expect(client.send(new ListAccountsCommand({}))).rejects.toMatchObject(error);
  // Another operation of the service is not hit.
  await client.send(new DescribeOrganizationCommand({}));
});

test.each(["throttling", "serverError"] as const)("the SDK retries %s of Organizations", async (kind) => {
  const emulator = await emulate();
  emulator.injectFault({ kind, times: 1 });
  const answer = await organizationsClient(emulator, { maxAttempts: 2 }).send(new ListAccountsCommand({}));
  expect(answer.Accounts).toHaveLength(1);
  expect(answer.$metadata.attempts).toBe(2);
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

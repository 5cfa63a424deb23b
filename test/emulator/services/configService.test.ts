import {
  type ConfigServiceClient,
  DeleteOrganizationConformancePackCommand,
  DescribeOrganizationConformancePacksCommand,
  type DescribeOrganizationConformancePacksCommandInput,
  DescribeOrganizationConformancePackStatusesCommand,
  PutOrganizationConformancePackCommand,
  type PutOrganizationConformancePackCommandInput,
} from "@aws-sdk/client-config-service";
import { type EmulatedPack, emulatedAccountId } from "../../../emulator";
import { emulate } from "../../builders/emulator";
import { allPages, configClient, rowsOf } from "../clients";
import { post } from "../rawRequest";

const statuses = [
  "CREATE_SUCCESSFUL",
  "CREATE_IN_PROGRESS",
  "CREATE_FAILED",
  "UPDATE_SUCCESSFUL",
  "UPDATE_IN_PROGRESS",
  "UPDATE_FAILED",
  "DELETE_SUCCESSFUL",
  "DELETE_IN_PROGRESS",
  "DELETE_FAILED",
] as const;

async function clientOf(...packs: EmulatedPack[]): Promise<ConfigServiceClient> {
  return configClient(await emulate({ packs }));
}

const put = (input: Partial<PutOrganizationConformancePackCommandInput> = {}) =>
  new PutOrganizationConformancePackCommand({
    OrganizationConformancePackName: "baseline",
    TemplateBody: "Resources: {}",
    ...input,
  });

describe("GetOrganizationConformancePackDetailedStatus", () => {
  test("a row has the members of the service model", async () => {
    const lastUpdateTime = new Date("2026-01-02T03:04:05.678Z");
    const client = await clientOf({
      name: "baseline",
      members: [
        { accountId: "222222222222", status: "CREATE_FAILED", errorCode: "Code", errorMessage: "Text", lastUpdateTime },
        { accountId: "333333333333", status: "UPDATE_SUCCESSFUL", conformancePackName: "Own-name" },
      ],
    });
    const { $metadata, ...output } = await rowsOf(client);
    expect($metadata).toMatchObject({ httpStatusCode: 200, attempts: 1 });
    expect($metadata.requestId).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(output).toEqual({
      OrganizationConformancePackDetailedStatuses: [
        {
          AccountId: "222222222222",
          ConformancePackName: expect.stringMatching(/^OrgConformsPack-baseline-[\da-z]{8}$/) as string,
          Status: "CREATE_FAILED",
          ErrorCode: "Code",
          ErrorMessage: "Text",
          LastUpdateTime: lastUpdateTime,
        },
        {
          AccountId: "333333333333",
          ConformancePackName: "Own-name",
          Status: "UPDATE_SUCCESSFUL",
          LastUpdateTime: expect.any(Date) as Date,
        },
      ],
    });
  });

  test.each([
    { members: 250, limit: undefined, sizes: [100, 100, 50] },
    { members: 250, limit: 0, sizes: [100, 100, 50] },
    { members: 250, limit: 100, sizes: [100, 100, 50] },
    { members: 200, limit: 100, sizes: [100, 100] },
    { members: 7, limit: 3, sizes: [3, 3, 1] },
    { members: 2, limit: 1, sizes: [1, 1] },
    { members: 0, limit: undefined, sizes: [0] },
  ])("$members members with Limit $limit come in pages of $sizes", async ({ members, limit, sizes }) => {
    const client = await clientOf({ name: "baseline", members });
    const pages = await allPages(client, limit === undefined ? {} : { Limit: limit });
    expect(pages.map(({ length }) => length)).toEqual(sizes);
    expect(pages.flat().map(({ AccountId }) => AccountId)).toEqual(
      Array.from({ length: members }, (_, index) => emulatedAccountId(index)),
    );
  });

  test.each(statuses)("filters by Status %s", async (status) => {
    const client = await clientOf({
      name: "baseline",
      members: statuses.map((each, index) => ({ accountId: emulatedAccountId(index), status: each })),
    });
    const rows = (await allPages(client, { Filters: { Status: status } })).flat();
    expect(rows.map(({ Status }) => Status)).toEqual([status]);
  });

  test.each([
    { filters: { AccountId: emulatedAccountId(3) }, found: 1 },
    { filters: { AccountId: "999999999999" }, found: 0 },
    { filters: { AccountId: emulatedAccountId(3), Status: "CREATE_FAILED" as const }, found: 0 },
    { filters: { Status: "CREATE_SUCCESSFUL" as const }, found: 110 },
    { filters: {}, found: 110 },
  ])("$filters finds $found rows over all pages", async ({ filters, found }) => {
    const client = await clientOf({ name: "baseline", members: 110 });
    expect((await allPages(client, { Filters: filters })).flat()).toHaveLength(found);
  });

  test.each([
    { input: { Limit: 101 }, name: "InvalidLimitException" },
    { input: { Limit: -1 }, name: "InvalidLimitException" },
    { input: { Filters: { AccountId: "12345" } }, name: "ValidationException", says: "filters.accountId" },
    { input: { Filters: { AccountId: "1111111111112" } }, name: "ValidationException", says: "\\d{12}" },
    { input: { Filters: { Status: "FAILED" as never } }, name: "ValidationException", says: "filters.status" },
    { input: { OrganizationConformancePackName: undefined }, name: "ValidationException", says: "must not be null" },
    {
      input: { OrganizationConformancePackName: "" },
      name: "ValidationException",
      says: "organizationConformancePack",
    },
    { input: { OrganizationConformancePackName: "9lives" }, name: "ValidationException", says: "'9lives'" },
    { input: { OrganizationConformancePackName: "with space" }, name: "ValidationException", says: "pattern" },
    { input: { OrganizationConformancePackName: "a\n" }, name: "ValidationException", says: "pattern" },
    { input: { OrganizationConformancePackName: "a".repeat(129) }, name: "ValidationException", says: "128" },
    {
      input: { OrganizationConformancePackName: "a".repeat(128) },
      name: "NoSuchOrganizationConformancePackException",
    },
    {
      input: { OrganizationConformancePackName: "Baseline" },
      name: "NoSuchOrganizationConformancePackException",
      says: "Baseline",
    },
  ])("$input is refused: $name", async ({ input, name, says = "" }) => {
    const client = await clientOf({ name: "baseline", members: 1 });
    await expect(rowsOf(client, input as Parameters<typeof rowsOf>[1])).rejects.toMatchObject({
      name,
      $fault: "client",
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string },
      message: expect.stringContaining(says) as string,
    });
  });

  test.each([
    { Limit: "ten" },
    { Limit: 1.5 },
    { NextToken: 7 },
    { Filters: "all" },
    { Filters: ["all"] },
    { Filters: { AccountId: 111111111111 } },
    { OrganizationConformancePackName: ["baseline"] },
  ])("the type of %j is refused", async (input) => {
    const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
    const answer = await post(emulator, {
      operation: "GetOrganizationConformancePackDetailedStatus",
      body: JSON.stringify({ OrganizationConformancePackName: "baseline", ...input }),
    });
    expect(answer).toMatchObject({ status: 400, headers: { "x-amzn-errortype": "SerializationException" } });
  });
});

describe("DescribeOrganizationConformancePackStatuses", () => {
  test.each([
    { pack: { members: 3 }, status: "CREATE_SUCCESSFUL", errorCode: undefined },
    { pack: { members: 3, inProgress: 1 }, status: "CREATE_IN_PROGRESS", errorCode: undefined },
    {
      pack: { members: 3, failing: 1, inProgress: 1 },
      status: "CREATE_FAILED",
      errorCode: "NoAvailableConfigurationRecorderException",
    },
  ])("a pack of $pack has the status $status", async ({ pack, status, errorCode }) => {
    const client = await clientOf({ name: "baseline", ...pack });
    const { OrganizationConformancePackStatuses: found } = await client.send(
      new DescribeOrganizationConformancePackStatusesCommand({ OrganizationConformancePackNames: ["baseline"] }),
    );
    expect(found).toHaveLength(1);
    expect(found?.[0]).toMatchObject({ OrganizationConformancePackName: "baseline", Status: status });
    expect(found?.[0]?.LastUpdateTime).toBeInstanceOf(Date);
    expect(found?.[0]?.ErrorCode).toBe(errorCode);
  });
});

describe.each([
  {
    operation: "DescribeOrganizationConformancePacks",
    command: DescribeOrganizationConformancePacksCommand,
    list: "OrganizationConformancePacks",
  },
  {
    operation: "DescribeOrganizationConformancePackStatuses",
    command: DescribeOrganizationConformancePackStatusesCommand,
    list: "OrganizationConformancePackStatuses",
  },
])("$operation", ({ command: Command, list }) => {
  const names = Array.from({ length: 105 }, (_, index) => `pack-${String(index)}`);

  async function describePacks(
    client: ConfigServiceClient,
    input: DescribeOrganizationConformancePacksCommandInput,
  ): Promise<{ names: unknown[]; token: string | undefined }> {
    const output = (await client.send(new Command(input))) as unknown as Record<string, unknown>;
    const found = output[list] as Record<string, unknown>[];
    return {
      names: found.map((pack) => pack.OrganizationConformancePackName),
      token: output.NextToken as string | undefined,
    };
  }

  test("pages through all packs of the region", async () => {
    const client = await clientOf(
      { name: "elsewhere", region: "eu-west-1", members: 1 },
      ...names.map((name) => ({ name, members: 1 })),
    );
    const first = await describePacks(client, {});
    const second = await describePacks(client, { NextToken: first.token });
    expect([first.names.length, second.names.length]).toEqual([100, 5]);
    expect([...first.names, ...second.names]).toEqual(names);
    expect(second.token).toBeUndefined();
  });

  test.each([
    { input: { OrganizationConformancePackNames: [] }, found: ["one", "two", "three"] },
    { input: { OrganizationConformancePackNames: ["three", "one"] }, found: ["three", "one"] },
    { input: { Limit: 2 }, found: ["one", "two"] },
  ])("$input finds $found", async ({ input, found }) => {
    const client = await clientOf(...["one", "two", "three"].map((name) => ({ name, members: 1 })));
    expect((await describePacks(client, input)).names).toEqual(found);
  });

  test.each([
    {
      input: { OrganizationConformancePackNames: ["one", "none"] },
      name: "NoSuchOrganizationConformancePackException",
    },
    { input: { OrganizationConformancePackNames: ["9"] }, name: "ValidationException" },
    { input: { OrganizationConformancePackNames: names.slice(0, 26) }, name: "ValidationException" },
    { input: { Limit: 101 }, name: "InvalidLimitException" },
    { input: { NextToken: "garbage" }, name: "InvalidNextTokenException" },
  ])("refuses $input with $name", async ({ input, name }) => {
    const client = await clientOf({ name: "one", members: 1 });
    await expect(describePacks(client, input)).rejects.toMatchObject({ name });
  });
});

describe("PutOrganizationConformancePack and DeleteOrganizationConformancePack", () => {
  test("a pack is put, described, put again and deleted", async () => {
    const emulator = await emulate({ membersOfNewPacks: { members: 4, failing: 1 } });
    const client = configClient(emulator);
    const { OrganizationConformancePackArn: arn } = await client.send(
      put({
        DeliveryS3Bucket: "bucket",
        DeliveryS3KeyPrefix: "prefix",
        ExcludedAccounts: ["222222222222"],
        ConformancePackInputParameters: [{ ParameterName: "Days", ParameterValue: "90" }],
      }),
    );
    expect(arn).toMatch(/^arn:aws:config:us-east-1:\d{12}:organization-conformance-pack\/baseline-[\da-z]{8}$/);
    expect((await allPages(client)).flat()).toHaveLength(4);
    const described = await client.send(new DescribeOrganizationConformancePacksCommand({}));
    expect(described.OrganizationConformancePacks).toEqual([
      {
        OrganizationConformancePackName: "baseline",
        OrganizationConformancePackArn: arn,
        DeliveryS3Bucket: "bucket",
        DeliveryS3KeyPrefix: "prefix",
        ExcludedAccounts: ["222222222222"],
        ConformancePackInputParameters: [{ ParameterName: "Days", ParameterValue: "90" }],
        LastUpdateTime: expect.any(Date) as Date,
      },
    ]);

    emulator.setMembers("baseline", { members: 6 });
    expect(await client.send(put({ DeliveryS3Bucket: "other" }))).toMatchObject({
      OrganizationConformancePackArn: arn,
    });
    expect((await allPages(client)).flat()).toHaveLength(6);

    await client.send(new DeleteOrganizationConformancePackCommand({ OrganizationConformancePackName: "baseline" }));
    await expect(rowsOf(client)).rejects.toMatchObject({ name: "NoSuchOrganizationConformancePackException" });
    await expect(
      client.send(new DeleteOrganizationConformancePackCommand({ OrganizationConformancePackName: "baseline" })),
    ).rejects.toMatchObject({ name: "NoSuchOrganizationConformancePackException" });
  });

  test("a new pack has ten healthy accounts by default", async () => {
    const client = configClient(await emulate());
    await client.send(put());
    const rows = (await allPages(client)).flat();
    expect(rows.map(({ Status }) => Status)).toEqual(Array(10).fill("CREATE_SUCCESSFUL"));
  });

  test.each<{ input: Partial<PutOrganizationConformancePackCommandInput>; says: string }>([
    { input: { OrganizationConformancePackName: "no_underscore" }, says: "organizationConformancePackName" },
    { input: { TemplateBody: undefined }, says: "TemplateBody" },
    { input: { TemplateBody: "" }, says: "templateBody" },
    { input: { TemplateBody: "x".repeat(51_201) }, says: "templateBody" },
    { input: { TemplateBody: undefined, TemplateS3Uri: "https://bucket/key" }, says: "templateS3Uri" },
    { input: { TemplateBody: undefined, TemplateS3Uri: `s3://${"x".repeat(1_020)}` }, says: "templateS3Uri" },
    { input: { DeliveryS3Bucket: "b".repeat(64) }, says: "deliveryS3Bucket" },
    { input: { DeliveryS3KeyPrefix: "k".repeat(1_025) }, says: "deliveryS3KeyPrefix" },
    { input: { ExcludedAccounts: Array<string>(1_001).fill("222222222222") }, says: "excludedAccounts" },
    { input: { ExcludedAccounts: ["one"] }, says: "excludedAccounts" },
    {
      input: {
        ConformancePackInputParameters: Array.from({ length: 61 }, () => ({ ParameterName: "a", ParameterValue: "b" })),
      },
      says: "conformancePackInputParameters",
    },
    {
      input: { ConformancePackInputParameters: [{ ParameterName: "a", ParameterValue: undefined }] },
      says: "parameterValue",
    },
    {
      input: { ConformancePackInputParameters: [{ ParameterName: "n".repeat(256), ParameterValue: "b" }] },
      says: "parameterName",
    },
  ])("refuses what the service model forbids: $says", async ({ input, says }) => {
    const client = configClient(await emulate());
    await expect(client.send(put(input))).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining(says) as string,
    });
    expect(
      (await client.send(new DescribeOrganizationConformancePacksCommand({}))).OrganizationConformancePacks,
    ).toEqual([]);
  });

  test("the longest values of the service model are taken", async () => {
    const client = configClient(await emulate());
    await client.send(
      put({
        OrganizationConformancePackName: "a".repeat(128),
        TemplateBody: "x".repeat(51_200),
        DeliveryS3Bucket: "b".repeat(63),
        DeliveryS3KeyPrefix: "k".repeat(1_024),
        ExcludedAccounts: Array<string>(1_000).fill("222222222222"),
        ConformancePackInputParameters: Array.from({ length: 60 }, () => ({
          ParameterName: "n".repeat(255),
          ParameterValue: "v".repeat(4_096),
        })),
      }),
    );
    const { OrganizationConformancePacks: found } = await client.send(
      new DescribeOrganizationConformancePacksCommand({}),
    );
    expect(found?.[0]).toMatchObject({ OrganizationConformancePackName: "a".repeat(128) });
    expect(found?.[0]?.ExcludedAccounts).toHaveLength(1_000);
  });
});

describe("regions", () => {
  test("are separate", async () => {
    const emulator = await emulate({
      packs: [
        { name: "baseline", members: 2 },
        { name: "baseline", region: "eu-west-1", members: 3, failing: 3 },
      ],
    });
    const us = configClient(emulator);
    const eu = configClient(emulator, { region: "eu-west-1" });
    const nowhere = configClient(emulator, { region: "ap-south-1" });
    expect((await allPages(us)).flat()).toHaveLength(2);
    expect((await allPages(eu)).flat()).toHaveLength(3);
    await expect(rowsOf(nowhere)).rejects.toMatchObject({ name: "NoSuchOrganizationConformancePackException" });

    emulator.setMembers("baseline", { members: 1 }, "eu-west-1");
    await us.send(new DeleteOrganizationConformancePackCommand({ OrganizationConformancePackName: "baseline" }));
    expect((await allPages(eu)).flat()).toHaveLength(1);
  });
});

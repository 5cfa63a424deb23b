import {
  DeleteOrganizationConformancePackCommand,
  DescribeOrganizationConformancePacksCommand,
  DescribeOrganizationConformancePackStatusesCommand,
  PutOrganizationConformancePackCommand,
} from "@aws-sdk/client-config-service";
import {
  type Account,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  type ListAccountsCommandInput,
  ListDelegatedAdministratorsCommand,
  ListAccountsForParentCommand,
  ListHandshakesForOrganizationCommand,
  ListTagsForResourceCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  type OrganizationsClient,
} from "@aws-sdk/client-organizations";
import { type EmulatedAccount, emulatedAccountId, type EmulatedOrganization } from "../../../emulator";
import { emulate } from "../../builders/emulator";
import { configClient, organizationsClient, rowsOf, sessionIn } from "../clients";
import { post, signature } from "../rawRequest";

const management = "111111111111";

/** All pages, the way a client reads them. */
async function accountPages(
  client: OrganizationsClient,
  input: ListAccountsCommandInput = {},
): Promise<readonly Account[][]> {
  const pages = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListAccountsCommand({ ...input, ...(token !== undefined && { NextToken: token }) }),
    );
    pages.push(page.Accounts ?? []);
    token = page.NextToken;
  } while (token !== undefined);
  return pages;
}

const idsOf = (accounts: readonly Account[]): unknown[] => accounts.map(({ Id }) => Id);

const accountsUpTo = (count: number): EmulatedAccount[] =>
  Array.from({ length: count }, (_, index) => ({ id: emulatedAccountId(index) }));

describe("ListAccounts", () => {
  test("an account has the members of the service model", async () => {
    const accounts = [{ id: management, name: "The payer" }, { id: "222222222222" }];
    const { $metadata, ...output } = await organizationsClient(await emulate({ organization: { accounts } })).send(
      new ListAccountsCommand({}),
    );
    expect($metadata).toMatchObject({ httpStatusCode: 200, attempts: 1 });
    const arn = `arn:aws:organizations::${management}:account/o-emulated00`;
    const rest = {
      Email: expect.stringMatching(/^[^\s@]+@[^\s@]+\.[^\s@]+$/) as string,
      State: "ACTIVE",
      Status: "ACTIVE",
      JoinedTimestamp: expect.any(Date) as Date,
    };
    expect(output).toEqual({
      Accounts: [
        { Id: management, Arn: `${arn}/${management}`, Name: "The payer", JoinedMethod: "INVITED", ...rest },
        {
          Id: "222222222222",
          Arn: `${arn}/222222222222`,
          Name: "account-222222222222",
          JoinedMethod: "CREATED",
          ...rest,
        },
      ],
    });
  });

  test.each<{ given: Omit<EmulatedAccount, "id">; State?: string; Status?: string }>([
    { given: {}, State: "ACTIVE", Status: "ACTIVE" },
    { given: { status: "ACTIVE" }, Status: "ACTIVE" },
    { given: { status: "SUSPENDED" }, Status: "SUSPENDED" },
    { given: { state: "ACTIVE" }, State: "ACTIVE", Status: "ACTIVE" },
    { given: { state: "SUSPENDED" }, State: "SUSPENDED", Status: "SUSPENDED" },
    { given: { state: "CLOSED" }, State: "CLOSED", Status: "SUSPENDED" },
    { given: { state: "PENDING_CLOSURE" }, State: "PENDING_CLOSURE", Status: "PENDING_CLOSURE" },
    { given: { state: "PENDING_ACTIVATION" }, State: "PENDING_ACTIVATION" },
    { given: { state: "CLOSED", status: "ACTIVE" }, State: "CLOSED", Status: "ACTIVE" },
    { given: { state: "FROZEN" }, State: "FROZEN" },
  ])("an account given as $given has State $State and Status $Status", async ({ given, State, Status }) => {
    const organization = { accounts: [{ id: "222222222222", ...given }] };
    const [[account] = []] = await accountPages(organizationsClient(await emulate({ organization })));
    expect(account?.State).toBe(State);
    expect(account?.Status).toBe(Status);
  });

  test.each([
    { accounts: 45, limit: undefined, sizes: [20, 20, 5] },
    { accounts: 40, limit: 20, sizes: [20, 20] },
    { accounts: 3, limit: 1, sizes: [1, 1, 1] },
    { accounts: 0, limit: undefined, sizes: [0] },
  ])("$accounts accounts with MaxResults $limit come in pages of $sizes", async ({ accounts, limit, sizes }) => {
    const client = organizationsClient(await emulate({ organization: { accounts: accountsUpTo(accounts) } }));
    const pages = await accountPages(client, limit === undefined ? {} : { MaxResults: limit });
    expect(pages.map(({ length }) => length)).toEqual(sizes);
    expect(idsOf(pages.flat())).toEqual(accountsUpTo(accounts).map(({ id }) => id));
  });

  test.each([
    { input: { MaxResults: 0 }, reason: "MIN_VALUE_EXCEEDED" },
    { input: { MaxResults: 21 }, reason: "MAX_VALUE_EXCEEDED" },
    { input: { NextToken: "garbage" }, reason: "INVALID_NEXT_TOKEN" },
    { input: { NextToken: "" }, reason: "INVALID_NEXT_TOKEN" },
  ])("$input is refused: $reason", async ({ input, reason }) => {
    await expect(organizationsClient(await emulate()).send(new ListAccountsCommand(input))).rejects.toMatchObject({
      name: "InvalidInputException",
      Reason: reason,
      message: expect.stringMatching(/MaxResults|NextToken/) as string,
      $fault: "client",
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string },
    });
  });

  test("a token of another operation is refused", async () => {
    const ids = accountsUpTo(5).map(({ id }) => id);
    const organization = { accounts: accountsUpTo(5), delegatedAdministrators: ids };
    const client = organizationsClient(await emulate({ organization }));
    const { NextToken } = await client.send(new ListDelegatedAdministratorsCommand({ MaxResults: 2 }));
    expect(NextToken).toBeTruthy();
    await expect(client.send(new ListAccountsCommand({ NextToken }))).rejects.toMatchObject({
      Reason: "INVALID_NEXT_TOKEN",
    });
  });

  test.each([{ MaxResults: "ten" }, { MaxResults: 1.5 }, { NextToken: 7 }])(
    "the type of %j is refused",
    async (input) => {
      const answer = await post(await emulate(), {
        headers: {
          authorization: signature.replace("/config/", "/organizations/"),
          "x-amz-target": "AWSOrganizationsV20161128.ListAccounts",
        },
        body: JSON.stringify(input),
      });
      expect(answer).toMatchObject({ status: 400, headers: { "x-amzn-errortype": "SerializationException" } });
      expect(JSON.parse(answer.body)).toHaveProperty("Message");
    },
  );
});

describe("without an organization", () => {
  test("the accounts are the management account and those that have a pack now", async () => {
    const rows = (accountId: string, status: string) => [{ accountId, status }];
    const emulator = await emulate({
      packs: [
        { name: "one", members: 2 },
        { name: "two", members: rows("333333333333", "DELETE_FAILED") },
        { name: "three", members: rows("444444444444", "DELETE_SUCCESSFUL") },
        { name: "three", region: "eu-west-1", members: rows("555555555555", "CREATE_FAILED") },
        { name: "four", members: rows(management, "CREATE_SUCCESSFUL") },
      ],
    });
    const client = organizationsClient(emulator);
    const [first = []] = await accountPages(client);
    expect(first[0]).toMatchObject({ Id: management, Name: "management", State: "ACTIVE" });
    expect(idsOf(first)).toEqual([
      management,
      emulatedAccountId(0),
      emulatedAccountId(1),
      "333333333333",
      "555555555555",
    ]);

    emulator.setMembers("one", rows("666666666666", "CREATE_IN_PROGRESS"));
    await configClient(emulator).send(
      new DeleteOrganizationConformancePackCommand({ OrganizationConformancePackName: "two" }),
    );
    expect(idsOf((await accountPages(client)).flat()).sort()).toEqual([management, "555555555555", "666666666666"]);
  });

  test("nobody is refused", async () => {
    const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
    const session = { credentials: await sessionIn(emulator, "999999999999") };
    expect((await accountPages(organizationsClient(emulator, session))).flat()).toHaveLength(2);
    const { DelegatedAdministrators: administrators } = await organizationsClient(emulator, session).send(
      new ListDelegatedAdministratorsCommand({}),
    );
    expect(administrators).toEqual([]);
    await rowsOf(configClient(emulator, session));
  });
});

test("setOrganization replaces the organization, and nothing is added to it", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 3 }] });
  const client = organizationsClient(emulator);
  const changes: EmulatedOrganization[] = [
    { accounts: [{ id: "222222222222" }] },
    { accounts: [] },
    { accounts: [{ id: "333333333333" }, { id: management }] },
  ];
  for (const organization of changes) {
    emulator.setOrganization(organization);
    expect(idsOf((await accountPages(client)).flat())).toEqual(organization.accounts.map(({ id }) => id));
  }
});

test("DescribeOrganization names the management account", async () => {
  const { Organization } = await organizationsClient(await emulate()).send(new DescribeOrganizationCommand({}));
  expect(Organization).toEqual({
    Id: "o-emulated00",
    Arn: `arn:aws:organizations::${management}:organization/o-emulated00`,
    FeatureSet: "ALL",
    MasterAccountArn: `arn:aws:organizations::${management}:account/o-emulated00/${management}`,
    MasterAccountId: management,
    MasterAccountEmail: expect.stringContaining("@") as string,
  });
});

test.each([
  { ServicePrincipal: undefined, found: ["222222222222", "999999999999"] },
  { ServicePrincipal: "config-multiaccountsetup.amazonaws.com", found: ["222222222222", "999999999999"] },
  { ServicePrincipal: "guardduty.amazonaws.com", found: [] },
])("ListDelegatedAdministrators for $ServicePrincipal finds $found", async ({ ServicePrincipal, found }) => {
  const organization = {
    accounts: [{ id: management }, { id: "222222222222", name: "audit", status: "ACTIVE" }],
    // An account that the organization does not list is shown all the same.
    delegatedAdministrators: ["222222222222", "999999999999"],
  };
  const { DelegatedAdministrators: administrators = [] } = await organizationsClient(
    await emulate({ organization }),
  ).send(new ListDelegatedAdministratorsCommand({ ServicePrincipal }));
  expect(idsOf(administrators)).toEqual(found);
  for (const administrator of administrators.slice(0, 1)) {
    expect(administrator).toMatchObject({
      Name: "audit",
      Status: "ACTIVE",
      DelegationEnabledDate: expect.any(Date) as Date,
    });
    expect(administrator).not.toHaveProperty("State");
  }
});

describe("who may ask", () => {
  const [administrator, member, stranger] = ["222222222222", "333333333333", "999999999999"];
  const organization = {
    accounts: [{ id: management }, { id: administrator }, { id: member }],
    delegatedAdministrators: [administrator],
  };
  const name = { OrganizationConformancePackName: "baseline" };
  const config = {
    GetOrganizationConformancePackDetailedStatus: (client: ReturnType<typeof configClient>) => rowsOf(client),
    DescribeOrganizationConformancePackStatuses: (client: ReturnType<typeof configClient>) =>
      client.send(new DescribeOrganizationConformancePackStatusesCommand({})),
    DescribeOrganizationConformancePacks: (client: ReturnType<typeof configClient>) =>
      client.send(new DescribeOrganizationConformancePacksCommand({})),
    PutOrganizationConformancePack: (client: ReturnType<typeof configClient>) =>
      client.send(new PutOrganizationConformancePackCommand({ ...name, TemplateBody: "Resources: {}" })),
    DeleteOrganizationConformancePack: (client: ReturnType<typeof configClient>) =>
      client.send(new DeleteOrganizationConformancePackCommand(name)),
  };
  const denied = {
    name: "AccessDeniedException",
    message: "You don't have permissions to access this resource.",
    $metadata: { httpStatusCode: 400 },
  };
  const organizations = {
    ListAccounts: { send: () => new ListAccountsCommand({}), refusals: { [member]: denied, [stranger]: denied } },
    ListDelegatedAdministrators: {
      send: () => new ListDelegatedAdministratorsCommand({}),
      refusals: { [member]: denied, [stranger]: denied },
    },
    DescribeOrganization: {
      send: () => new DescribeOrganizationCommand({}),
      refusals: { [stranger]: { name: "AWSOrganizationsNotInUseException", $metadata: { httpStatusCode: 400 } } },
    },
  };
  const callers = [management, administrator, member, stranger];

  async function clientsIn(caller: string) {
    const emulator = await emulate({ organization, packs: [{ name: "baseline", members: 2 }] });
    const session = caller === management ? {} : { credentials: await sessionIn(emulator, caller) };
    return { config: configClient(emulator, session), organizations: organizationsClient(emulator, session) };
  }

  test.each(
    Object.entries(config).flatMap(([operation, call]) => callers.map((caller) => ({ operation, call, caller }))),
  )("AWS Config: $operation from $caller", async ({ call, caller }) => {
    const answer = call((await clientsIn(caller)).config);
    if (caller === management || caller === administrator) {
      await expect(answer).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
    } else {
      await expect(answer).rejects.toMatchObject({
        name: "OrganizationAccessDeniedException",
        message: expect.stringContaining("management account or a delegated administrator") as string,
        $metadata: { httpStatusCode: 400 },
      });
    }
  });

  test.each(
    Object.entries(organizations).flatMap(([operation, { send, refusals }]) =>
      callers.map((caller) => ({ operation, send, caller, refusal: (refusals as Record<string, object>)[caller] })),
    ),
  )("Organizations: $operation from $caller", async ({ caller, refusal, send }) => {
    const client = (await clientsIn(caller)).organizations;
    const answer = (client.send as (command: unknown) => Promise<unknown>).call(client, send());
    if (refusal) await expect(answer).rejects.toMatchObject(refusal);
    else await expect(answer).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
  });
});

describe("the tree", () => {
  const unit = "ou-root-production";
  const organization: EmulatedOrganization = {
    accounts: [
      { id: management },
      ...Array.from({ length: 21 }, (_, at) => ({ id: emulatedAccountId(at), parentId: unit })),
    ],
    organizationalUnits: [
      { id: "ou-root-workloads", name: "Workloads" },
      { id: unit, parentId: "ou-root-workloads" },
    ],
  };

  test("has one root, and units and accounts directly in each parent, 20 a page", async () => {
    const client = organizationsClient(await emulate({ organization }));
    const { Roots } = await client.send(new ListRootsCommand({}));
    expect(Roots).toMatchObject([
      { Id: "r-root", Arn: expect.stringMatching(/^arn:aws:organizations::\d{12}:root\//) as string },
    ]);
    const inRoot = await client.send(new ListOrganizationalUnitsForParentCommand({ ParentId: "r-root" }));
    expect(inRoot.OrganizationalUnits).toMatchObject([{ Id: "ou-root-workloads", Name: "Workloads" }]);
    const inWorkloads = await client.send(
      new ListOrganizationalUnitsForParentCommand({ ParentId: "ou-root-workloads" }),
    );
    expect(inWorkloads.OrganizationalUnits).toMatchObject([{ Id: unit, Name: unit }]);
    const { Accounts = [], NextToken = "" } = await client.send(new ListAccountsForParentCommand({ ParentId: unit }));
    const next = await client.send(new ListAccountsForParentCommand({ ParentId: unit, NextToken }));
    expect([Accounts.length, next.Accounts?.length, next.NextToken]).toEqual([20, 1, undefined]);
    expect(idsOf((await client.send(new ListAccountsForParentCommand({ ParentId: "r-root" }))).Accounts ?? [])).toEqual(
      [management],
    );
    // A token is of one parent.
    await expect(
      client.send(new ListAccountsForParentCommand({ ParentId: "r-root", NextToken })),
    ).rejects.toMatchObject({
      name: "InvalidInputException",
    });
  });

  test.each([
    ["ou-root-deletedunit", "ParentNotFoundException"],
    ["production", "InvalidInputException"],
  ])("refuses the parent %s with %s", async (ParentId, name) => {
    const client = organizationsClient(await emulate({ organization }));
    await expect(client.send(new ListAccountsForParentCommand({ ParentId }))).rejects.toMatchObject({ name });
    const units = client.send(new ListOrganizationalUnitsForParentCommand({ ParentId }));
    await expect(units).rejects.toMatchObject({ name });
  });

  test("is shown to the management account and delegated administrators only", async () => {
    const emulator = await emulate({ organization });
    const client = organizationsClient(emulator, { credentials: await sessionIn(emulator, emulatedAccountId(1)) });
    await expect(client.send(new ListRootsCommand({}))).rejects.toMatchObject({ name: "AccessDeniedException" });
  });
});

describe("tags", () => {
  const tags = Object.fromEntries(Array.from({ length: 45 }, (_, at) => [`tag-${String(at)}`, `value ${String(at)}`]));
  const organization: EmulatedOrganization = {
    accounts: [{ id: management }, { id: emulatedAccountId(1), tags }],
    organizationalUnits: [{ id: "ou-root-workloads" }],
  };

  test("of an account come 20 a page, as they were given", async () => {
    const client = organizationsClient(await emulate({ organization }));
    const pages = [];
    let token: string | undefined;
    do {
      const ResourceId = emulatedAccountId(1);
      const input = { ResourceId, ...(token !== undefined && { NextToken: token }) };
      const { NextToken, Tags = [] } = await client.send(new ListTagsForResourceCommand(input));
      pages.push(Tags);
      token = NextToken;
    } while (token !== undefined);
    expect(pages.map(({ length }) => length)).toEqual([20, 20, 5]);
    expect(pages.flat()).toEqual(Object.entries(tags).map(([Key, Value]) => ({ Key, Value })));
  });

  test.each([management, "r-root", "ou-root-workloads"])("of %s are none", async (ResourceId) => {
    const client = organizationsClient(await emulate({ organization }));
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceId }));
    expect(Tags).toEqual([]);
  });

  test.each([
    ["an account of no organization", "999999999999", "TargetNotFoundException"],
    ["a unit that there is not", "ou-root-deletedunit", "TargetNotFoundException"],
    ["what is no id", "production", "InvalidInputException"],
  ])("of %s are refused", async (_what, ResourceId, name) => {
    const client = organizationsClient(await emulate({ organization }));
    await expect(client.send(new ListTagsForResourceCommand({ ResourceId }))).rejects.toMatchObject({ name });
  });

  test("are shown to the management account and delegated administrators only", async () => {
    const emulator = await emulate({ organization });
    const client = organizationsClient(emulator, { credentials: await sessionIn(emulator, emulatedAccountId(1)) });
    const command = new ListTagsForResourceCommand({ ResourceId: management });
    await expect(client.send(command)).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  test.each([
    { fault: "accessDenied", name: "AccessDeniedException", says: "organizations:ListTagsForResource" },
    { fault: "throttling", name: "TooManyRequestsException", says: "too many requests" },
  ] as const)("are refused by the fault $fault in the service's words", async ({ fault, name, says }) => {
    const emulator = await emulate({ organization });
    emulator.injectFault({ kind: fault, operation: "ListTagsForResource" });
    const command = new ListTagsForResourceCommand({ ResourceId: management });
    await expect(organizationsClient(emulator).send(command)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(says) as string,
    });
  });
});

test("an unknown operation and one of AWS Config are refused", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
  await expect(organizationsClient(emulator).send(new ListHandshakesForOrganizationCommand({}))).rejects.toMatchObject({
    name: "UnknownOperationException",
  });
  const answer = await post(emulator, {
    headers: { "x-amz-target": "AWSOrganizationsV20161128.DescribeOrganizationConformancePacks" },
    body: "{}",
  });
  expect(answer.headers["x-amzn-errortype"]).toBe("UnknownOperationException");
});

test("the log has the operation and the caller", async () => {
  const emulator = await emulate();
  const credentials = await sessionIn(emulator, "222222222222");
  await organizationsClient(emulator, { credentials }).send(new ListAccountsCommand({ MaxResults: 5 }));
  expect(emulator.requests.slice(1)).toEqual([
    {
      operation: "ListAccounts",
      region: "us-east-1",
      principal: "arn:aws:sts::222222222222:assumed-role/reader/test",
      input: { MaxResults: 5 },
    },
  ]);
});

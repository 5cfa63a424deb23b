import * as pulumi from "@pulumi/pulumi";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EmulatedRequest, Emulator, EmulatorOptions } from "../../emulator";
import { actionOf } from "../../emulator/services/actions";
import { gatherPackStatus } from "../../core/lookup/gatherPackStatus";
import { lookUpAllPacks } from "../../core/lookup/lookUpAllPacks";
import { streamMemberStatuses } from "../../core/lookup/streamMemberStatuses";
import { neededActions } from "../../core/lookup/neededActions";
import type { PackStatusArgs } from "../../core/status/packStatusArgs";
import { PackStatusProvider } from "../../provider/dynamicProvider";
import { waitForSettled } from "../../core/lookup/waitForSettled";
import { createPolicies } from "../../policy/policies";
import { stackViolationsOf } from "../policy/evaluate";
import "../core/aws/awsEnvironment";
import { emulate, lookupErrorOf, rejectionOf, settingsFor } from "../core/aws/emulate";

const folder = join(__dirname, "../../iam");
const policyNames = [
  "all-packs",
  "assume-role",
  "diagnosis",
  "lookup",
  "lookup-without-aggregate",
  "organization",
  "organizational-units",
  "owner-tag",
] as const;

interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly { readonly Effect: string; readonly Action: string[]; readonly Resource: string }[];
}

function policyDocument(name: (typeof policyNames)[number]): PolicyDocument {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as PolicyDocument;
}

function actionsOf(name: (typeof policyNames)[number]): string[] {
  return policyDocument(name).Statement.flatMap(({ Action }) => Action);
}

/** Says what a feature failed with: the action that an `AccessDeniedError` named. `undefined`: it worked. */
type Feature = (emulator: Emulator, args: PackStatusArgs) => Promise<string | undefined>;

/** The action that a thrown error names. */
async function denied(promise: Promise<unknown>): Promise<string | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ name: "AccessDeniedError" });
    return (error as { action: string }).action;
  }
}

/** The action that a text names, where the error itself does not get out. */
function deniedIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [, action] =
    /^Access denied by AWS [A-Za-z]+: (\S+), for (?:pack "baseline"|all packs) in us-east-1\.\n/.exec(text) ?? [];
  expect(text).toContain(`\nNext: Allow ${action ?? "?"} `);
  return action;
}

const lookup: Feature = ({ endpoint }, args) => denied(gatherPackStatus(args, { settings: settingsFor(endpoint) }));

/** A denied tag fails nothing: the warning names the action. */
const owners: Feature = async (emulator, args) => {
  emulator.setMembers("baseline", { members: 3, failing: 1 });
  const looking = gatherPackStatus(args, { settings: settingsFor(emulator.endpoint) });
  const action = await denied(looking);
  if (action !== undefined) return action;
  const { accountOwners, verdict } = await looking;
  expect(verdict).toBe("FAILED");
  const said = accountOwners?.warning ?? "";
  return / AWS Organizations denied (\S+)\. Allow it \(iam\/owner-tag\.json\)/.exec(said)?.[1];
};

const stream: Feature = ({ endpoint }, args) =>
  denied(
    (async () => {
      let rows = 0;
      for await (const row of streamMemberStatuses(args, { settings: settingsFor(endpoint) })) {
        rows += Number(row.status !== "");
      }
      expect(rows).toBe(250);
    })(),
  );

const wait: Feature = (emulator, args) => {
  const settings = settingsFor(emulator.endpoint);
  return denied(
    (async () => {
      emulator.setMembers("baseline", { members: 250, inProgress: 1 });
      const status = await gatherPackStatus(args, { settings });
      expect(status.verdict).toBe("IN_PROGRESS");
      emulator.setMembers("baseline", { members: 250 });
      const quiet = { say: () => undefined, onStatus: () => undefined };
      expect(
        await waitForSettled(args, status, { settings, pollSeconds: 0.01, timeoutSeconds: 30, ...quiet }),
      ).toMatchObject({ verdict: "PASSED" });
    })(),
  );
};

const resource: Feature = async ({ endpoint }, args) => {
  const provider = new PackStatusProvider();
  const config = stackConfig(endpoint);
  await provider.configure({ config: { get: (key: string) => config[key] } as never });
  const checked = await provider.check({}, { ...args, failOn: "notPassed" });
  const [failure] = checked.failures ?? [];
  if (failure) {
    // A refresh is refused by the same action.
    const state = { ...args, lookedUpAt: new Date().toISOString() };
    const refused = deniedIn((await rejectionOf(provider.read("baseline@us-east-1", state))).message);
    expect(deniedIn(failure.reason)).toBe(refused);
    return refused;
  }
  const { id, outs } = await provider.create(checked.inputs as Record<string, unknown>);
  expect(outs).toMatchObject({ verdict: "PASSED" });
  expect(await provider.read(id, outs)).toMatchObject({ id, props: { verdict: "PASSED" } });
  return undefined;
};

const requiredPack: Feature = async ({ endpoint }, args) => {
  pulumi.runtime.setAllConfig(stackConfig(endpoint));
  const reported = await stackViolationsOf(createPolicies().requiredPacks, [], { packs: [args] });
  expect(reported.length).toBeLessThanOrEqual(1);
  return deniedIn(reported[0]?.[0]);
};

const allPacks: Feature = ({ endpoint }, { expectedAccounts }) =>
  denied(
    lookUpAllPacks(
      { maxAttempts: 1, ...(expectedAccounts && { expectedAccounts }) },
      { settings: settingsFor(endpoint) },
    ).then(({ packs: [only] }) => {
      if (only?.outcome instanceof Error) throw only.outcome;
      expect(only?.outcome).toMatchObject({ name: "baseline", verdict: "PASSED" });
    }),
  );

const requiredAllPacks: Feature = async (emulator, args) => requiredPack(emulator, { ...args, name: "*" });

function stackConfig(endpoint: string): Record<string, string> {
  return {
    "aws:region": "us-east-1",
    "aws:accessKey": "AKIAOFTHESTACK",
    "aws:secretKey": "the-secret-of-the-stack",
    "aws:endpoints": JSON.stringify([{ configservice: endpoint, organizations: endpoint, sts: endpoint }]),
  };
}

afterEach(() => {
  pulumi.runtime.setAllConfig({});
});

const baseline: EmulatorOptions = { packs: [{ name: "baseline", members: 250 }] };
const args: PackStatusArgs = { name: "baseline", maxAttempts: 1 };
/** What a chain of roles needs: the first role's action, and the lookup's for the last one. */
const roleArn = policyDocument("assume-role").Statement[0]?.Resource ?? "";

const ofUnits: Partial<PackStatusArgs> = {
  accountPaths: true,
  expectedAccounts: { organizationalUnits: ["r-root"] },
};

interface Case {
  readonly policies: readonly (typeof policyNames)[number][];
  readonly what: string;
  readonly feature: Feature;
  readonly others?: Partial<PackStatusArgs>;
}

const cases: readonly Case[] = [
  { policies: ["lookup"], what: "the lookup", feature: lookup },
  { policies: ["lookup"], what: 'detail "unsuccessful"', feature: lookup, others: { detail: "unsuccessful" } },
  { policies: ["lookup"], what: "listed accounts", feature: lookup, others: { accountIds: ["200000000000"] } },
  { policies: ["lookup"], what: "expected accounts", feature: lookup, others: { expectedAccounts: ["200000000000"] } },
  { policies: ["lookup"], what: "waitForSettled", feature: wait },
  { policies: ["lookup"], what: "the resource", feature: resource },
  { policies: ["lookup"], what: "a required pack", feature: requiredPack },
  { policies: ["lookup-without-aggregate"], what: "the lookup", feature: lookup, others: { aggregate: false } },
  { policies: ["lookup-without-aggregate"], what: "the stream", feature: stream },
  { policies: ["lookup-without-aggregate"], what: "waitForSettled", feature: wait, others: { aggregate: false } },
  { policies: ["lookup-without-aggregate"], what: "the resource", feature: resource, others: { aggregate: false } },
  {
    policies: ["lookup-without-aggregate"],
    what: "a required pack",
    feature: requiredPack,
    others: { aggregate: false },
  },
  { policies: ["all-packs"], what: "all packs", feature: allPacks },
  { policies: ["all-packs"], what: "all required packs", feature: requiredAllPacks },
  { policies: ["organization"], what: "all packs", feature: allPacks, others: { expectedAccounts: "organization" } },
  { policies: ["lookup", "owner-tag"], what: "the owners", feature: owners, others: { ownerTag: "owner" } },
  {
    policies: ["organization", "owner-tag"],
    what: "the owners",
    feature: owners,
    others: { ownerTag: "owner", expectedAccounts: "organization" },
  },
  ...(
    [
      ["the lookup", lookup],
      ["waitForSettled", wait],
      ["the resource", resource],
      ["a required pack", requiredPack],
    ] as const
  ).flatMap(([what, feature]): Case[] => [
    { policies: ["organization"], what, feature, others: { expectedAccounts: "organization" } },
    { policies: ["organizational-units"], what, feature, others: ofUnits },
    { policies: ["assume-role", "lookup"], what, feature, others: { assumeRole: { roleArn } } },
  ]),
];

test.each(policyNames)("iam/%s.json is a policy document that allows actions by name", (name) => {
  const { Statement, Version, ...others } = policyDocument(name);
  expect({ Version, others }).toEqual({ Version: "2012-10-17", others: {} });
  expect(Statement).toHaveLength(1);
  for (const { Action, Effect, Resource, ...rest } of Statement) {
    expect(rest).toEqual({});
    expect(Effect).toBe("Allow");
    expect(Action).toEqual([...new Set(Action)]);
    expect(Action.filter((action) => !/^(config|organizations|sts):[A-Z][A-Za-z]+$/.test(action))).toEqual([]);
    expect(Resource).toMatch(name === "assume-role" ? /^arn:aws:iam::\d{12}:role\/\S+$/ : /^\*$/);
  }
});

test("no policy that is shipped is left out here", () => {
  expect(readdirSync(folder).sort()).toEqual(policyNames.map((name) => `${name}.json`).sort());
});

test("no action that is shipped changes anything at AWS", () => {
  for (const action of policyNames.flatMap(actionsOf).filter((action) => action !== "sts:AssumeRole")) {
    expect(action).toMatch(/^\w+:(Get|List|Describe)/);
  }
});

describe.each(cases)("$policies: $what", ({ feature, others, policies }) => {
  const actions = policies.flatMap(actionsOf);

  test("works with these actions, and uses each", async () => {
    const emulator = await emulate({ ...baseline, allowedActions: actions });
    expect(await feature(emulator, { ...args, ...others })).toBeUndefined();
    expect(new Set(emulator.requests.map(({ operation }) => actionOf(operation)))).toEqual(new Set(actions));
    if (!policies.includes("assume-role")) return;
    // Whoever assumes the role may do that alone, and assumes no other.
    const isAssuming = ({ operation }: EmulatedRequest): boolean => operation === "AssumeRole";
    const [, account = "", role = ""] = /^arn:aws:iam::(\d{12}):role\/(\S+)$/.exec(roleArn) ?? [];
    for (const request of emulator.requests) {
      if (isAssuming(request)) expect(request.input.RoleArn).toBe(roleArn);
      else expect(request.principal).toMatch(`arn:aws:sts::${account}:assumed-role/${role}/`);
    }
  });

  test.each(actions)("without %s, the error names it", async (action) => {
    const emulator = await emulate({ ...baseline, allowedActions: actions.filter((each) => each !== action) });
    expect(await feature(emulator, { ...args, ...others })).toBe(action);
  });
});

test.each<[(typeof policyNames)[number], Partial<PackStatusArgs>]>([
  ["lookup", {}],
  ["lookup", { detail: "unsuccessful" }],
  ["lookup", { expectedAccounts: ["200000000000"] }],
  ["lookup-without-aggregate", { aggregate: false }],
  ["all-packs", { name: "*" }],
  ["organizational-units", ofUnits],
  ["organization", { expectedAccounts: "organization" }],
])(
  "iam/%s.json has what a lookup with %j needs, and whichever is denied, the error names all",
  async (name, others) => {
    const actions = actionsOf(name);
    expect(neededActions(others).sort()).toEqual(actions.toSorted());
    for (const action of actions) {
      const { endpoint } = await emulate({ ...baseline, allowedActions: actions.filter((each) => each !== action) });
      // A lookup of all packs lists them first; each is then looked up as if it had been named.
      if (others.name === "*" && action !== "config:DescribeOrganizationConformancePacks") continue;
      const options = { settings: settingsFor(endpoint) };
      const gathering =
        others.name === "*" ? lookUpAllPacks({}, options) : gatherPackStatus({ ...args, ...others }, options);
      const { nextStep } = await lookupErrorOf(gathering);
      expect(nextStep).toContain(`This lookup needs ${neededActions(others).join(", ")} (iam/${name}.json).`);
    }
  },
);

test("with ownerTag, a denied lookup names the policies for both", async () => {
  const { endpoint } = await emulate({ ...baseline, allowedActions: [] });
  const gathering = gatherPackStatus({ ...args, ownerTag: "owner" }, { settings: settingsFor(endpoint) });
  const needed = [...actionsOf("lookup"), ...actionsOf("owner-tag")];
  expect((await lookupErrorOf(gathering)).nextStep).toContain(
    `This lookup needs ${needed.join(", ")} (iam/lookup.json, iam/owner-tag.json).`,
  );
});

test("a healthy pack needs no permission for owners", async () => {
  const { endpoint } = await emulate({ ...baseline, allowedActions: actionsOf("lookup") });
  const status = await gatherPackStatus({ ...args, ownerTag: "owner" }, { settings: settingsFor(endpoint) });
  expect(status).toMatchObject({ verdict: "PASSED", accountOwners: { owners: [] } });
});

test("the stream needs the rows alone", async () => {
  const { endpoint } = await emulate({ ...baseline, allowedActions: [] });
  const rows = streamMemberStatuses(args, { settings: settingsFor(endpoint) });
  const { nextStep } = await lookupErrorOf(rows.next());
  expect(nextStep).toContain(
    `This lookup needs ${actionsOf("lookup-without-aggregate").join()} (iam/lookup-without-aggregate.json).`,
  );
});

test("who may not assume the role learns what the last role needs", async () => {
  const { endpoint } = await emulate({ ...baseline, allowedActions: [] });
  const gathering = gatherPackStatus({ ...args, assumeRole: { roleArn } }, { settings: settingsFor(endpoint) });
  const { nextStep } = await lookupErrorOf(gathering);
  expect(nextStep).toContain("(iam/assume-role.json)");
  expect(nextStep).toContain(`The last role then needs ${neededActions({}).join(", ")} (iam/lookup.json).`);
});

describe("a chain of roles", () => {
  const settings = (endpoint: string) => settingsFor(endpoint, { assumeRoles: [{ roleArn }] });
  const second = { roleArn: "arn:aws:iam::333333333333:role/second" };
  const actions = [...actionsOf("assume-role"), ...actionsOf("lookup")];

  test("needs the same actions", async () => {
    const { endpoint, requests } = await emulate({ ...baseline, allowedActions: actions });
    await gatherPackStatus({ ...args, assumeRole: second }, { settings: settings(endpoint) });
    expect(requests.map(({ operation }) => operation)).toEqual(expect.arrayContaining(["AssumeRole", "AssumeRole"]));
  });

  test("whose second role may not be assumed is an access that is denied, to sts:AssumeRole", async () => {
    const emulator = await emulate({ ...baseline, allowedActions: actions });
    emulator.injectFault({ kind: "accessDenied", operation: "AssumeRole", after: 1 });
    const gathering = gatherPackStatus({ ...args, assumeRole: second }, { settings: settings(emulator.endpoint) });
    expect(await denied(gathering)).toBe("sts:AssumeRole");
  });
});

describe("the diagnosis", () => {
  const optional = actionsOf("diagnosis");
  const delegated = "222233334444";
  const organization = {
    accounts: [{ id: "111111111111" }, { id: delegated }, { id: "333333333333" }],
    delegatedAdministrators: [delegated],
  };
  /** What each action adds to an error's text, and for which caller. */
  const sentences: Readonly<Record<string, { readonly says: string; readonly from: string | undefined }>> = {
    "config:DescribeOrganizationConformancePacks": {
      says: 'The caller sees "baseline" in us-east-1.',
      from: undefined,
    },
    "organizations:DescribeOrganization": { says: ", the organization's management account.", from: undefined },
    "organizations:ListDelegatedAdministrators": { says: ", a delegated administrator for config-", from: delegated },
  };

  /** What a lookup of a pack that there is not says, or of one that is denied. */
  async function errorOf(allowed: readonly string[], from: string | undefined, name = "basline"): Promise<Error> {
    const allowedActions = [...allowed, ...actionsOf("assume-role")];
    const { endpoint } = await emulate({ ...baseline, organization, allowedActions });
    const assumeRoles = from === undefined ? [] : [{ roleArn: `arn:aws:iam::${from}:role/reader` }];
    const settings = settingsFor(endpoint, { assumeRoles });
    return rejectionOf(gatherPackStatus({ ...args, name }, { settings }));
  }

  test("is all that the file is for", () => {
    expect(Object.keys(sentences).sort()).toEqual([...optional].sort());
  });

  test.each(optional)("without %s, an unknown pack is the same error without its sentence", async (action) => {
    const { says = "", from } = sentences[action] ?? {};
    const full = await errorOf([...actionsOf("lookup"), ...optional], from);
    const without = await errorOf([...actionsOf("lookup"), ...optional.filter((each) => each !== action)], from);
    expect([full.name, without.name]).toEqual(Array(2).fill("NoSuchOrganizationConformancePackError"));
    expect(full.message).toContain(says);
    expect(without.message).not.toContain(says);
    expect(without.message).toContain("Cause: NoSuchOrganizationConformancePackException: ");
  });

  test.each(optional.filter((action) => action.startsWith("organizations:")))(
    "without %s, a denied lookup is the same error without its sentence",
    async (action) => {
      const { says = "", from } = sentences[action] ?? {};
      const full = await errorOf(optional, from, "baseline");
      const without = await errorOf(
        optional.filter((each) => each !== action),
        from,
        "baseline",
      );
      const [denied] = actionsOf("lookup");
      for (const error of [full, without]) expect(error).toMatchObject({ name: "AccessDeniedError", action: denied });
      expect(full.message).toContain(says);
      expect(without.message).not.toContain(says);
    },
  );

  test("without any of them, and without sts:GetCallerIdentity, the error is the same", async () => {
    const emulator = await emulate({ ...baseline, organization, allowedActions: actionsOf("lookup") });
    emulator.injectFault({ kind: "accessDenied", operation: "GetCallerIdentity" });
    const settings = settingsFor(emulator.endpoint);
    const error = await rejectionOf(gatherPackStatus({ ...args, name: "basline" }, { settings }));
    expect(error.name).toBe("NoSuchOrganizationConformancePackError");
    expect(error.message).not.toMatch(/The caller is|The caller sees/);
  });
});

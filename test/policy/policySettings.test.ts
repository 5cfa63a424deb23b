import * as pulumi from "@pulumi/pulumi";
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { configSchemaOf } from "../../policy/configSchema";
import { createPolicies } from "../../policy/policies";
import { policySettingsCheck } from "../../policy/policySettings";
import { settingsChecks } from "../../policy/settingsChecks";
import type { Tolerance } from "../../core/gate/tolerance";
import { packStatusChecks } from "../../core/status/packStatusChecks";
import { rejectionOf } from "../core/aws/emulate";
import { stackViolationsOf, violationsOf } from "./evaluate";
import { account, excepting, gateOf, rows } from "./stateOf";

const { incomplete, inProgress, memberFailed, requiredPacks, settled } = createPolicies();

const judging = { memberFailed, incomplete, inProgress, settled };
const props = gateOf(rows(3), {});

/** A run of one policy over a healthy resource. */
function run(policy: ResourceValidationPolicy | StackValidationPolicy, config: object): Promise<unknown> {
  return "validateStack" in policy
    ? stackViolationsOf(policy, [{ props }], config)
    : violationsOf(policy, { props }, config);
}

/** A configuration with its mistakes, each with the beginning of its reason. */
const mistakes: { config: object; says: string[] }[] = [
  {
    config: { maxAccountShown: 3 },
    says: ['maxAccountShown: There is no such argument. Did you mean "maxAccountsShown"?'],
  },
  { config: { packs: [{ name: "baseline" }] }, says: ["packs: There is no such argument."] },
  { config: { maxAccountsShown: 0 }, says: ["maxAccountsShown: 0 is not a whole number from 1 to 10000."] },
  { config: { maxAccountsShown: "20" }, says: ['maxAccountsShown: "20" is not a whole number'] },
  { config: { maxGroupsShown: 1.5 }, says: ["maxGroupsShown: 1.5 is not a whole number from 1 to 1000."] },
  {
    config: { tolerate: [] },
    says: ["tolerate: A list of 0 entries is not an object with accounts, maxFailedAccounts"],
  },
  { config: { tolerate: "all" }, says: ['tolerate: "all" is not an object'] },
  {
    config: { tolerate: { acounts: [] } },
    says: ['tolerate.acounts: There is no such argument. Did you mean "accounts"?'],
  },
  { config: { tolerate: { accounts: account(1) } }, says: ['tolerate.accounts: "100000000001" is not a list'] },
  { config: { tolerate: { accounts: [account(1)] } }, says: ['tolerate.accounts[0]: "100000000001" is not an object'] },
  {
    config: { tolerate: { accounts: [{ accountId: account(1) }] } },
    says: ["tolerate.accounts[0].reason: It is required: a reason of 1 to 500 characters."],
  },
  {
    config: { tolerate: { accounts: [{ accountId: account(1), reason: " " }] } },
    says: ['tolerate.accounts[0].reason: " " is not a reason'],
  },
  {
    config: { tolerate: { accounts: [{ reason: "Ann." }] } },
    says: ["tolerate.accounts[0].accountId: It is required: an account id: a text of 12 digits."],
  },
  {
    config: {
      tolerate: {
        accounts: [...(excepting(1).accounts ?? []), { accountId: "1", reason: "Ann.", until: "2030-01-01" }],
      },
    },
    says: [
      'tolerate.accounts[1].accountId: "1" is not an account id',
      "tolerate.accounts[1].until: There is no such argument.",
    ],
  },
  {
    config: { tolerate: excepting(1, { expires: "2030-02-30" }) },
    says: ['tolerate.accounts[0].expires: "2030-02-30" is not a day'],
  },
  {
    config: { tolerate: excepting(1, { expires: "tomorrow" }) },
    says: ['tolerate.accounts[0].expires: "tomorrow" is not a day'],
  },
  {
    config: { tolerate: excepting(1, { regions: ["Virginia"] }) },
    says: ['tolerate.accounts[0].regions[0]: "Virginia" is not a region'],
  },
  {
    config: { tolerate: excepting(1, { regions: [] }) },
    says: ["tolerate.accounts[0].regions: The list has 0 entries"],
  },
  { config: { tolerate: { maxFailedAccounts: -1 } }, says: ["tolerate.maxFailedAccounts: -1 is not a whole number"] },
  {
    config: { tolerate: { maxFailedPercent: 101 } },
    says: ["tolerate.maxFailedPercent: 101 is not a number from 0 to 100."],
  },
  {
    config: { tolerate: { inProgress: "alow" } },
    says: ['tolerate.inProgress: "alow" is not one of allow, warn, refuse. Did you mean "allow"?'],
  },
  {
    config: { tolerate: { noSuchPack: true } },
    says: ["tolerate.noSuchPack: true is not one of allow, warn, refuse."],
  },
  {
    config: { maxAccountsShown: 0, tolerate: { maxFailedPercent: -1 } },
    says: ["maxAccountsShown: 0 is", "tolerate.maxFailedPercent: -1 is"],
  },
];
const notAnAge = ["60", 0, 0.5, null].map((minutes) => ({
  config: { maxStatusAgeMinutes: minutes },
  says: [`maxStatusAgeMinutes: ${minutes === "60" ? '"60"' : String(minutes)} is not a number of minutes, 1 or more.`],
}));

describe.each(Object.entries(judging))("%s", (_, policy) => {
  test.each([...mistakes, ...notAnAge])("refuses $config by its key, without a stack", async ({ config, says }) => {
    const error = await rejectionOf(run(policy, config));
    const lines = error.message.split("\n");
    expect(lines[0]).toBe("The policy's configuration is not valid.");
    expect(lines.slice(1)).toHaveLength(says.length);
    says.forEach((text, index) => {
      expect(lines[index + 1]?.slice(0, policy.name.length + 1 + text.length)).toBe(`${policy.name}.${text}`);
    });
    // The policy SDK prints the stack.
    expect(error.stack).toBe(error.message);
    expect(error.stack).not.toMatch(/^ {4}at /m);
  });
});

test.each(Object.entries({ memberFailed, incomplete, inProgress, settled }))(
  "%s refuses a mistake in its configuration at the first resource, whatever that is: before anything is changed",
  async (_, policy) => {
    await expect(violationsOf(policy, { type: "a:b:C", props: {} }, { nonsense: true })).rejects.toThrow("nonsense");
    expect(await violationsOf(policy, { type: "a:b:C", props: {} }, {})).toEqual([]);
  },
);

const everything: Tolerance = {
  accounts: [
    { accountId: account(1), regions: ["us-east-1", "eu-west-1"], reason: "x".repeat(500), expires: "2020-02-29" },
    { accountId: account(1), reason: "Ann: first line\nsecond line" },
  ],
  maxFailedAccounts: 50_000,
  maxFailedPercent: 100,
  inProgress: "allow",
  noSuchPack: "warn",
};
const tolerances: object[] = [
  {},
  { accounts: [] },
  everything,
  { maxFailedAccounts: 0, maxFailedPercent: 0, inProgress: "refuse", noSuchPack: "refuse" },
  { maxFailedPercent: 0.5, inProgress: "warn", noSuchPack: "allow" },
];
const shownBounds = [
  {},
  { maxAccountsShown: 1, maxGroupsShown: 1 },
  { maxAccountsShown: 10_000, maxGroupsShown: 1_000 },
  { contact: "x".repeat(200), runbookUrl: "https://wiki.example.com/packs", nextSteps: {} },
  { nextSteps: { NoAvailableConfigurationRecorderException: "Run the job recorder-on." } },
];
const roleArn = "arn:aws:iam::222222222222:role/reader";

/** What the check of each policy accepts, at its bounds. */
const accepted: [string, ResourceValidationPolicy | StackValidationPolicy, object[]][] = [
  ...Object.entries(judging).map(([name, policy]): (typeof accepted)[number] => [
    name,
    policy,
    [
      ...shownBounds,
      ...tolerances.map((tolerate) => ({ tolerate })),
      { maxStatusAgeMinutes: 1 },
      { maxStatusAgeMinutes: 2_000_000.5 },
    ],
  ]),
  [
    "requiredPacks",
    requiredPacks,
    [
      ...shownBounds,
      ...[
        { name: "a" },
        { name: `a${"-".repeat(127)}`, regions: ["us-east-1"], aggregate: false, stuckAfterMinutes: 0.5 },
        { name: "a", accountIds: [account(1)] },
        { name: "a", accountPaths: true, expectedAccounts: { organizationalUnits: ["r-root"], recursive: false } },
        { name: "*", except: ["a", "b"] },
        { name: "a", ownerTag: "o" },
        { name: "a", ownerTag: `cost center/Besitzer:ü_.=+@-${"x".repeat(100)}` },
        { name: "a", expectedAccounts: [account(1)] },
        { name: "a", expectedAccounts: "organization", excludedAccounts: [account(1)] },
        { name: "a", detail: "all", aggregate: false },
        { name: "a", detail: "unsuccessful" },
        { name: "a", assumeRole: { roleArn } },
        { name: "a", assumeRole: { roleArn, externalId: "x1", sessionName: "gate", durationSeconds: 900 } },
        { name: "a", pageSize: 1, maxPages: 1, maxConcurrentRegions: 1, maxAttempts: 1 },
        { name: "a", pageSize: 100, maxPages: 1_000_000, maxConcurrentRegions: 50, maxAttempts: 100 },
        { name: "a", requestTimeoutSeconds: 0.5, timeoutSeconds: 86_400 },
        ...tolerances.map((tolerate) => ({ name: "a", tolerate })),
      ].map((pack) => ({ packs: [pack] })),
      { packs: Array.from({ length: 100 }, (_, index) => ({ name: `pack-${String(index)}` })) },
    ],
  ],
];

const keysOf = (objects: readonly object[]): string[] =>
  [...new Set(objects.flatMap((object) => Object.keys(object)))].sort();

afterEach(() => {
  pulumi.runtime.setAllConfig({});
});

describe.each(accepted)("what %s takes", (_name, policy, configs) => {
  test.each(configs)("is no mistake: %j", async (config) => {
    // No required pack is looked up: what counts is that its arguments are no mistake.
    pulumi.runtime.setAllConfig({ "aws:region": "nowhere" });
    const violations = (await run(policy === requiredPacks ? createPolicies().requiredPacks : policy, config)) as [
      message: string,
    ][];
    for (const [message] of violations) expect(message).toMatch(/^aws:region: "nowhere" is not a region/);
    expect(violations).toHaveLength("packs" in config ? (config.packs as object[]).length : 0);
  });

  test("these are all keys of its schema", () => {
    expect(keysOf(configs)).toEqual(Object.keys(policy.configSchema?.properties ?? {}).sort());
  });
});

test("a required pack takes every argument of a lookup but statuses, a tolerance, and what all packs leave out", () => {
  const packs = accepted.flatMap(([, , configs]) =>
    configs.flatMap((config) => ("packs" in config ? config.packs : [])),
  );
  const { statuses, ...lookup } = packStatusChecks;
  expect(statuses).toBeDefined();
  const keys = keysOf([lookup, { tolerate: {}, except: [] }]);
  expect(keysOf(packs as object[])).toEqual(keys);
  for (const key of keys) expect(requiredPacks.configSchema?.properties.packs?.description).toContain(key);
});

describe("the settings as the policy SDK takes them", () => {
  const settings = (runs: boolean) =>
    Object.values(settingsChecks).flatMap((check) => Object.entries(configSchemaOf(check, runs).properties));

  test("are not typed in a run, so that a policy's own check refuses: the Pulumi CLI's would say less", () => {
    const typed = settings(false);
    expect(typed.map(([, { default: value }]) => value)).toEqual(expect.arrayContaining([20, undefined]));
    expect(settings(true)).toStrictEqual(
      typed.map(([key, { default: value, description }]) => {
        expect(description).toMatch(/\.$/);
        return [key, { description, ...(value !== undefined && { default: value }) }];
      }),
    );
  });

  test("are typed when the pack is published, so that Pulumi Cloud's form knows them", () => {
    expect(Object.fromEntries(settings(false))).toMatchObject({
      maxAccountsShown: { type: "integer", minimum: 1, maximum: 10_000, default: 20 },
      maxStatusAgeMinutes: { type: "number", minimum: 1 },
      tolerate: { type: "object", properties: { inProgress: { enum: ["allow", "warn", "refuse"] } } },
      packs: { type: "array", items: { required: ["name"], properties: { assumeRole: { required: ["roleArn"] } } } },
    });
  });

  test.each([
    ["a preview", "PULUMI_NODEJS_DRY_RUN", "true"],
    ["an update", "PULUMI_NODEJS_DRY_RUN", "false"],
    ["a preview of an older Pulumi", "PULUMI_DRY_RUN", "true"],
  ])("are not typed in %s, which has a stack", (_, variable, isDryRun) => {
    process.env[variable] = isDryRun;
    try {
      expect(createPolicies().memberFailed.configSchema).toEqual(configSchemaOf(policySettingsCheck, true));
    } finally {
      Reflect.deleteProperty(process.env, variable);
    }
    expect(createPolicies().memberFailed.configSchema).toEqual(configSchemaOf(policySettingsCheck, false));
  });
});

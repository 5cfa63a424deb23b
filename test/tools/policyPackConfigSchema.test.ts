import Ajv from "ajv";
import addFormats from "ajv-formats";
import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonSchema } from "../../core/checks/jsonSchema";
import { createPolicies } from "../../policy/policies";
import { settingsChecks } from "../../policy/settingsChecks";
import { repository } from "../../tools/localStack";
import { policyPackConfigSchema, policyPackConfigSchemaText } from "../../tools/policyPackConfigSchema";
import { except, excepting } from "../builders/exceptions";

const schema = policyPackConfigSchema();
const accepts = addFormats(new Ajv({ strictSchema: true, strictTypes: false })).compile(schema);

const requiredPacks = "organization-conformance-pack-required-packs";
const memberFailed = "organization-conformance-pack-member-failed";
const roleArn = "arn:aws:iam::222222222222:role/reader";

// If this fails, run: npm run schemas:update
test("the published schema is the one that the checks of the policies make", () => {
  const published = readFileSync(join(repository, "schemas", "policy-pack-config.schema.json"), "utf8");
  expect(published).toBe(policyPackConfigSchemaText());
});

test("it has every policy of the pack, and no other", () => {
  const names = createPolicies().policies.map(({ name }) => name);
  expect(Object.keys(settingsChecks)).toEqual(names);
  expect(Object.keys(schema.definitions)).toEqual(["all", ...names]);
});

test("it says a sentence about every key", () => {
  const undescribed = (of: JsonSchema, path: string): string[] => [
    ...Object.entries(of.properties ?? {}).flatMap(([key, value]) =>
      typeof value === "boolean"
        ? []
        : [...(value.description?.endsWith(".") ? [] : [`${path}.${key}`]), ...undescribed(value, `${path}.${key}`)],
    ),
    ...[...(of.anyOf ?? []), ...(of.items ? [of.items] : [])].flatMap((part) => undescribed(part, path)),
  ];
  expect(undescribed({ properties: schema.definitions }, "")).toEqual([]);
});

/** Settings that are allowed, with every key in one of them. */
const allowed: [policy: string, settings: Readonly<Record<string, unknown>>][] = [
  [memberFailed, {}],
  [
    memberFailed,
    {
      maxAccountsShown: 1,
      maxGroupsShown: 1_000,
      maxStatusAgeMinutes: 1.5,
      contact: "#cloud-governance",
      runbookUrl: "https://wiki.example.com/packs",
      nextSteps: { NoAvailableConfigurationRecorderException: "Run the job recorder-on." },
      tolerate: {
        accounts: [except(1, { regions: ["us-east-1", "eu-west-1"], expires: "2030-01-31" })],
        maxFailedAccounts: 0,
        maxFailedPercent: 0.5,
        inProgress: "warn",
        noSuchPack: "allow",
      },
    },
  ],
  [
    requiredPacks,
    {
      packs: [
        { name: "a", regions: ["us-east-1"], expectedAccounts: "organization", excludedAccounts: ["100000000001"] },
        { name: "b", detail: "unsuccessful", aggregate: true, assumeRole: { roleArn, externalId: "x1" } },
        { name: "c", accountIds: ["100000000001"], detail: "all", aggregate: false, tolerate: excepting(2) },
        { name: "d", expectedAccounts: ["100000000001"], pageSize: 1, timeoutSeconds: 0.5, stuckAfterMinutes: 60 },
        { name: "e", assumeRole: { roleArn, sessionName: "gate", durationSeconds: 900 }, maxPages: 1, maxAttempts: 1 },
        { name: "f", maxConcurrentRegions: 50, requestTimeoutSeconds: 900 },
      ],
    },
  ],
  ["organization-conformance-pack-tolerated", {}],
];

/** Values that are of the wrong type, out of bounds, misspelled or misplaced somewhere. */
const strayValue = fc.constantFrom<unknown>(
  null,
  true,
  false,
  0,
  -1,
  1,
  0.5,
  100,
  100.5,
  1e9,
  "",
  " ",
  "organization",
  "Organization",
  "all",
  "unsuccessful",
  "warn",
  "us-east-1",
  "100000000001",
  "2030-02-30",
  "2030-02-28",
  roleArn,
  "x".repeat(129),
  "x".repeat(501),
  "😀".repeat(300),
  [],
  {},
  ["us-east-1"],
  ["us-east-1", "us-east-1"],
  ["100000000001"],
  [{ accountId: "100000000001", reason: "Ann." }],
  [{ accountId: "100000000001" }],
  { accountId: "100000000001", reason: "Ann." },
);

/** A copy of a value with something changed in it: a value, a new key, or a key less. */
function changed(value: unknown, path: readonly number[], stray: unknown, key: string): unknown {
  const [next, ...rest] = path;
  if (typeof value !== "object" || value === null || next === undefined) return stray;
  if (Array.isArray(value)) {
    const list = value as readonly unknown[];
    const index = next % (list.length + 1);
    return [...list.slice(0, index), changed(list[index], rest, stray, key), ...list.slice(index + 1)];
  }
  const keys = Object.keys(value);
  const at = keys[next % (keys.length + 2)];
  if (at !== undefined) return { ...value, [at]: changed((value as Record<string, unknown>)[at], rest, stray, key) };
  if (next % 2 === 0) return { ...value, [key]: stray };
  return Object.fromEntries(Object.entries(value).slice(1));
}

test("it accepts what a policy's own check accepts, and refuses what that refuses", () => {
  for (const [policy, settings] of allowed) {
    expect({ settings, mistakes: settingsChecks[policy]?.(settings, policy) }).toEqual({ settings, mistakes: [] });
    expect({ settings, accepted: accepts({ [policy]: settings }) }).toEqual({ settings, accepted: true });
  }
  let refused = 0;
  const keys = [
    "accountIds",
    "expectedAccounts",
    "excludedAccounts",
    "detail",
    "aggregate",
    "statuses",
    "regions",
    "x",
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...allowed),
      fc.array(fc.nat(20), { minLength: 1, maxLength: 6 }),
      strayValue,
      fc.constantFrom(...keys),
      ([policy, settings], path, stray, key) => {
        const config = changed(settings, path, stray, key);
        // The Pulumi CLI knows a level, and no other value that is not an object.
        fc.pre(typeof config === "object" && config !== null && !Array.isArray(config));
        const isRight = settingsChecks[policy]?.(config, policy).length === 0;
        if (!isRight) refused += 1;
        expect({ config, accepted: accepts({ [policy]: config }) }).toEqual({ config, accepted: isRight });
      },
    ),
    { numRuns: 2_000 },
  );
  expect(refused).toBeGreaterThan(500);
});

import { readFileSync } from "node:fs";
import { awsProviderSettings } from "../../core/aws/awsProviderSettings";
import { pluginNamespace } from "../../core/aws/settingsNamespace";
import { recordSchema, schemaOf } from "../../core/checks/check";
import { gateChecks } from "../../core/gate/gateChecks";
import { organizationResourceDetailedStatuses } from "../../core/status/detailedStatus";
import { packStatusChecks } from "../../core/status/packStatusChecks";
import type { PackStatus } from "../../core/status/packStatus";
import { gateInputChecks } from "../../provider/gateInputs";
import { encodeState } from "../../provider/gateState";
import { schemaFile, schemaText } from "../../tools/providerSchema";
import { except } from "../builders/exceptions";
import { account, row } from "../builders/members";
import { expecting, statusOf } from "../builders/packStatus";
import { namesBelow, page } from "../docs/pages";

interface TypeSpec {
  readonly type?: string;
  readonly description?: string;
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly oneOf?: readonly TypeSpec[];
  readonly secret?: boolean;
}
type Properties = Readonly<Record<string, TypeSpec>>;
interface ObjectSpec {
  readonly properties: Properties;
  readonly required?: readonly string[];
}
interface ResourceSpec extends ObjectSpec {
  readonly inputProperties: Properties;
  readonly requiredInputs: readonly string[];
}

const text = readFileSync(schemaFile, "utf8");
const schema = JSON.parse(text) as {
  readonly config: { readonly variables: Properties };
  readonly provider: { readonly inputProperties: Properties };
  readonly types: Readonly<Record<string, ObjectSpec>>;
  readonly resources: { readonly "org-conformance:index:OrganizationConformancePackStatus": ResourceSpec };
  readonly functions: {
    readonly "org-conformance:index:getOrganizationConformancePackStatus": {
      readonly inputs: ObjectSpec;
      readonly outputs: ObjectSpec;
    };
  };
};
const { "org-conformance:index:OrganizationConformancePackStatus": gate } = schema.resources;
const { "org-conformance:index:getOrganizationConformancePackStatus": lookup } = schema.functions;

test("provider/schema.json is what `npm run schema` makes of the types", () => {
  expect(text).toBe(schemaText());
});

describe("the schema has the arguments that are checked, and no others:", () => {
  test.each([
    ["the gate", Object.keys(gate.inputProperties), Object.keys(gateInputChecks)],
    ["the function", Object.keys(lookup.inputs.properties), Object.keys(packStatusChecks)],
    ["assumeRole", keysOf("AssumeRole"), allowedIn((value) => packStatusChecks.assumeRole(value, ""))],
    ["waitForSettled", keysOf("WaitForSettled"), allowedIn((value) => gateChecks.waitForSettled(value, ""))],
    ["tolerate", keysOf("Tolerance"), allowedIn((value) => gateChecks.tolerate(value, ""))],
    ["an exception", keysOf("ToleratedAccount"), allowedIn((value) => gateChecks.tolerate({ accounts: [value] }, ""))],
  ])("%s", (_, inSchema, checked) => {
    expect(checked).not.toEqual([]);
    expect([...inSchema].sort()).toEqual([...checked].sort());
  });
});

describe("the policies' schema has the same defaults as the provider's:", () => {
  test.each([
    ["arguments", gate.inputProperties, recordSchema(packStatusChecks)],
    ["assumeRole", propertiesOf("AssumeRole"), schemaOf(packStatusChecks.assumeRole)],
    ["tolerate", propertiesOf("Tolerance"), schemaOf(gateChecks.tolerate)],
  ])("%s", (_what, properties, { properties: described = {} }) => {
    const defaults = Object.entries(described).flatMap(([key, of]) => defaultIn(key, of as TypeSpec) ?? []);
    expect(defaults).not.toEqual([]);
    // The provider's may go on with the reason.
    const given = defaults.map(({ key, is }) => ({ key, is: defaultIn(key, properties[key])?.is.slice(0, is.length) }));
    expect(given).toEqual(defaults);
  });
});

test("docs/reference.md has a row for each argument of the schema", () => {
  const reference = page("docs/reference.md");
  const rows = ["Arguments of a lookup", "Arguments of the gate"].flatMap((heading) => namesBelow(reference, heading));
  expect(rows.sort()).toEqual(Object.keys(gate.inputProperties).sort());
});

test("the arguments that are required are those without which the check complains", () => {
  expect(gate.requiredInputs).toEqual(["name"]);
  expect(lookup.inputs.required).toEqual(["name"]);
});

test("the provider has each aws:* setting that a lookup heeds, and no other", () => {
  const heeded = Object.entries(awsProviderSettings).flatMap(([name, is]) => (is === "heeded" ? [name] : []));
  expect(Object.keys(schema.provider.inputProperties).sort()).toEqual(heeded.sort());
  expect(schema.config.variables).toEqual(schema.provider.inputProperties);
});

test.each(["accessKey", "secretKey", "token", "assumeRoles", "assumeRoleWithWebIdentity", "httpProxy", "httpsProxy"])(
  "the provider's %s is a secret",
  (name) => {
    expect(schema.provider.inputProperties[name]).toMatchObject({ secret: true });
  },
);

test("everything in the schema is described", () => {
  expect(withoutDescription(schema, "schema")).toEqual([]);
});

describe("what a lookup finds has the types of the schema:", () => {
  const failure = { errorCode: "X", errorMessage: "Account 000000000002 has no recorder." };
  const members = [
    row({ accountName: "payments", lastUpdateTime: "2026-01-02T03:04:05.678Z" }),
    row({ accountId: account(2), status: "CREATE_FAILED", ...failure }),
    row({ accountId: account(3), status: "UPDATE_IN_PROGRESS", lastUpdateTime: "2026-01-02T03:04:05.678Z" }),
    row({ accountId: account(4), status: "UPDATE_IN_PROGRESS", lastUpdateTime: "1999-01-02T03:04:05.678Z" }),
    row({ accountId: account(5), status: "PAUSED", ...failure, errorMessage: "<accountId>" }),
  ];
  const now = new Date("2026-01-02T03:05:00Z");
  const mixed = statusOf(members, {
    regions: expecting(1, 2, 9),
    aggregate: "CREATE_FAILED",
    stuckAfterMinutes: 10,
    now,
  });
  const args = {
    name: "baseline",
    regions: ["us-east-1"],
    accountIds: [account(1)],
    statuses: organizationResourceDetailedStatuses,
    excludedAccounts: [account(9)],
    aggregate: true,
    detail: "all",
    stuckAfterMinutes: 0.5,
    assumeRole: {
      roleArn: "arn:aws:iam::111111111111:role/a",
      externalId: "ab",
      sessionName: "ab",
      durationSeconds: 900,
    },
    pageSize: 100,
    maxPages: 1,
    maxConcurrentRegions: 1,
    maxAttempts: 1,
    requestTimeoutSeconds: 0.5,
    timeoutSeconds: 1,
    failOn: "never",
    tolerate: {
      accounts: [except(1, { regions: ["us-east-1"], expires: "2026-01-02" })],
      maxFailedAccounts: 1,
      maxFailedPercent: 0.5,
      inProgress: "warn",
      noSuchPack: "allow",
    },
    triggers: "digest",
  };
  const gated = (status: PackStatus, others: object = {}): unknown => ({
    ...args,
    ...others,
    ...encodeState(status, now),
  });

  test.each<[string, ObjectSpec, unknown]>([
    ["a function's result", lookup.outputs, mixed],
    ["a result without anything", lookup.outputs, statusOf([])],
    ["a gate's state", gate, gated(mixed)],
    ["a gate's state, with a list of accounts", gate, gated(mixed, { expectedAccounts: [account(1)] })],
    ["a gate's state, with all accounts", gate, gated(mixed, { expectedAccounts: "organization" })],
    ["a gate's state, with a wait", gate, gated(mixed, { waitForSettled: true })],
    [
      "a gate's state, with limits of a wait",
      gate,
      gated(mixed, { waitForSettled: { timeoutSeconds: 1, pollSeconds: 0.5 } }),
    ],
    ["a gate's state without anything", gate, gated(statusOf([]))],
  ])("%s", (_, spec, value) => {
    expect(mismatches(JSON.parse(JSON.stringify(value)), spec)).toEqual([]);
  });

  test("a value of another type, a key too many and a missing one are found", () => {
    const { counts, verdict, ...others } = mixed;
    expect(verdict).toBe("FAILED");
    expect(mismatches({ ...others, counts: { ...counts, total: "3", more: 1 } }, lookup.outputs)).toEqual([
      ".verdict is missing",
      ".counts.total is no integer",
      ".counts.more is not in the schema",
    ]);
  });
});

function propertiesOf(type: string): Properties {
  return schema.types[`org-conformance:index:${type}`]?.properties ?? {};
}

function keysOf(type: string): string[] {
  return Object.keys(propertiesOf(type));
}

/** The default that a description gives, without marks of code and in the words of a program's settings. */
function defaultIn(key: string, of: TypeSpec | undefined): { key: string; is: string } | undefined {
  const [, is] = /\bDefault:? (.*?)\.(?= |$)/s.exec(of?.description?.replaceAll("`", "") ?? "") ?? [];
  return is === undefined ? undefined : { key, is: is.replaceAll(`${pluginNamespace}:`, "aws:") };
}

/** The keys of an object that a check allows: a refusal of another key lists them. */
function allowedIn(check: (value: unknown) => { readonly reason: string }[]): string[] {
  const reasons = check({ notAnArgument: true }).map(({ reason }) => reason);
  const [, keys = ""] = /There are: ([^.]+)\./.exec(reasons.join(" ")) ?? [];
  return keys.split(", ");
}

/** The places of types and properties that have no description. */
function withoutDescription(value: unknown, at: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  const isSpecList = /\.(properties|inputProperties|variables|types|resources|functions)$/.test(at);
  return entries.flatMap(([key, entry]) => [
    ...(isSpecList && !(entry as { description?: string }).description ? [`${at}.${key}`] : []),
    ...withoutDescription(entry, `${at}.${key}`),
  ]);
}

/** Where a value does not have the properties and types of a specification. */
function mismatches(value: unknown, { properties, required = [] }: ObjectSpec, at = ""): string[] {
  const object = value as Readonly<Record<string, unknown>>;
  return [
    ...required.filter((key) => !(key in object)).map((key) => `${at}.${key} is missing`),
    ...Object.entries(object).flatMap(([key, entry]) => {
      const spec = properties[key];
      return spec ? typeMismatches(entry, spec, `${at}.${key}`) : [`${at}.${key} is not in the schema`];
    }),
  ];
}

function typeMismatches(value: unknown, spec: TypeSpec, at: string): string[] {
  const { $ref, additionalProperties, items, oneOf, type } = spec;
  if ($ref === "pulumi.json#/Any") return [];
  if (oneOf) {
    const each = oneOf.map((one) => typeMismatches(value, one, at));
    return each.some(({ length }) => length === 0) ? [] : each.flat();
  }
  const referred = $ref === undefined ? undefined : schema.types[$ref.replace("#/types/", "")];
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (referred) return isObject ? mismatches(value, referred, at) : [`${at} is no object`];
  if (items) {
    if (!Array.isArray(value)) return [`${at} is no array`];
    return value.flatMap((entry, index) => typeMismatches(entry, items, `${at}[${String(index)}]`));
  }
  if (additionalProperties) {
    if (!isObject) return [`${at} is no object`];
    return Object.entries(value).flatMap(([key, entry]) => typeMismatches(entry, additionalProperties, `${at}.${key}`));
  }
  const fits = type === "integer" ? Number.isInteger(value) : typeof value === type;
  return fits ? [] : [`${at} is no ${String(type)}`];
}

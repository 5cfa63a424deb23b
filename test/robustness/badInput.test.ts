import * as pulumi from "@pulumi/pulumi";
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type * as dynamic from "@pulumi/pulumi/dynamic";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "../../emulator";
import { incomplete, inProgress, memberFailed, settled } from "../../policy/index";
import type { InvalidArgumentsError } from "../../core/errors";
import { gatherPackStatus } from "../../core/lookup/gatherPackStatus";
import { streamMemberStatuses } from "../../core/lookup/streamMemberStatuses";
import type { PackStatusArgs } from "../../core/status/packStatusArgs";
import { PackStatusProvider } from "../../provider/dynamicProvider";
import { decide } from "../../core/gate/decideChecked";
import type { Tolerance } from "../../core/gate/tolerance";
import type { Problem } from "../../core/checks/problem";
import {
  decide as decideInProgram,
  getOrganizationConformancePackStatus,
  OrganizationConformancePackStatus,
  streamOrganizationConformancePackMemberStatuses,
} from "../../sdk/nodejs";
import { createPolicies } from "../../policy/policies";
import { stackViolationsOf, violationsOf } from "../policy/evaluate";
import { gateOf, rows } from "../policy/stateOf";
import "../core/aws/awsEnvironment";
import { rejectionOf, settingsFor } from "../core/aws/emulate";
import { harm } from "../core/text/hostileText";
import { account, rows as memberRows } from "../builders/members";
import { statusOf } from "../builders/packStatus";
import { setMocks } from "../sdk/nodejs/mocks";
import { expectSanitized } from "./errorText";

/** A bad input: the property that is named, the value as it is quoted, and what is allowed in its place. */
type Row<Input> = readonly [input: Input, property: string, value: string, allowed: string];

const name = "baseline";
const id = account(1);
const long = "x".repeat(10_000);
const cut = `"${"x".repeat(79)}… (9922 more characters)`;

const aName = "an organization conformance pack's name: 1 to 128 letters, digits and hyphens, a letter first";
const aRegion = 'a region, such as "us-east-1"';
const anId = "an account id: a text of 12 digits";
const anOutput = "An Output is not a known value.";
const aPromise = "A Promise is not a known value.";

/** How a value of JSON, or a Map, is quoted. */
function shown(value: unknown): string {
  if (Array.isArray(value))
    return value.length === 1 ? "A list of 1 entry" : `A list of ${String(value.length)} entries`;
  if (value instanceof Map) return "A value of the type Map";
  return typeof value === "object" && value !== null ? "An empty object" : JSON.stringify(value);
}

/** A list with a hole in it. */
function sparse(...entries: readonly unknown[]): unknown[] {
  const list: unknown[] = [...entries];
  list.length += 1;
  return list;
}

/** Own keys that an object has by inheritance, as JSON brings them. */
const fromJson = (text: string): unknown => JSON.parse(text) as unknown;

/** Each value that is no number of a kind, and how it is quoted. */
const noNumbers: readonly (readonly [value: unknown, shown: string])[] = [
  [null, "null"],
  [NaN, "NaN"],
  [Infinity, "Infinity"],
  [-Infinity, "-Infinity"],
  [-0, "-0"],
  [0, "0"],
  [-1, "-1"],
  ["1", '"1"'],
  ["", '""'],
  ["１", '"１"'],
  [true, "true"],
  [[], "A list of 0 entries"],
  [[1], "A list of 1 entry"],
  [{}, "An empty object"],
  [1n, "1n"],
  [Symbol("one"), "Symbol(one)"],
  [() => 1, "A function"],
  [new Date(0), "A value of the type Date"],
];

/** What of a text is wrong in any place, with what is to be seen of it. */
const noTexts: readonly (readonly [value: unknown, shown: string])[] = [
  [null, "null"],
  [0, "0"],
  [false, "false"],
  [NaN, "NaN"],
  [10n, "10n"],
  [Symbol("s"), "Symbol(s)"],
  [() => name, "A function"],
  [[name], "A list of 1 entry"],
  [{ name }, "An object with name"],
  [new String(name), "A value of the type String"],
  [Promise.resolve(name), "A Promise"],
  ["", '""'],
  [" ", '" "'],
  ["\t", String.raw`"\t"`],
  [" baseline", '" baseline"'],
  ["baseline ", '"baseline "'],
  ["baseline\n", String.raw`"baseline\n"`],
  ["base\0line", String.raw`"base\u0000line"`],
  ["\u001b[31mbaseline\u001b[0m", String.raw`"\u001b[31mbaseline\u001b[0m"`],
  ["x\n::error::baseline", String.raw`"x\n: :error::baseline"`],
  ["##vso[task.complete]", '"# #vso[task.complete]"'],
  ["base\u202eenil", String.raw`"base\u{202e}enil"`],
  ["base\u200bline", String.raw`"base\u{200b}line"`],
  ["base\u00a0line", String.raw`"base\u{a0}line"`],
  ["\ufeffbaseline", String.raw`"\u{feff}baseline"`],
  ["bаseline", '"bаseline"'],
  ["base\ud800line", String.raw`"base\ud800line"`],
  ["__proto__", '"__proto__"'],
];

/** Texts that look like an account id. */
const noIds: readonly (readonly [value: unknown, shown: string, allowed?: string])[] = [
  [111111111111, "111111111111 is a number", "Put the account id in quotes"],
  ["11111111111", '"11111111111"'],
  ["1111111111111", '"1111111111111"'],
  [" 111111111111", '" 111111111111"'],
  ["111111111111 ", '"111111111111 "'],
  ["1111-1111-1111", '"1111-1111-1111"'],
  ["1.11111111e11", '"1.11111111e11"'],
  ["-11111111111", '"-11111111111"'],
  ["0x1111111111", '"0x1111111111"'],
  ["١١١١١١١١١١١١", '"١١١١١١١١١١١١"'],
  ["１１１１１１１１１１１１", '"１１１１１１１１１１１１"'],
  ["11111111111١", '"11111111111١"'],
  ["11111111111O", '"11111111111O"'],
  ["111111111111\u200b", String.raw`"111111111111\u{200b}"`],
  ["arn:aws:iam::111111111111:root", '"arn:aws:iam::111111111111:root"'],
];

const noArguments: readonly (readonly [value: unknown, shown: string])[] = [
  [undefined, "undefined"],
  [null, "null"],
  [0, "0"],
  ["baseline", '"baseline"'],
  [true, "true"],
  [[name], "A list of 1 entry"],
  [() => ({ name }), "A function"],
  [Symbol("args"), "Symbol(args)"],
  [1n, "1n"],
  [new Map([["name", name]]), "A value of the type Map"],
  [Promise.resolve({ name }), "A Promise"],
];

const integers = { pageSize: 100, maxPages: 1_000_000, maxConcurrentRegions: 50, maxAttempts: 100 };
const amounts = { requestTimeoutSeconds: 900, timeoutSeconds: 86_400, stuckAfterMinutes: 100_000 };
const manyIds = Array.from({ length: 50_001 }, (_, index) => account(index));

/** Each pair of arguments that do not go together. */
const conflicts: readonly Row<object>[] = [
  [{ expectedAccounts: [id], accountIds: [id] }, "expectedAccounts", "accountIds", "drop one of the two"],
  [{ expectedAccounts: "organization", accountIds: [id] }, "expectedAccounts", "accountIds", "drop one of the two"],
  [{ expectedAccounts: [id], statuses: ["CREATE_FAILED"] }, "expectedAccounts", "statuses", "drop one of the two"],
  [{ detail: "unsuccessful", accountIds: [id] }, "detail", '"unsuccessful"', "accountIds asks; drop one of the two"],
  [{ detail: "unsuccessful", expectedAccounts: [id] }, "detail", '"unsuccessful"', "expectedAccounts asks; drop one"],
  [{ detail: "unsuccessful", statuses: ["CREATE_FAILED"] }, "detail", '"unsuccessful"', "statuses asks; drop one"],
  [{ detail: "unsuccessful", aggregate: false }, "detail", '"unsuccessful"', "drop aggregate: false"],
  [{ excludedAccounts: [id] }, "excludedAccounts", "It", 'goes with expectedAccounts: "organization" only'],
  [
    { excludedAccounts: [id], expectedAccounts: [id] },
    "excludedAccounts",
    "It",
    "leave these accounts out of the list",
  ],
  [{ excludedAccounts: [id], accountIds: [id] }, "excludedAccounts", "It", 'expectedAccounts: "organization" only'],
].map(([input, ...others]): Row<object> => [{ name, ...(input as object) }, ...(others as [string, string, string])]);

const functionRows: readonly Row<unknown>[] = [
  ...noArguments.map(([value, shown]): Row<unknown> => [value, "args", shown, "an object with a name"]),
  [{}, "name", "It is required", "the organization conformance pack's name"],
  [{ name: undefined }, "name", "It is required", "the organization conformance pack's name"],
  ...noTexts.map(([value, shown]): Row<unknown> => [{ name: value }, "name", shown, aName]),
  [{ name: long }, "name", cut, aName],
  [{ name: "a".repeat(129) }, "name", "a… (51 more characters)", aName],
  [{ name: new TypeError("not a name") }, "name", "A value of the type Error is not", aName],
  [{ name: { of: new Error("nested") } }, "name", "An object with of is not", aName],
  [{ name: "1st" }, "name", '"1st"', aName],
  [{ name: "snake_case" }, "name", '"snake_case"', aName],
  [{ name: "größe" }, "name", '"größe"', aName],
  [{ name, regions: "us-east-1" }, "regions", '"us-east-1"', "a list of 1 to 50 entries"],
  [{ name, regions: [] }, "regions", "The list has 0", "1 to 50 are allowed"],
  [
    { name, regions: Array.from({ length: 51 }, (_, n) => `us-east-${String(n)}`) },
    "regions",
    "The list has 51",
    "1 to 50 are allowed",
  ],
  [{ name, regions: { 0: "us-east-1", length: 1 } }, "regions", "An object with 0, length", "a list of 1 to 50"],
  [{ name, regions: new Set(["us-east-1"]) }, "regions", "A value of the type Set", "a list of 1 to 50 entries"],
  [{ name, regions: sparse("us-east-1") }, "regions[1]", "undefined", aRegion],
  [{ name, regions: ["us-east-1", "us-east-1"] }, "regions[1]", '"us-east-1"', "listed twice"],
  [{ name, regions: ["us-east-1 "] }, "regions[0]", '"us-east-1 "', aRegion],
  [{ name, regions: ["us-east-١"] }, "regions[0]", '"us-east-١"', aRegion],
  [{ name, regions: ["us-east-1.evil.example/"] }, "regions[0]", '"us-east-1.evil.example/"', aRegion],
  [{ name, regions: ["us–east–1"] }, "regions[0]", '"us–east–1"', aRegion],
  [{ name, regions: ["*"] }, "regions[0]", '"*"', aRegion],
  [{ name, regions: [["us-east-1"]] }, "regions[0]", "A list of 1 entry", aRegion],
  ...["accountIds", "expectedAccounts"].flatMap((key) => [
    ...noIds.map(([value, shown, allowed = anId]): Row<unknown> => [
      { name, [key]: [id.replace("0", "9"), value] },
      `${key}[1]`,
      shown,
      allowed,
    ]),
    [{ name, [key]: [] }, key, "The list has 0", "1 to 50000 are allowed"] as const,
    [{ name, [key]: manyIds }, key, "The list has 50001", "1 to 50000 are allowed"] as const,
    [{ name, [key]: [id, id] }, `${key}[1]`, `"${id}"`, "listed twice"] as const,
    [{ name, [key]: sparse(id) }, `${key}[1]`, "undefined", anId] as const,
  ]),
  [{ name, accountIds: id }, "accountIds", `"${id}"`, "a list of 1 to 50000 entries"],
  [{ name, accountIds: "organization" }, "accountIds", '"organization"', "a list of 1 to 50000 entries"],
  ...["organisation", "Organization", "organization ", id, null, true].map((value): Row<unknown> => [
    { name, expectedAccounts: value },
    "expectedAccounts",
    shown(value),
    'a list of account ids, and not "organization"',
  ]),
  [{ name, expectedAccounts: {} }, "expectedAccounts.organizationalUnits", "It is required", "a list of 1 to 1000"],
  [
    { name, expectedAccounts: { organizationalUnits: ["ou-1"] } },
    "expectedAccounts.organizationalUnits[0]",
    '"ou-1"',
    "the id of an organizational unit or a root",
  ],
  [
    { name, expectedAccounts: { organizationalUnits: ["r-ab12"], recursive: "no" } },
    "expectedAccounts.recursive",
    '"no"',
    "true or false",
  ],
  [
    { name, expectedAccounts: { organizationalUnit: ["r-ab12"], organizationalUnits: ["r-ab12"] } },
    "expectedAccounts.organizationalUnit",
    "no such argument",
    'Did you mean "organizationalUnits"?',
  ],
  [{ name, expectedAccounts: "organization", excludedAccounts: ["1"] }, "excludedAccounts[0]", '"1"', anId],
  [
    { name, expectedAccounts: "organization", excludedAccounts: [] },
    "excludedAccounts",
    "The list has 0",
    "1 to 50000 are allowed",
  ],
  [{ name, statuses: "CREATE_FAILED" }, "statuses", '"CREATE_FAILED"', "a list of 1 to 9 entries"],
  [{ name, statuses: [] }, "statuses", "The list has 0", "1 to 9 are allowed"],
  [{ name, statuses: Array<string>(10).fill("CREATE_FAILED") }, "statuses", "The list has 10", "1 to 9 are allowed"],
  [{ name, statuses: ["create_failed"] }, "statuses[0]", '"create_failed"', 'Did you mean "CREATE_FAILED"?'],
  [{ name, statuses: ["constructor"] }, "statuses[0]", '"constructor"', "one of CREATE_SUCCESSFUL"],
  [{ name, statuses: [long] }, "statuses[0]", cut, "one of CREATE_SUCCESSFUL"],
  ...["true", 1, 0, null, [], "yes"].map((value): Row<unknown> => [
    { name, aggregate: value },
    "aggregate",
    shown(value),
    "true or false",
  ]),
  [{ name, detail: "failed" }, "detail", '"failed"', "one of all, unsuccessful"],
  [{ name, detail: true }, "detail", "true", "one of all, unsuccessful"],
  ...Object.entries(integers).flatMap(([key, max]) => [
    ...noNumbers.map(([value, shown]): Row<unknown> => [
      { name, [key]: value },
      key,
      shown,
      `a whole number from 1 to ${String(max)}`,
    ]),
    [{ name, [key]: max + 1 }, key, String(max + 1), `a whole number from 1 to ${String(max)}`] as const,
    [{ name, [key]: 1.5 }, key, "1.5", `a whole number from 1 to ${String(max)}`] as const,
  ]),
  ...Object.entries(amounts).flatMap(([key, max]) => [
    ...noNumbers.map(([value, shown]): Row<unknown> => [
      { name, [key]: value },
      key,
      shown,
      `above 0, up to ${String(max)}`,
    ]),
    [{ name, [key]: max * 1.001 }, key, String(max * 1.001), `above 0, up to ${String(max)}`] as const,
    [{ name, [key]: "15s" }, key, '"15s"', `above 0, up to ${String(max)}`] as const,
  ]),
  ...[null, "arn:aws:iam::111111111111:role/a", [], true, new Map()].map((value): Row<unknown> => [
    { name, assumeRole: value },
    "assumeRole",
    shown(value),
    "an object with roleArn, externalId, sessionName, durationSeconds",
  ]),
  [{ name, assumeRole: {} }, "assumeRole.roleArn", "It is required", "a role's ARN"],
  [{ name, assumeRole: { roleArn: "reader" } }, "assumeRole.roleArn", '"reader"', "a role's ARN"],
  [
    { name, assumeRole: { roleArn: "arn:aws:iam::1:role/a" } },
    "assumeRole.roleArn",
    '"arn:aws:iam::1:role/a"',
    "a role's ARN",
  ],
  [
    { name, assumeRole: { roleArn: "arn:aws:iam::111111111111:user/a" } },
    "assumeRole.roleArn",
    ":user/a",
    "a role's ARN",
  ],
  ...["", "x", "a b", 5, null, long].map((value): Row<unknown> => [
    { name, assumeRole: { roleArn: "arn:aws:iam::111111111111:role/a", externalId: value } },
    "assumeRole.externalId",
    // It may be a secret.
    "It",
    "an external id: 2 to 1224 letters, digits",
  ]),
  [
    { name, assumeRole: { roleArn: "arn:aws:iam::111111111111:role/a", sessionName: "a b" } },
    "assumeRole.sessionName",
    '"a b"',
    "a session name: 2 to 64",
  ],
  [
    { name, assumeRole: { roleArn: "arn:aws:iam::111111111111:role/a", durationSeconds: 899 } },
    "assumeRole.durationSeconds",
    "899",
    "from 900 to 43200",
  ],
  [
    { name, assumeRole: { roleArn: "arn:aws:iam::111111111111:role/a", duration: "1h" } },
    "assumeRole.duration",
    "no such argument",
    'Did you mean "durationSeconds"?',
  ],
  ...[
    ["region", "regions"],
    ["accounts", "accountIds"],
    ["expectedAccount", "expectedAccounts"],
    ["status", "statuses"],
    ["Name", "name"],
    ["timeoutseconds", "timeoutSeconds"],
    ["maxattempt", "maxAttempts"],
    ["excludeAccounts", "excludedAccounts"],
  ].map(([key = "", nearest = ""]): Row<unknown> => [
    { name, [key]: 1 },
    key,
    "no such argument",
    `Did you mean "${nearest}"? There are: name,`,
  ]),
  ...["constructor", "toString", "hasOwnProperty", "valueOf"].map((key): Row<unknown> => [
    { name, [key]: 1 },
    key,
    "no such argument",
    "There are: name,",
  ]),
  [fromJson(`{"name":"a","__proto__":{"regions":[]}}`), "__proto__", "no such argument", "There are: name,"],
  [{ name, "": 1 }, "", "no such argument", "There are: name,"],
  [{ name, "\u001b[31mregions": 1 }, "regions", "no such argument", 'Did you mean "regions"?'],
  [{ name, "\n::error::x": 1 }, ": :error::x", "no such argument", "There are: name,"],
  [{ name, [long]: 1 }, `${"x".repeat(80)}… (9920 more characters)`, "no such argument", "There are: name,"],
  // What only the resource takes.
  ...["failOn", "tolerate", "waitForSettled", "triggers"].map((key): Row<unknown> => [
    { name, [key]: 1 },
    key,
    "no such argument",
    "There are: name,",
  ]),
  ...conflicts,
];

/** What only the Output form of the function takes. */
const unresolvedRows: readonly Row<unknown>[] = [
  [pulumi.output({ name }), "args", anOutput, "Use getOrganizationConformancePackStatusOutput"],
  [Promise.resolve({ name }), "args", aPromise, "Await it."],
  [{ name: pulumi.output(name) }, "name", anOutput, "Use getOrganizationConformancePackStatusOutput"],
  [{ name: Promise.resolve(name) }, "name", aPromise, "Await it."],
  [{ name, pageSize: pulumi.output(1) }, "pageSize", anOutput, "Use getOrganizationConformancePackStatusOutput"],
  [{ name, accountIds: pulumi.output([id]) }, "accountIds", anOutput, "Use getOrganization"],
  [{ name, accountIds: [id, pulumi.output(id)] }, "accountIds[1]", anOutput, "Use getOrganization"],
  [{ name, expectedAccounts: [Promise.resolve(id)] }, "expectedAccounts[0]", aPromise, "Await it."],
  [{ name, assumeRole: { roleArn: pulumi.output("a") } }, "assumeRole.roleArn", anOutput, "Use getOrganization"],
  [{ name, nonsense: { a: [pulumi.output("a")] } }, "nonsense.a[0]", anOutput, "Use getOrganization"],
  [{ name: pulumi.secret("s3cr3t") }, "name", anOutput, "Use getOrganizationConformancePackStatusOutput"],
];

const bad = (tolerate: unknown) => ({ name, tolerate });
const exception = { accountId: id, reason: "Agreed." };
const handling = "one of allow, warn, refuse";

/** The same at every place that takes a tolerance. */
const toleranceRows: readonly Row<unknown>[] = [
  ...[null, "all", 1, true, []].map((value): Row<unknown> => [
    value,
    "",
    shown(value),
    "an object with accounts, maxFailedAccounts",
  ]),
  ...[null, "many", {}, 1].map((value): Row<unknown> => [
    { accounts: value },
    ".accounts",
    shown(value),
    "a list of 0 to 10000 entries",
  ]),
  [
    { accounts: Array.from({ length: 10_001 }, () => exception) },
    ".accounts",
    "The list has 10001",
    "0 to 10000 are allowed",
  ],
  [{ accounts: [id] }, ".accounts[0]", `"${id}"`, "an object with accountId, regions, reason, expires"],
  [{ accounts: [null] }, ".accounts[0]", "null", "an object with accountId, regions, reason, expires"],
  [
    { accounts: [[exception]] },
    ".accounts[0]",
    "A list of 1 entry",
    "an object with accountId, regions, reason, expires",
  ],
  [{ accounts: [{ accountId: id }] }, ".accounts[0].reason", "It is required", "1 to 500 characters"],
  [{ accounts: [{ reason: "Agreed." }] }, ".accounts[0].accountId", "It is required", "12 digits"],
  ...noIds.map(([value, shown, allowed = anId]): Row<unknown> => [
    { accounts: [{ ...exception, accountId: value }] },
    ".accounts[0].accountId",
    shown,
    allowed,
  ]),
  ...["", " ", "\n\t", 5, null, "x".repeat(501)].map((value): Row<unknown> => [
    { accounts: [{ ...exception, reason: value }] },
    ".accounts[0].reason",
    typeof value === "string" && value.length > 500 ? "… (423 more characters)" : JSON.stringify(value),
    "a reason of 1 to 500 characters",
  ]),
  [{ accounts: [{ ...exception, regions: [] }] }, ".accounts[0].regions", "The list has 0", "1 to 50 are allowed"],
  [
    { accounts: [{ ...exception, regions: "us-east-1" }] },
    ".accounts[0].regions",
    '"us-east-1"',
    "a list of 1 to 50 entries",
  ],
  [{ accounts: [{ ...exception, regions: ["Virginia"] }] }, ".accounts[0].regions[0]", '"Virginia"', aRegion],
  ...[
    "2030-02-30",
    "2030-02-29",
    "2030-13-01",
    "2030-00-01",
    "2030-01-00",
    "2030-04-31",
    "30-01-2030",
    "2030/01/01",
    "2030-1-1",
    "20300101",
    "2030-01-01T00:00:00Z",
    "2030-01-01 ",
    "+002030-01-01",
    "-2030-01-01",
    "２０３０-01-01",
    "tomorrow",
    "never",
    "",
    20300101,
    1893456000000,
    null,
    true,
    ["2030-01-01"],
  ].map((value): Row<unknown> => [
    { accounts: [{ ...exception, expires: value }] },
    ".accounts[0].expires",
    shown(value),
    "a day as YYYY-MM-DD",
  ]),
  [
    { accounts: [{ ...exception, until: "2030-01-01" }] },
    ".accounts[0].until",
    "no such argument",
    "There are: accountId, regions, reason, expires",
  ],
  [
    { accounts: [{ ...exception, region: "us-east-1" }] },
    ".accounts[0].region",
    "no such argument",
    'Did you mean "regions"?',
  ],
  ...[null, "1", -1, 1.5, 50_001, true, []].map((value): Row<unknown> => [
    { maxFailedAccounts: value },
    ".maxFailedAccounts",
    shown(value),
    "a whole number from 0 to 50000",
  ]),
  ...[null, "1", "1%", -0.1, 100.1, 1e9, true, []].map((value): Row<unknown> => [
    { maxFailedPercent: value },
    ".maxFailedPercent",
    shown(value),
    "a number from 0 to 100",
  ]),
  ...["inProgress", "noSuchPack"].flatMap((key) => [
    ...[null, true, 1, [], "", "ALLOW", "yes", "ignore"].map((value): Row<unknown> => [
      { [key]: value },
      `.${key}`,
      shown(value),
      handling,
    ]),
  ]),
  [{ acounts: [] }, ".acounts", "no such argument", 'Did you mean "accounts"?'],
  [{ inprogress: "allow" }, ".inprogress", "no such argument", 'Did you mean "inProgress"?'],
  [fromJson('{"__proto__":{"inProgress":"allow"}}'), ".__proto__", "no such argument", "There are: accounts,"],
  [{ constructor: {} }, ".constructor", "no such argument", "There are: accounts,"],
];

/** What JSON does not bring, so that only code can. */
const toleranceInCodeRows: readonly Row<unknown>[] = [
  [new Map([["inProgress", "allow"]]), "", "A value of the type Map", "an object with accounts"],
  [new Date(0), "", "A value of the type Date", "an object with accounts"],
  [() => ({}), "", "A function", "an object with accounts"],
  [{ accounts: sparse(exception) }, ".accounts[1]", "undefined", "an object with accountId"],
  [{ accounts: [exception, exception] }, ".accounts[1]", "An object with accountId, reason", "listed twice"],
  [{ maxFailedAccounts: NaN }, ".maxFailedAccounts", "NaN", "a whole number from 0 to 50000"],
  [{ maxFailedAccounts: Infinity }, ".maxFailedAccounts", "Infinity", "a whole number from 0 to 50000"],
  [{ maxFailedAccounts: 1n }, ".maxFailedAccounts", "1n", "a whole number from 0 to 50000"],
  [{ maxFailedPercent: NaN }, ".maxFailedPercent", "NaN", "a number from 0 to 100"],
  [{ maxFailedPercent: Infinity }, ".maxFailedPercent", "Infinity", "a number from 0 to 100"],
  [{ inProgress: Symbol("allow") }, ".inProgress", "Symbol(allow)", handling],
];

const resourceRows: readonly Row<Readonly<Record<string, unknown>>>[] = [
  [{ name: null }, "name", "null", aName],
  [{}, "name", "It is required", "the organization conformance pack's name"],
  [{ name: "no_underscore" }, "name", '"no_underscore"', aName],
  [{ name: long }, "name", cut, aName],
  [{ name, regions: ["Ireland"] }, "regions[0]", '"Ireland"', aRegion],
  [{ name, accountIds: ["１１１１１１１１１１１１"] }, "accountIds[0]", '"１１１１１１１１１１１１"', anId],
  [{ name, pageSize: "100" }, "pageSize", '"100"', "a whole number from 1 to 100"],
  [{ name, region: "us-east-1" }, "region", "no such argument", 'Did you mean "regions"?'],
  [{ name, lookupFailed: true }, "lookupFailed", "no such argument", "There are: name,"],
  [{ name, faiIOn: "failed" }, "faiIOn", "no such argument", 'Did you mean "failOn"?'],
  ...[null, true, 0, "", "fail", "Never", "always", ["failed"], {}].map((value): Row<Record<string, unknown>> => [
    { name, failOn: value },
    "failOn",
    shown(value),
    "one of never, failed, notPassed",
  ]),
  ...[null, "true", 1, []].map((value): Row<Record<string, unknown>> => [
    { name, waitForSettled: value },
    "waitForSettled",
    shown(value),
    "an object with timeoutSeconds, pollSeconds",
  ]),
  ...[0, -1, 86_401, "30m", null].map((value): Row<Record<string, unknown>> => [
    { name, waitForSettled: { timeoutSeconds: value } },
    "waitForSettled.timeoutSeconds",
    shown(value),
    "a number of seconds above 0, up to 86400",
  ]),
  [{ name, waitForSettled: { pollSeconds: 3_601 } }, "waitForSettled.pollSeconds", "3601", "above 0, up to 3600"],
  [{ name, waitForSettled: { poll: 5 } }, "waitForSettled.poll", "no such argument", 'Did you mean "pollSeconds"?'],
  ...[null, 1, true, {}].map((value): Row<Record<string, unknown>> => [
    { name, triggers: value },
    "triggers",
    shown(value),
    "a list",
  ]),
  ...(conflicts as readonly Row<Record<string, unknown>>[]),
  ...toleranceRows.map(([value, property, shown, allowed]): Row<Record<string, unknown>> => [
    bad(value),
    `tolerate${property}`,
    shown,
    allowed,
  ]),
];

const role = "arn:aws:iam::222222222222:role/reader";

const settingRows: readonly Row<Readonly<Record<string, string>>>[] = [
  ...["Ireland", "US-EAST-1", "us-east", "us-east-1\n::error::x", "us-east-1.evil.example", "us\u200b-east-1"].map(
    (value): Row<Record<string, string>> => [
      { "aws:region": value },
      "aws:region",
      value.includes("\n")
        ? String.raw`"us-east-1\n: :error::x"`
        : value.includes("\u200b")
          ? String.raw`"us\u{200b}-east-1"`
          : `"${value}"`,
      aRegion,
    ],
  ),
  [{ "aws:region": long }, "aws:region", cut, aRegion],
  [{ "aws:accessKey": "" }, "aws:accessKey", "one of them is not set", "aws:accessKey and aws:secretKey go together"],
  [{ "aws:secretKey": " " }, "aws:secretKey", "one of them is not set", "aws:accessKey and aws:secretKey go together"],
  ...["-1", "1.5", "10000", "many", "1e3", "١", "0x1"].map((value): Row<Record<string, string>> => [
    { "aws:maxRetries": value },
    "aws:maxRetries",
    `"${value}"`,
    "a whole number from 0 to 9999",
  ]),
  ...["legacy", "Adaptive", "true"].map((value): Row<Record<string, string>> => [
    { "aws:retryMode": value },
    "aws:retryMode",
    `"${value}"`,
    '"standard" or "adaptive"',
  ]),
  ...["aws:useFipsEndpoint", "aws:useDualstackEndpoint"].flatMap((key) =>
    ["True", "1", "yes", "null"].map((value): Row<Record<string, string>> => [
      { [key]: value },
      key,
      `"${value}"`,
      "true or false",
    ]),
  ),
  // Not quoted back: it may hold an external id.
  [{ "aws:assumeRoles": "{not json" }, "aws:assumeRoles", "It", "JSON"],
  ...["{}", "null", "5", `{"roleArn":"${role}"}`].map((value): Row<Record<string, string>> => [
    { "aws:assumeRoles": value },
    "aws:assumeRoles",
    "It",
    "a list of roles",
  ]),
  [{ "aws:assumeRoles": "[null]" }, "aws:assumeRoles[0].roleArn", "undefined", "a role's ARN"],
  [{ "aws:assumeRoles": `["${role}"]` }, "aws:assumeRoles[0].roleArn", "undefined", "a role's ARN"],
  [
    { "aws:assumeRoles": `[{"roleArn":"${role}"},{"rolArn":"${role}"}]` },
    "aws:assumeRoles[1].roleArn",
    "undefined",
    "a role's ARN",
  ],
  [{ "aws:assumeRoles": '[{"roleArn":5}]' }, "aws:assumeRoles[0].roleArn", "5", "a role's ARN"],
  ...['"0s"', '"14m"', '"13h"', '"1d"', '"h"', '""', "900", "null", "{}"].map((value): Row<Record<string, string>> => [
    { "aws:assumeRoles": `[{"roleArn":"${role}","duration":${value}}]` },
    "aws:assumeRoles[0].duration",
    value === "{}" ? "An empty object" : value,
    'a duration such as "1h" or "900s", from 15m to 12h',
  ]),
  [{ "aws:assumeRoles": `[{"roleArn":"${role}","externalId":5}]` }, "aws:assumeRoles[0].externalId", "It", "a text"],
  [
    { "aws:assumeRoles": `[{"roleArn":"${role}","sessionName":["a"]}]` },
    "aws:assumeRoles[0].sessionName",
    "It",
    "a text",
  ],
  [{ "aws:endpoints": "http://localhost" }, "aws:endpoints", '"http://localhost"', "JSON"],
  ...["null", "5", "[5]", '["http://localhost"]', '"http://localhost"', "[[]]"].map(
    (value): Row<Record<string, string>> => [
      { "aws:endpoints": value },
      "aws:endpoints",
      value === "[5]" ? "5" : value === "[[]]" ? "A list of 0 entries" : value.replace(/^\[(.*)\]$/, "$1"),
      'an object such as {"configservice": "https://…"}',
    ],
  ),
  ...['"localhost:4566"', '""', '"ftp://localhost"', '"http://"', '"file:///etc/passwd"', "5", "null", "{}"].map(
    (value): Row<Record<string, string>> => [
      { "aws:endpoints": `[{"configservice":${value}}]` },
      "aws:endpoints.configservice",
      value === "{}" ? "An empty object" : value,
      "a URL that starts with http:// or https://",
    ],
  ),
  [
    { "aws:endpoints": '[{"sts":"javascript:alert(1)"}]' },
    "aws:endpoints.sts",
    '"javascript:alert(1)"',
    "a URL that starts with",
  ],
];

const judging = { memberFailed, incomplete, inProgress, settled };
const noSetting = "There are: maxAccountsShown, maxGroupsShown";

/** What each policy over status resources refuses. */
const policyRows: readonly Row<object>[] = [
  ...[null, "20", 0, -1, 1.5, 10_001, true, []].map((value): Row<object> => [
    { maxAccountsShown: value },
    "maxAccountsShown",
    shown(value),
    "a whole number from 1 to 10000",
  ]),
  ...[null, "10", 0, 1_001].map((value): Row<object> => [
    { maxGroupsShown: value },
    "maxGroupsShown",
    shown(value),
    "a whole number from 1 to 1000",
  ]),
  ...[null, "60", 0, 0.5, -5, []].map((value): Row<object> => [
    { maxStatusAgeMinutes: value },
    "maxStatusAgeMinutes",
    shown(value),
    "a number of minutes, 1 or more",
  ]),
  [{ maxAccountShown: 3 }, "maxAccountShown", "no such argument", 'Did you mean "maxAccountsShown"?'],
  [{ tolerates: {} }, "tolerates", "no such argument", 'Did you mean "tolerate"?'],
  [{ packs: [{ name }] }, "packs", "no such argument", noSetting],
  [{ failOn: "never" }, "failOn", "no such argument", noSetting],
  [{ "\u001b[31mx\n::error::": 1 }, "x : :error::", "no such argument", noSetting],
  [{ [long]: 1 }, `${"x".repeat(80)}… (9920 more characters)`, "no such argument", noSetting],
  [fromJson('{"__proto__":{}}') as object, "__proto__", "no such argument", noSetting],
  ...toleranceRows.map(([value, property, shown, allowed]): Row<object> => [
    { tolerate: value },
    `tolerate${property}`,
    shown,
    allowed,
  ]),
];

const inPack = (pack: unknown): object => ({ packs: [{ name: "first" }, pack] });

const requiredPackRows: readonly Row<object>[] = [
  ...[null, "baseline", {}, 1].map((value): Row<object> => [
    { packs: value },
    "packs",
    shown(value),
    "a list of 1 to 100 entries",
  ]),
  [{ packs: [] }, "packs", "The list has 0", "1 to 100 are allowed"],
  [
    { packs: Array.from({ length: 101 }, (_, index) => ({ name: `pack-${String(index)}` })) },
    "packs",
    "The list has 101",
    "1 to 100 are allowed",
  ],
  ...[null, "baseline", [], 1].map((value): Row<object> => [
    inPack(value),
    "packs[1]",
    shown(value),
    "an object with a name",
  ]),
  [inPack({}), "packs[1].name", "It is required", "the organization conformance pack's name"],
  [inPack({ name: "no_underscore" }), "packs[1].name", '"no_underscore"', aName],
  [inPack({ name, regions: "us-east-1" }), "packs[1].regions", '"us-east-1"', "a list of 1 to 50 entries"],
  [inPack({ name, statuses: ["CREATE_FAILED"] }), "packs[1].statuses", "no such argument", "There are: name,"],
  [inPack({ name, failOn: "never" }), "packs[1].failOn", "no such argument", "There are: name,"],
  [
    inPack({ name, assumeRole: { roleArn: role, duration: "1h" } }),
    "packs[1].assumeRole.duration",
    "no such argument",
    'Did you mean "durationSeconds"?',
  ],
  [
    { maxStatusAgeMinutes: 5 },
    "maxStatusAgeMinutes",
    "no such argument",
    "There are: maxAccountsShown, maxGroupsShown, contact, runbookUrl, nextSteps, packs",
  ],
  [
    { tolerate: {} },
    "tolerate",
    "no such argument",
    "There are: maxAccountsShown, maxGroupsShown, contact, runbookUrl, nextSteps, packs",
  ],
  [{ pack: [{ name }] }, "pack", "no such argument", 'Did you mean "packs"?'],
  // There are no statuses to conflict with.
  ...conflicts
    .filter(([value]) => !("statuses" in value))
    .map(([value, property, shown, allowed]): Row<object> => [inPack(value), `packs[1].${property}`, shown, allowed]),
  ...toleranceRows.map(([value, property, shown, allowed]): Row<object> => [
    inPack({ name, tolerate: value }),
    `packs[1].tolerate${property}`,
    shown,
    allowed,
  ]),
];

const optionRows: readonly Row<readonly [args: unknown, opts?: unknown]>[] = [
  ...["id", "import", "urn"].flatMap((option) =>
    ["x", "", null, "arn:aws:config:us-east-1", pulumi.output("x")].map((value): Row<[unknown, unknown]> => [
      [{ name }, { [option]: value }],
      `opts.${option}`,
      `${typeof value === "object" && value !== null ? "An Output" : JSON.stringify(value)} is not allowed`,
      "no policy sees a resource that is read",
    ]),
  ),
  [
    [{ name }, { customTimeouts: { create: "10m" } }],
    "opts.customTimeouts",
    "It is not allowed",
    "Set waitForSettled.timeoutSeconds",
  ],
  [
    [{ name }, { provider: {} }],
    "opts.provider",
    "A provider is not allowed",
    "use assumeRole, or the provider plugin",
  ],
  ...noArguments.map(([value, shown]): Row<[unknown]> => [[value], "args", shown, "an object with a name"]),
  [[pulumi.output({ name })], "args", "An Output", "an object with a name"],
];

/** What there is, where a flag is not known. */
const usage = "\n\nUsage: ";

const demoRows: readonly Row<readonly string[]>[] = [
  ...["", "0", "x", "1.5", "1e3", "0x10", " 5 ", "50001", "-0", "١", "NaN"].map((value): Row<string[]> => [
    [`--members=${value}`],
    "--members",
    `"${value}"`,
    "a whole number from 1 to 50000",
  ]),
  [["--failing", "251"], "--failing", '"251"', "a whole number from 1 to --members"],
  [["--failing", "0"], "--failing", '"0"', "a whole number from 1 to --members"],
  [["--members", "2", "--failing", "3"], "--failing", '"3"', "a whole number from 1 to --members"],
  [["--members", long], "--members", cut, "a whole number from 1 to 50000"],
  [["--members", "\u001b[31m\n::error::x"], "--members", String.raw`"\u001b[31m\n: :error::x"`, "a whole number"],
  [["--membres", "5"], "--membres", "Unknown option", usage],
  [["--\u001b[31mx\n::error::y"], "--x : :error::y", "Unknown option", usage],
  [["stray"], "stray", "Unexpected argument", usage],
];

const tables = {
  functionRows,
  unresolvedRows,
  resourceRows,
  settingRows,
  toleranceRows: [...toleranceRows, ...toleranceInCodeRows],
  policyRows,
  requiredPackRows,
  optionRows,
  demoRows,
};

test("there are at least a hundred, and ten of each kind", () => {
  const counts = Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, rows.length]));
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(100);
  for (const count of Object.values(counts)) expect(count).toBeGreaterThanOrEqual(10);
});

/** The rows with a title: an input may be anything, and very long. */
function titled<Input>(table: readonly Row<Input>[]) {
  return table.map(([input, property, value, allowed], index) => ({
    title: `${String(index)}: ${JSON.stringify(property.slice(0, 40))} ${JSON.stringify(value.slice(0, 40))}`,
    input,
    property,
    value,
    allowed,
  }));
}
interface Refusal {
  readonly property: string;
  readonly value: string;
  readonly allowed: string;
}

/** One mistake, and nothing else. */
function expectProblem(problems: readonly Problem[], { allowed, property, value }: Refusal): void {
  expect(problems.map((problem) => problem.property)).toEqual([property]);
  const [{ reason } = { reason: "" }] = problems;
  expect(reason).toContain(value);
  expect(reason).toContain(allowed);
  expect(reason).toMatch(/^[^\n]*[.?]$/);
  expect(reason.length).toBeLessThan(600);
  for (const text of [property, reason]) expect(text).not.toMatch(harm);
}

function expectError(thrown: unknown, refusal: Refusal): void {
  const error = thrown as InvalidArgumentsError;
  expect(error.name).toBe("InvalidArgumentsError");
  expectProblem(error.problems, refusal);
  expect(error.message.split("\n")).toEqual([
    `${refusal.property}: ${error.problems[0]?.reason ?? ""}`,
    "Next: Correct the arguments and run the command again.",
  ]);
  expectSanitized(error.message, 800);
}

let emulator: Emulator;
let seen = 0;

beforeAll(async () => {
  emulator = await startEmulator({ packs: [{ name, members: 1 }] });
});

afterEach(() => {
  // Nothing bad is sent to AWS.
  const sent = emulator.requests.slice(seen);
  seen = emulator.requests.length;
  expect(sent).toEqual([]);
});

afterAll(() => emulator.stop());

describe("arguments of the function", () => {
  test.each(titled(functionRows))("$title", async ({ input, ...refusal }) => {
    const args = input as PackStatusArgs;
    const settings = settingsFor(emulator.endpoint);
    expectError(await rejectionOf(gatherPackStatus(args, { settings })), refusal);
    expectError(await rejectionOf(streamMemberStatuses(args, { settings }).next()), refusal);
  });

  test.each(titled([functionRows[0], functionRows[11], ...conflicts].filter((row) => row !== undefined)))(
    "as a program calls it: $title",
    async ({ input, ...refusal }) => {
      const values = {
        "aws:endpoints": JSON.stringify([{ configservice: emulator.endpoint }]),
        "aws:region": "us-east-1",
      };
      pulumi.runtime.setAllConfig(values);
      expectError(await rejectionOf(getOrganizationConformancePackStatus(input as PackStatusArgs)), refusal);
    },
  );

  test.each(titled(unresolvedRows))("as a program calls it: $title", async ({ input, ...refusal }) => {
    const args = input as PackStatusArgs;
    expectError(await rejectionOf(getOrganizationConformancePackStatus(args)), refusal);
    const { allowed, ...others } = refusal;
    const inStream = { ...others, allowed: allowed.startsWith("Use") ? "Call the function inside apply()." : allowed };
    expectError(await rejectionOf(streamOrganizationConformancePackMemberStatuses(args).next()), inStream);
  });

  test("50,000 mistakes in a list are reported in a few lines", async () => {
    const args = { name, accountIds: Array.from({ length: 50_000 }, (_, index) => `a${String(index)}`) };
    const error = await rejectionOf(gatherPackStatus(args, { settings: settingsFor(emulator.endpoint) }));
    expect(error.message).toContain('accountIds[9]: "a9" is not an account id');
    expect(error.message).toContain("accountIds[10]: 49990 more mistakes from here on.");
    expectSanitized(error.message, 1_500);
  });
});

/** A provider as the engine configures it. */
async function providerOf(others: Readonly<Record<string, string>> = {}): Promise<PackStatusProvider> {
  const { endpoint } = emulator;
  const values: Readonly<Record<string, string>> = {
    "aws:region": "us-east-1",
    "aws:accessKey": "AKIACANARY",
    "aws:secretKey": "emulated-secret",
    "aws:endpoints": JSON.stringify([{ configservice: endpoint, organizations: endpoint, sts: endpoint }]),
    ...others,
  };
  const provider = new PackStatusProvider();
  await provider.configure({ config: { get: (key: string) => values[key] } } as unknown as dynamic.ConfigureRequest);
  return provider;
}

/** What a resource that was looked up before keeps in state. */
const olds = gateOf(rows(3), {}) as unknown as Readonly<Record<string, unknown>>;

async function expectFailure(provider: PackStatusProvider, news: Readonly<Record<string, unknown>>, refusal: Refusal) {
  const before = JSON.stringify(olds);
  const { failures = [], inputs } = await provider.check(olds, news);
  expectProblem(failures, refusal);
  // A policy that sees these inputs takes them for no status, and the engine goes no further.
  expect(inputs).toMatchObject({ lookupFailed: true });
  expect(inputs).not.toHaveProperty("verdict");
  expect(inputs).not.toHaveProperty("lookedUpAt");
  expect(JSON.stringify(olds)).toBe(before);
}

test.each(titled(resourceRows))("arguments of the resource: $title", async ({ input, ...refusal }) => {
  await expectFailure(await providerOf(), input, refusal);
});

test.each(titled(settingRows))("aws:* settings: $title", async ({ input, ...refusal }) => {
  const provider = await providerOf(input);
  await expectFailure(provider, { name }, refusal);
  // Of a refresh too: what is saved stays.
  expectError(
    await rejectionOf(provider.read("id", { name, regions: ["us-east-1"], lookedUpAt: "2026-01-01T00:00:00.000Z" })),
    refusal,
  );
});

test.each(titled([...toleranceRows, ...toleranceInCodeRows]))(
  "a tolerance, given to decide: $title",
  ({ input, property, ...others }) => {
    const status = statusOf(memberRows("CREATE_FAILED"));
    const refusal = { property: `tolerate${property}`, ...others };
    let thrown: unknown;
    try {
      decide(status, input as Tolerance);
    } catch (error) {
      thrown = error;
    }
    expectError(thrown, refusal);
  },
);

test.each<Row<unknown>>([
  [pulumi.output({ inProgress: "allow" }), "tolerate", anOutput, "Call decide inside apply()."],
  [{ inProgress: pulumi.output("allow") }, "tolerate.inProgress", anOutput, "Call decide inside apply()."],
  [{ accounts: [Promise.resolve(exception)] }, "tolerate.accounts[0]", aPromise, "Await it."],
])("a tolerance with a value that is not known, given to a program's decide: %#", (input, property, value, allowed) => {
  const status = statusOf(memberRows("CREATE_FAILED"));
  let thrown: unknown;
  try {
    decideInProgram(status, input as Tolerance);
  } catch (error) {
    thrown = error;
  }
  expectError(thrown, { property, value, allowed });
});

test("by a time that is none, an exception has expired", () => {
  const status = statusOf(memberRows("CREATE_FAILED"));
  const tolerate = { accounts: [{ ...exception, expires: "2999-12-31" }] };
  expect(decide(status, tolerate).verdict).toBe("PASSED");
  expect(decide(status, tolerate, new Date(NaN)).verdict).toBe("FAILED");
});

describe("the configuration of a policy", () => {
  type Policy = ResourceValidationPolicy | StackValidationPolicy;
  const props = gateOf(rows(3), {});

  async function expectRefused(policy: Policy, config: object, { allowed, property, value }: Refusal): Promise<void> {
    const run =
      "validateStack" in policy
        ? stackViolationsOf(policy, [{ props }], config)
        : violationsOf(policy, { props }, config);
    const error = await rejectionOf(run);
    const [first, line = "", ...others] = error.message.split("\n");
    expect([first, others]).toEqual(["The policy's configuration is not valid.", []]);
    expect(line.slice(0, `${policy.name}.${property}: `.length)).toBe(`${policy.name}.${property}: `);
    expect(line).toContain(value);
    expect(line).toContain(allowed);
    expectSanitized(error.message, 800);
    // The policy SDK prints the stack.
    expect(error.stack).toBe(error.message);
  }

  test.each(titled(policyRows))("of status resources: $title", async ({ input, ...refusal }) => {
    for (const policy of Object.values(judging)) await expectRefused(policy, input, refusal);
  });

  test.each(titled(requiredPackRows))("required packs: $title", async ({ input, ...refusal }) => {
    await expectRefused(createPolicies().requiredPacks, input, refusal);
  });
});

test.each(titled(optionRows))("of a resource in code: $title", async ({ input: [args, opts], ...refusal }) => {
  const { resources } = await setMocks();
  let thrown: unknown;
  try {
    new OrganizationConformancePackStatus("gate", args as PackStatusArgs, opts as pulumi.CustomResourceOptions);
  } catch (error) {
    thrown = error;
  }
  expectError(thrown, refusal);
  expect(resources).toEqual([]);
});

/** What a command says to each of these flags; one process for all, since each takes a second to start. */
async function saidBy(command: string, table: readonly (readonly string[])[]) {
  // Under --eval, the flags follow the command at once.
  const script = `
    const main = ${JSON.stringify(join(__dirname, "../..", command))};
    const write = process.stderr.write;
    (async () => {
      const said = [];
      for (const flags of JSON.parse(process.env.TABLE)) {
        let text = "";
        process.argv = [process.execPath, ...flags];
        process.stderr.write = (chunk) => { text += chunk; return true; };
        delete require.cache[main];
        require(main);
        for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
        process.stderr.write = write;
        said.push({ code: process.exitCode, text });
        process.exitCode = undefined;
      }
      process.stdout.write("\\n" + JSON.stringify(said), () => process.exit(0));
    })();`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--require", "tsx/cjs", "--eval", script], {
    cwd: join(__dirname, "../.."),
    // No Pulumi CLI is to be found, and none is looked for.
    env: { PATH: "", HOME: "/nowhere", TABLE: JSON.stringify(table) },
  });
  // What a command says before its flags are read would stand before the last line.
  const [before, last = ""] = stdout.split("\n");
  expect(before).toBe("");
  return JSON.parse(last) as { code: number; text: string }[];
}

describe.each([{ command: "tools/demo.ts", code: 1, table: demoRows }])(
  "the flags of $command",
  ({ command, code, table }) => {
    let said: Awaited<ReturnType<typeof saidBy>> = [];

    beforeAll(async () => {
      said = await saidBy(
        command,
        table.map(([flags]) => flags),
      );
      expect(said).toHaveLength(table.length);
    });

    test.each(titled(table).map((row, index) => ({ ...row, index })))(
      "$title",
      ({ allowed, index, property, value }) => {
        const { code: given, text } = said[index] ?? { code: 0, text: "" };
        expect(given).toBe(code);
        const [line = ""] = text.trim().split("\n");
        expect(line).toContain(property);
        expect(line).toContain(value);
        // What there is stands below then.
        expect(allowed === usage ? text : line).toContain(allowed);
        expectSanitized(line, 700);
        expectSanitized(text, 2_500);
      },
    );
  },
);

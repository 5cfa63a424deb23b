import { accountIdCheck, regionCheck, roleArnCheck, unitIdCheck } from "../checks/awsChecks";
import {
  amount,
  boolean,
  type Check,
  described,
  either,
  entryProblems,
  integer,
  isPlainObject,
  list,
  oneOf,
  record,
  recordSchema,
  text,
  withSchema,
} from "../checks/check";
import type { JsonSchema } from "../checks/jsonSchema";
import type { Problem } from "../checks/problem";
import { quoted } from "../checks/quoted";
import { organizationResourceDetailedStatuses } from "./detailedStatus";
import type { AssumeRole, ExpectedUnits, PackStatusArgs } from "./packStatusArgs";

const accountIdsCheck = list(accountIdCheck, 50_000);

/** The checks for an `AssumeRole`. */
export const assumeRoleChecks = {
  roleArn: described("The role's ARN.", roleArnCheck),
  externalId: described(
    "The external id that the role asks for, 2 to 1224 characters.",
    // It is not quoted back: to some it is a secret.
    withSchema({ type: "string", pattern: "^[\\w+=,.@:/-]+$", minLength: 2, maxLength: 1224 }, (value, property) =>
      typeof value === "string" && /^[\w+=,.@:/-]{2,1224}$/.test(value)
        ? []
        : [{ property, reason: "It is not an external id: 2 to 1224 letters, digits and +=,.@:/-_." }],
    ),
  ),
  sessionName: described(
    "The session's name. Default: pulumi-org-conformance.",
    text(/^[\w+=,.@-]{2,64}$/, "a session name: 2 to 64 letters, digits and +=,.@-_"),
  ),
  durationSeconds: described("The duration of the session, in seconds. Default: 3,600.", integer(900, 43_200)),
} satisfies Record<keyof AssumeRole, Check>;

/** The checks for `ExpectedUnits`. */
const expectedUnitsChecks = {
  organizationalUnits: described("The ids of the units, ou-…, or r-… for a root.", list(unitIdCheck, 1_000)),
  recursive: described("Whether accounts of units inside them are expected, too. Default: true.", boolean),
} satisfies Record<keyof ExpectedUnits, Check>;

const expectedUnitsCheck = record(expectedUnitsChecks, ["organizationalUnits"]);

const organizationCheck: Check = withSchema({ const: "organization" }, (value, property) =>
  value === "organization"
    ? []
    : [{ property, reason: `${quoted(value)} is not a list of account ids, and not "organization".` }],
);

/** The checks for the `PackStatusArgs`. */
export const packStatusChecks = {
  name: described(
    "The organization conformance pack's name.",
    text(
      /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/,
      "an organization conformance pack's name: 1 to 128 letters, digits and hyphens, a letter first",
    ),
  ),
  regions: described(
    "The regions to look the pack up in. Default: the configured one (aws:region, AWS_REGION, AWS_DEFAULT_REGION, the profile's).",
    list(regionCheck, 50),
  ),
  accountIds: described("Judge only these accounts. One without a row is missing.", accountIdsCheck),
  statuses: described(
    "Gather only the rows that have one of these statuses. The verdict is then never PASSED.",
    list(oneOf(organizationResourceDetailedStatuses), organizationResourceDetailedStatuses.length),
  ),
  expectedAccounts: described(
    'The accounts that must be members in every region: a list of ids, "organization" for the active accounts of AWS Organizations, or an object with organizationalUnits for those of units.',
    either(Array.isArray, accountIdsCheck, either(isPlainObject, expectedUnitsCheck, organizationCheck)),
  ),
  excludedAccounts: described(
    'With expectedAccounts: "organization" or organizational units: accounts that are not expected.',
    accountIdsCheck,
  ),
  accountPaths: described(
    "Whether reports name the organizational units that an account is in. That reads the whole tree. Default: false.",
    boolean,
  ),
  ownerTag: described(
    "The key of the tag of accounts, in AWS Organizations, that says who owns them. Reports then name the owners of accounts in trouble.",
    text(/^[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/u, "the key of a tag: 1 to 128 letters, digits, spaces and _.:/=+@-"),
  ),
  aggregate: described("Whether AWS's status of the whole pack is judged too. Default: true.", boolean),
  detail: described(
    "Which rows to gather: all, or those that are failed or in progress (unsuccessful). Default: all.",
    oneOf(["all", "unsuccessful"]),
  ),
  stuckAfterMinutes: described(
    "A row that is in progress for longer is stuck. Default: no row is.",
    amount("minutes", 100_000),
  ),
  assumeRole: described("A role to assume for this lookup.", record(assumeRoleChecks, ["roleArn"])),
  pageSize: described("Rows per page. Default: 100, AWS's maximum.", integer(1, 100)),
  maxPages: described("The most pages of one reading. Default: enough for 200,000 rows.", integer(1, 1_000_000)),
  maxConcurrentRegions: described("How many regions are read at the same time. Default: 20.", integer(1, 50)),
  maxAttempts: described(
    "The most attempts of one request. Default: aws:maxRetries + 1, then AWS_MAX_ATTEMPTS, then 10.",
    integer(1, 100),
  ),
  requestTimeoutSeconds: described("Seconds for one attempt of one request. Default: 15.", amount("seconds", 900)),
  timeoutSeconds: described("Seconds for the whole lookup. Default: 300.", amount("seconds", 86_400)),
} satisfies Record<keyof PackStatusArgs, Check>;

/**
 * Finds the mistakes in the arguments of a lookup: a missing name, an unknown key, a value that is not allowed, and
 * arguments that do not go together.
 *
 * @param checks - One for each argument: those of the lookup, and the caller's own.
 */
export function findProblems(args: unknown, checks: Readonly<Record<string, Check>> = packStatusChecks): Problem[] {
  if (!isPlainObject(args)) return argumentsCheck(args, "args");
  const isNameless = args.name === undefined;
  return [
    ...(isNameless ? [{ property: "name", reason: "It is required: the organization conformance pack's name." }] : []),
    ...entryProblems(args, checks),
    ...conflicts(args),
  ];
}

/**
 * The arguments of a lookup as a JSON Schema: what `findProblems` finds.
 *
 * @param checks - One for each argument: those of the lookup, and the caller's own.
 */
export function argumentsSchema(checks: Readonly<Record<string, Check>> = packStatusChecks): JsonSchema {
  const no = (...keys: string[]) => ({ properties: Object.fromEntries(keys.map((key) => [key, false])) });
  return {
    ...recordSchema(checks, ["name"]),
    dependencies: {
      accountIds: no("expectedAccounts"),
      ...("statuses" in checks && { statuses: no("expectedAccounts") }),
      excludedAccounts: {
        properties: { expectedAccounts: { anyOf: [{ const: "organization" }, { type: "object" }] } },
        required: ["expectedAccounts"],
      },
    },
    if: { properties: { detail: { const: "unsuccessful" } }, required: ["detail"] },
    then: {
      properties: { ...no("accountIds", "expectedAccounts", "statuses").properties, aggregate: { const: true } },
    },
  };
}

/** The arguments as a whole, before anything in them is checked. */
export const argumentsCheck: Check = (value, property) =>
  isPlainObject(value) ? [] : [{ property, reason: `${quoted(value)} is not an object with a name.` }];

/** Arguments that are each allowed and do not go together. */
function conflicts(args: Readonly<Record<string, unknown>>): Problem[] {
  return [...expectationConflicts(args), ...detailConflicts(args)];
}

function expectationConflicts(args: Readonly<Record<string, unknown>>): Problem[] {
  const { accountIds, excludedAccounts, expectedAccounts, statuses } = args;
  const problems: Problem[] = [];
  if (expectedAccounts !== undefined && accountIds !== undefined) {
    problems.push({
      property: "expectedAccounts",
      reason: "accountIds already names the accounts that must be there; drop one of the two.",
    });
  }
  if (expectedAccounts !== undefined && statuses !== undefined) {
    problems.push({
      property: "expectedAccounts",
      reason: "With only the rows that statuses picks, no account can be found missing; drop one of the two.",
    });
  }
  // Any other value of expectedAccounts is a mistake of its own.
  if (excludedAccounts !== undefined && (expectedAccounts === undefined || Array.isArray(expectedAccounts))) {
    problems.push({
      property: "excludedAccounts",
      reason:
        'It goes with expectedAccounts: "organization" only, or with organizational units; leave these accounts out of the list.',
    });
  }
  return problems;
}

function detailConflicts(args: Readonly<Record<string, unknown>>): Problem[] {
  if (args.detail !== "unsuccessful") return [];
  return [
    ...["accountIds", "expectedAccounts", "statuses"]
      .filter((key) => args[key] !== undefined)
      .map((key) => ({
        property: "detail",
        reason: `"unsuccessful" rows can't answer what ${key} asks; drop one of the two.`,
      })),
    ...(args.aggregate === false
      ? [{ property: "detail", reason: '"unsuccessful" relies on the aggregate; drop aggregate: false.' }]
      : []),
  ];
}

/** The pack's name for an error, from arguments that may be anything. */
export function packNameOf(args: unknown): string {
  const name = typeof args === "object" && args !== null && "name" in args ? args.name : undefined;
  return typeof name === "string" ? name : "";
}

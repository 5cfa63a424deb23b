import { accountIdCheck, regionCheck, roleArnCheck } from "../checks/awsChecks";
import {
  amount,
  boolean,
  type Check,
  either,
  entryProblems,
  integer,
  isPlainObject,
  list,
  oneOf,
  record,
  text,
} from "../checks/check";
import type { Problem } from "../checks/problem";
import { quoted } from "../checks/quoted";
import { organizationResourceDetailedStatuses } from "./detailedStatus";
import type { AssumeRole, PackStatusArgs } from "./packStatusArgs";

const accountIdsCheck = list(accountIdCheck, 50_000);

/** The checks for an `AssumeRole`. */
export const assumeRoleChecks = {
  roleArn: roleArnCheck,
  // It is not quoted back: to some it is a secret.
  externalId: (value, property) =>
    typeof value === "string" && /^[\w+=,.@:/-]{2,1224}$/.test(value)
      ? []
      : [{ property, reason: "It is not an external id: 2 to 1224 letters, digits and +=,.@:/-_." }],
  sessionName: text(/^[\w+=,.@-]{2,64}$/, "a session name: 2 to 64 letters, digits and +=,.@-_"),
  durationSeconds: integer(900, 43_200),
} satisfies Record<keyof AssumeRole, Check>;

/** The checks for the `PackStatusArgs`. */
export const packStatusChecks = {
  name: text(
    /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/,
    "an organization conformance pack's name: 1 to 128 letters, digits and hyphens, a letter first",
  ),
  regions: list(regionCheck, 50),
  accountIds: accountIdsCheck,
  statuses: list(oneOf(organizationResourceDetailedStatuses), organizationResourceDetailedStatuses.length),
  expectedAccounts: either(Array.isArray, accountIdsCheck, (value, property) =>
    value === "organization"
      ? []
      : [{ property, reason: `${quoted(value)} is not a list of account ids, and not "organization".` }],
  ),
  excludedAccounts: accountIdsCheck,
  aggregate: boolean,
  detail: oneOf(["all", "unsuccessful"]),
  stuckAfterMinutes: amount("minutes", 100_000),
  assumeRole: record(assumeRoleChecks, ["roleArn"]),
  pageSize: integer(1, 100),
  maxPages: integer(1, 1_000_000),
  maxConcurrentRegions: integer(1, 50),
  maxAttempts: integer(1, 100),
  requestTimeoutSeconds: amount("seconds", 900),
  timeoutSeconds: amount("seconds", 86_400),
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
      reason: 'It goes with expectedAccounts: "organization" only; leave these accounts out of the list.',
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

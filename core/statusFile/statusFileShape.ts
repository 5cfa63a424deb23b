import { reasonOf } from "../gate/causes";
import { reasonRules } from "../status/reasons";
import { verdicts } from "../status/verdict";
import { anyText, count, either, flag, listOf, nothing, object, oneOf, optional, type Shape, textLike } from "./shape";
import { exitCodeOf, exitCodes, exitCodesOfErrors } from "./exitCodes";
import { lookupKinds, type StatusFile } from "./statusFile";

/** With `--redact`, an id is its last four digits, and a number where two ids have the same. */
const accountId = textLike(/^(\d{12}|…\d{4}(-\d+)?)$/, "an account id");
const time = textLike(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/, "a time");
const verdict = oneOf(...verdicts);

const reason = object({
  verdict,
  code: oneOf(...Object.keys(reasonRules)),
  region: optional(anyText),
  message: anyText,
});

const place = { accountId, accountName: optional(anyText), region: anyText };

const tolerated = optional(
  object({
    by: oneOf("account", "organizationalUnit", "limit", "inProgress", "wait"),
    reason: optional(anyText),
    expires: optional(textLike(/^\d{4}-\d{2}-\d{2}$/, "a day")),
  }),
);

const row = {
  ...place,
  conformancePackName: anyText,
  status: anyText,
  errorCode: optional(anyText),
  errorMessage: optional(anyText),
  lastUpdateTime: optional(time),
};

const rowCounts = object({
  total: count,
  successful: count,
  failed: count,
  inProgress: count,
  deleted: count,
  unrecognized: count,
});

const accountCounts = object({
  total: count,
  successful: count,
  failed: count,
  inProgress: count,
  stuck: count,
  missing: count,
  unrecognized: count,
  tolerated: count,
});

const aggregate = object({
  status: anyText,
  errorCode: optional(anyText),
  errorMessage: optional(anyText),
  lastUpdateTime: optional(time),
});

const cause = object({
  kind: oneOf(...Object.keys(reasonOf)),
  errorCode: optional(anyText),
  statuses: listOf(anyText),
  message: optional(anyText),
  otherMessages: count,
  nextStep: anyText,
  since: optional(time),
  accounts: listOf(
    object({
      accountId,
      accountName: optional(anyText),
      path: optional(anyText),
      owner: optional(anyText),
      regions: listOf(anyText),
    }),
  ),
});

const header = {
  tool: object({ name: anyText, version: anyText }),
  lookedUpAt: time,
  by: oneOf(...lookupKinds),
  run: optional(object({ project: optional(anyText), stack: optional(anyText), preview: optional(flag) })),
  callerAccountId: optional(accountId),
  name: anyText,
  exitCode: oneOf(...Object.values(exitCodes)),
  regions: listOf(anyText),
};

const foundStatus = object({
  ...header,
  expected: optional(either(oneOf("organization", "organizationalUnits"), count)),
  verdict,
  reasons: listOf(reason),
  decision: object({ verdict, reasons: listOf(reason), tolerated: listOf(anyText), warnings: listOf(anyText) }),
  counts: object({ accounts: accountCounts, rows: rowCounts }),
  regionStatuses: listOf(
    object({
      region: anyText,
      counts: rowCounts,
      aggregate: optional(aggregate),
      error: optional(anyText),
      isOutage: optional(flag),
      requestId: optional(anyText),
      nextStep: optional(anyText),
    }),
  ),
  accountOwners: optional(
    object({
      owners: listOf(object({ owner: anyText, accountIds: listOf(accountId) })),
      warning: optional(anyText),
    }),
  ),
  causes: listOf(cause),
  stuck: listOf(object(row)),
  missing: listOf(object({ ...place, cause: oneOf("noRow", "deleting", "deleted"), tolerated })),
  unexpected: listOf(object({ ...row, cause: oneOf("notListed", "notInOrganization", "notActive", "excluded") })),
  members: listOf(object({ ...row, tolerated })),
});

const failedLookup = object({
  ...header,
  verdict: nothing,
  error: object({
    class: anyText,
    message: anyText,
    region: optional(anyText),
    requestId: optional(anyText),
    nextStep: anyText,
  }),
});

/** The shape of a status file: only what a rendering, or `report --exit-code`, relies on. */
export const statusFileShape: Shape = (value, path) =>
  (typeof value === "object" && value !== null && "verdict" in value && value.verdict === null
    ? failedLookup
    : foundStatus)(value, path) ?? exitCodeMistake(value as StatusFile, path);

/** An exit code that is not the one of the decision, or of a lookup that failed. */
function exitCodeMistake(file: StatusFile, path: string): string | undefined {
  const [allowed, what] =
    file.verdict === null
      ? [exitCodesOfErrors, "a lookup that failed"]
      : [[exitCodeOf(file.decision.verdict), exitCodes.notSettled], `the decision ${file.decision.verdict}`];
  if (allowed.includes(file.exitCode)) return undefined;
  return `${path === "" ? "" : `${path}.`}exitCode is ${String(file.exitCode)}, not one of ${what}`;
}

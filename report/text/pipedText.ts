import { causeTitle } from "../../core/gate/causeTitle";
import type { CauseAccount } from "../../core/gate/causes";
import { plural } from "../../core/text/plural";
import { sanitize } from "../../core/text/sanitize";
import type { FoundStatus, StatusFile } from "../../core/statusFile/statusFile";
import { accountRows } from "../accountRows";
import { exceptedAccounts, otherTolerated, untilOf } from "../exceptedAccounts";
import { countsSentence, despite, headline } from "../headline";
import { regionList, regionNumbers, silentRegions } from "../regionNumbers";
import type { RenderOptions } from "../renderOptions";
import { whatElse } from "./whatElse";

/** A status as lines of any length, each of which says what it is about. */
export function pipedText(file: StatusFile, options: RenderOptions): readonly string[] {
  const from = file.callerAccountId === undefined ? "" : ` from ${sanitize(file.callerAccountId, 20)}`;
  const name = sanitize(file.name, 128);
  if (file.verdict === null) {
    const [first = "", ...more] = file.error.message.split("\n").map((line) => sanitize(line, 1_000));
    return [`NOT_LOOKED_UP ${name}: ${first} Tried ${file.lookedUpAt}${from}.`, ...more.map((line) => `  ${line}`)];
  }
  const { regions } = file;
  return [
    `${file.decision.verdict} ${name}: ${headline(file).join(" ")} Looked up ${file.lookedUpAt}${from}.`,
    `${countsSentence(file)}.`,
    ...despite(file),
    ...silentRegions(file).flatMap(({ error, nextStep, region }) => [
      `${sanitize(region, 40)}: not read. ${error}`,
      ...(nextStep === undefined ? [] : [`  Next: ${sanitize(nextStep)}`]),
    ]),
    ...regionNumbers(file).map((numbers) => {
      const aws = numbers.aggregate === undefined ? "" : `AWS says ${numbers.aggregate}. `;
      return `${regionList(numbers.regions, regions)}: ${aws}${plural(numbers.accounts, "account")}: ${partsOf(numbers)}.`;
    }),
    ...file.causes.flatMap((cause) => {
      const { accounts, message, nextStep, otherMessages, since, statuses } = cause;
      const words = statuses.length > 0 ? ` (${statuses.map((status) => sanitize(status, 60)).join(", ")})` : "";
      const where = regionList(regionsOf(accounts), regions);
      const day = since === undefined ? "" : `, since ${since.slice(0, 10)}`;
      const others = otherMessages > 0 ? ` (and ${plural(otherMessages, "other message")})` : "";
      return [
        `${causeTitle(cause)}${words}, ${plural(accounts.length, "account")} in ${where}${day}: ${accountList(accounts)}`,
        ...(message === undefined ? [] : [`  AWS says: ${sanitize(message)}${others}`]),
        `  Next: ${nextStep}`,
      ];
    }),
    ...coveredLines(file, options),
    ...whatElse(file, options),
    ...(options.show === "all" ? [`Successful: ${accountList(successfulAccounts(file))}`] : []),
  ];
}

function partsOf({ failed, inProgress, missing, ok, unknown }: ReturnType<typeof regionNumbers>[number]): string {
  const parts = [
    [ok, "ok"],
    [failed, "failed"],
    [inProgress, "in progress"],
    [missing, "missing"],
    [unknown, "of unknown status"],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).map(([count, word]) => `${String(count)} ${word}`);
  return shown.length > 0 ? shown.join(", ") : "none";
}

function* coveredLines(file: FoundStatus, { now }: RenderOptions): Generator<string> {
  const excepted = exceptedAccounts(file, now);
  for (const exception of excepted) {
    const { accountId, accountName, reason, regions } = exception;
    const name = accountName === undefined ? "" : ` (${sanitize(accountName, 128)})`;
    const where = regionList(regions, file.regions);
    yield `Excepted: ${sanitize(accountId, 20)}${name} in ${where}, ${untilOf(exception)}: ${sanitize(reason, 500)}`;
  }
  for (const sentence of otherTolerated(file, excepted)) yield `Allowed: ${sanitize(sentence, 1_000)}`;
}

/** The regions of some accounts, each once. */
export function regionsOf(accounts: readonly Pick<CauseAccount, "regions">[]): readonly string[] {
  return [...new Set(accounts.flatMap(({ regions }) => regions))].sort();
}

/** The accounts that are well in each region. */
export function successfulAccounts(file: FoundStatus): readonly Pick<CauseAccount, "accountId" | "accountName">[] {
  const bad = new Set<string>();
  const good = new Map<string, Pick<CauseAccount, "accountId" | "accountName">>();
  for (const { accountId, accountName, outcome } of accountRows(file)) {
    if (outcome === "successful") good.set(accountId, { accountId, ...(accountName !== undefined && { accountName }) });
    else if (outcome !== "deleted") bad.add(accountId);
  }
  return [...good.values()].filter(({ accountId }) => !bad.has(accountId));
}

function accountList(accounts: readonly Omit<CauseAccount, "regions">[]): string {
  return accounts
    .map(({ accountId, accountName, owner, path }) => {
      const about = [
        ...(accountName === undefined ? [] : [sanitize(accountName, 128)]),
        ...(path === undefined ? [] : [`in ${sanitize(path, 200)}`]),
        ...(owner === undefined ? [] : [`owner ${sanitize(owner, 128)}`]),
      ];
      return `${sanitize(accountId, 20)}${about.length > 0 ? ` (${about.join(", ")})` : ""}`;
    })
    .join(", ");
}

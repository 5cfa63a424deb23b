import { causeTitle } from "../../core/gate/causeTitle";
import type { CauseAccount } from "../../core/gate/causes";
import { accountText } from "../../core/text/accountText";
import { listItem } from "../../core/text/listItem";
import { sanitize } from "../../core/text/sanitize";
import type { FoundStatus, StatusFile } from "../../core/statusFile/statusFile";
import { decisionWord } from "../decisionWord";
import { exceptedAccounts, otherTolerated, untilOf } from "../exceptedAccounts";
import { countsSentence, despite, headline } from "../headline";
import { counted, grouped } from "../numbers";
import { regionGroups, regionList, type RegionNumbers, regionParts, regionsOf, silentRegions } from "../regionNumbers";
import type { RenderOptions } from "../renderOptions";
import { successfulAccounts } from "../successfulAccounts";
import { whatElse } from "../whatElse";

/** A status as lines of any length, each of which says what it is about. */
export function pipedText(file: StatusFile, options: RenderOptions): readonly string[] {
  const from = file.callerAccountId === undefined ? "" : ` from ${sanitize(file.callerAccountId, 20)}`;
  const name = sanitize(file.name, 128);
  if (file.verdict === null) {
    const [first = "", ...more] = file.error.message.split("\n").map((line) => sanitize(line, 1_000));
    return [
      `${decisionWord(file)} ${name}: ${first} Tried ${file.lookedUpAt}${from}.`,
      ...more.map((line) => `  ${line}`),
    ];
  }
  const { regions } = file;
  return [
    `${decisionWord(file)} ${name}: ${headline(file).join(" ")} Looked up ${file.lookedUpAt}${from}.`,
    `${countsSentence(file)}.`,
    ...despite(file),
    ...silentRegions(file).flatMap(({ error, nextStep, region }) => [
      `${sanitize(region, 40)}: not read. ${error}`,
      ...(nextStep === undefined ? [] : [`  Next: ${sanitize(nextStep)}`]),
    ]),
    ...regionGroups(file).map(({ numbers, regions: alike }) => {
      const aws = numbers.aggregate === undefined ? "" : `AWS says ${numbers.aggregate}. `;
      return `${regionList(alike, regions)}: ${aws}${counted(numbers.accounts, "account")}: ${partsOf(numbers)}.`;
    }),
    ...file.causes.flatMap((cause) => {
      const { accounts, message, nextStep, otherMessages, since, statuses } = cause;
      const words = statuses.length > 0 ? ` (${statuses.map((status) => sanitize(status, 60)).join(", ")})` : "";
      const where = regionList(regionsOf(accounts), regions);
      const day = since === undefined ? "" : `, since ${since.slice(0, 10)}`;
      const others = otherMessages > 0 ? ` (and ${counted(otherMessages, "other message")})` : "";
      return [
        `${causeTitle(cause, listItem)}${words}, ${counted(accounts.length, "account")} in ${where}${day}: ${accountList(accounts)}`,
        ...(message === undefined ? [] : [`  AWS says: ${sanitize(message)}${others}`]),
        `  Next: ${nextStep}`,
      ];
    }),
    ...coveredLines(file, options),
    ...whatElse(file, options),
    ...(options.show === "all" ? [`Successful: ${accountList(successfulAccounts(file))}`] : []),
  ];
}

function partsOf(numbers: RegionNumbers): string {
  const parts = regionParts(numbers).map(({ count, word }) => `${grouped(count)} ${word}`);
  return parts.length > 0 ? parts.join(", ") : "none";
}

function* coveredLines(file: FoundStatus, { now }: RenderOptions): Generator<string> {
  const excepted = exceptedAccounts(file, now);
  for (const exception of excepted) {
    const { reason, regions } = exception;
    const where = regionList(regions, file.regions);
    yield `Excepted: ${accountText(exception)} in ${where}, ${untilOf(exception)}: ${sanitize(reason, 500)}`;
  }
  for (const sentence of otherTolerated(file, excepted)) yield `Allowed: ${sanitize(sentence, 1_000)}`;
}

function accountList(accounts: readonly Omit<CauseAccount, "regions">[]): string {
  return accounts.map(accountText).join(", ");
}

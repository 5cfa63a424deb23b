import { causeTitle } from "../../core/gate/causeTitle";
import type { Cause } from "../../core/gate/causes";
import type { FailedLookupFile, FoundStatus, StatusFile } from "../../core/statusFile/statusFile";
import { exceptedAccounts, otherTolerated, untilOf } from "../exceptedAccounts";
import { countsSentence, despite, headline } from "../headline";
import { counted } from "../numbers";
import { regionList, regionsOf, silentRegions } from "../regionNumbers";
import type { RenderOptions } from "../renderOptions";
import { isBlocking } from "../severity";
import { successfulAccounts } from "../successfulAccounts";
import { timeText } from "../timeText";
import { whatElse } from "../whatElse";
import { accountInMarkdown } from "./accountInMarkdown";
import { code, codeInCell, prose } from "./foreignText";

/** The limits of a section. What is left out is counted. */
export interface Shown {
  readonly causes: number;
  /** The most accounts of one cause. */
  readonly accounts: number;
}

/** The most characters of AWS's words. */
const wordsShown = 600;
/** The most regions by name. */
const regionsShown = 4;
/** Accounts in a cell of the table; more are folded below it. */
const inCell = 5;

/** The part of the text for one pack. */
export function packSection(file: StatusFile, isOneOfMany: boolean, shown: Shown, options: RenderOptions): string {
  const title = isOneOfMany ? [`#### ${code(file.name, 128)}`] : [];
  const name = isOneOfMany ? "" : ` ${code(file.name, 128)}`;
  const parts = file.verdict === null ? failedLookup(file, name) : found(file, name, shown, options);
  return [...title, ...parts, lookedUp(file)].join("\n\n");
}

function failedLookup({ error }: FailedLookupFile, name: string): readonly string[] {
  const lines = error.message.split("\n").filter((line) => !line.startsWith("Next: "));
  return [
    `**Nothing is known**${name === "" ? "" : ` of${name}`}:`,
    lines
      .slice(0, 10)
      .map((line) => `- ${code(line, wordsShown)}`)
      .join("\n"),
    `**Next:** ${prose(error.nextStep)}`,
  ];
}

function found(file: FoundStatus, name: string, shown: Shown, options: RenderOptions): readonly string[] {
  const causes = file.causes.slice(0, shown.causes);
  const left = file.causes.slice(shown.causes);
  return [
    `**${file.decision.verdict.replace("_", "\\_")}**${name}: ${headline(file)
      .slice(0, 20)
      .map((sentence) => prose(sentence, wordsShown))
      .join(" ")}`,
    `${countsSentence(file)}.`,
    ...despite(file).map((sentence) => prose(sentence)),
    ...silent(file),
    ...(causes.length > 0 ? [causeTable(causes, file, shown)] : []),
    ...(left.length > 0
      ? [`And ${counted(accountsOf(left), "account")} with ${counted(left.length, "other cause")}.`]
      : []),
    ...(causes.length > 0
      ? [`**Next**\n\n${numbered(causes, (cause) => `${titleOf(cause)}: ${prose(cause.nextStep)}`)}`]
      : []),
    ...awsWords(causes),
    ...folded(causes, file, shown),
    ...excepted(file, options),
    ...list([...whatElse(file, {})].map((line) => prose(line, wordsShown))),
    ...(options.show === "all" ? healthy(file, shown) : []),
  ];
}

function numbered(causes: readonly Cause[], textOf: (cause: Cause) => string): string {
  return causes.map((cause, index) => `${String(index + 1)}. ${textOf(cause)}`).join("\n");
}

function list(lines: readonly string[], most = 20): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length > most ? [`and ${String(lines.length - most)} more`] : [];
  return [[...lines.slice(0, most), ...more].map((line) => `- ${line}`).join("\n")];
}

function titleOf(cause: Cause): string {
  return cause.kind === "failed" ? code(causeTitle(cause), 100) : causeTitle(cause);
}

function accountsOf(causes: readonly Cause[]): number {
  return new Set(causes.flatMap(({ accounts }) => accounts.map(({ accountId }) => accountId))).size;
}

function causeTable(causes: readonly Cause[], file: FoundStatus, shown: Shown): string {
  const rows = causes.map((cause) => {
    const { accounts, kind, since } = cause;
    const title = kind === "failed" ? codeInCell(causeTitle(cause), 100) : causeTitle(cause);
    const fits = accounts.length <= Math.min(inCell, shown.accounts);
    const who = fits
      ? accounts.map((account) => accountInMarkdown(account, codeInCell)).join(", ")
      : counted(accounts.length, "account");
    const where = prose(regionList(regionsOf(accounts), file.regions, regionsShown)).replaceAll("|", "\\|");
    return `| ${title} | ${who} | ${where} | ${since?.slice(0, 10) ?? ""} |`;
  });
  return ["| Cause | Accounts | Regions | Since |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function awsWords(causes: readonly Cause[]): readonly string[] {
  const said = causes.filter(({ message }) => message !== undefined);
  if (said.length === 0) return [];
  const lines = said.map((cause) => {
    const others = cause.otherMessages > 0 ? ` (and ${counted(cause.otherMessages, "other message")})` : "";
    return `- ${titleOf(cause)}: ${code(cause.message ?? "", wordsShown)}${others}`;
  });
  return [`<details><summary>What AWS says</summary>\n\n${lines.join("\n")}\n\n</details>`];
}

/** The accounts of each cause that are too many for the table. */
function folded(causes: readonly Cause[], { regions }: FoundStatus, shown: Shown): readonly string[] {
  if (shown.accounts === 0) return [];
  return causes
    .map((cause, index) => ({ cause, number: index + 1 }))
    .filter(({ cause }) => cause.accounts.length > Math.min(inCell, shown.accounts))
    .map(({ cause: { accounts }, number }) => {
      const first = accounts.slice(0, shown.accounts);
      const left = accounts.length - first.length;
      const summary = `Accounts of cause ${String(number)}${left > 0 ? `, the first ${String(first.length)}` : ""}`;
      const ids = first.map((account) => {
        const where =
          account.regions.length === regions.length
            ? ""
            : ` (${prose(regionList(account.regions, regions, regionsShown))})`;
        return `${accountInMarkdown(account)}${where}`;
      });
      const more = left > 0 ? `, and ${counted(left, "other")}` : "";
      return `<details><summary>${summary}</summary>\n\n${ids.join(", ")}${more}\n\n</details>`;
    });
}

function silent(file: FoundStatus): readonly string[] {
  return list(
    silentRegions(file).map(({ error, nextStep, region }) => {
      const next = nextStep === undefined ? "" : ` **Next:** ${prose(nextStep)}`;
      return `**Nothing is known of ${prose(region)}**: ${code(error, wordsShown)}${next}`;
    }),
  );
}

function excepted(file: FoundStatus, { now }: RenderOptions): readonly string[] {
  const accounts = exceptedAccounts(file, now);
  const lines = [
    ...accounts.map((exception) => {
      const where = prose(regionList(exception.regions, file.regions, regionsShown));
      return `${accountInMarkdown(exception)} in ${where}, ${untilOf(exception)}: ${code(exception.reason, 200)}`;
    }),
    ...otherTolerated(file, accounts).map((sentence) => prose(sentence, wordsShown)),
  ];
  return lines.length === 0 ? [] : [`**Exceptions**\n\n${list(lines).join("")}`];
}

function healthy(file: FoundStatus, shown: Shown): readonly string[] {
  const accounts = successfulAccounts(file);
  if (accounts.length === 0 || shown.accounts === 0) return [];
  const ids = accounts.slice(0, 1_000).map((account) => accountInMarkdown(account));
  const more = accounts.length > ids.length ? `, and ${counted(accounts.length - ids.length, "other")}` : "";
  return [
    `<details><summary>${counted(accounts.length, "healthy account")}</summary>\n\n${ids.join(", ")}${more}\n\n</details>`,
  ];
}

function lookedUp(file: StatusFile): string {
  const { callerAccountId, lookedUpAt } = file;
  const from = callerAccountId === undefined ? "" : ` from ${code(callerAccountId, 20)}`;
  const isKnown = file.verdict !== null && file.regionStatuses.some(({ error }) => error === undefined);
  const says =
    isBlocking(file) || !isKnown
      ? ""
      : " It says that the pack is there, not whether its rules find compliant resources.";
  return `<sub>Looked up ${timeText(lookedUpAt)}${from}.${says}</sub>`;
}

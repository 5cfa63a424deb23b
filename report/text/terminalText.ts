import { createColors } from "picocolors";
import { causeTitle } from "../../core/gate/causeTitle";
import type { Cause, CauseAccount } from "../../core/gate/causes";
import { groupBy } from "../../core/status/groupBy";
import { sanitize } from "../../core/text/sanitize";
import type { FoundStatus, StatusFile } from "../../core/statusFile/statusFile";
import { decisionSigns, decisionWord } from "../decisionWord";
import { exceptedAccounts, otherTolerated, untilOf } from "../exceptedAccounts";
import { countsSentence, despite, headline } from "../headline";
import { counted, grouped } from "../numbers";
import { type RegionGroup, regionGroups, regionList, regionParts, regionsOf, silentRegions } from "../regionNumbers";
import type { RenderOptions, Terminal } from "../renderOptions";
import { successfulAccounts } from "../successfulAccounts";
import { timeText } from "../timeText";
import { whatElse } from "../whatElse";
import { accountText } from "../../core/text/accountText";
import { gridOf } from "./grid";
import { tableLines } from "./tableLines";
import { wrap } from "./wrap";

/** A status as lines for a terminal: wrapped at its width, with symbols, and with colours if it has any. */
export function terminalText(file: StatusFile, options: RenderOptions, terminal: Terminal): readonly string[] {
  // A line as wide as a very wide terminal is hard to read.
  const width = Math.min(Math.max(terminal.columns, 40), 160);
  const { bold, dim, green, red, yellow } = createColors(terminal.hasColors);
  const name = sanitize(file.name, 128);
  const from = file.callerAccountId === undefined ? "" : ` from ${sanitize(file.callerAccountId, 20)}`;
  const at = `${timeText(file.lookedUpAt)}${from}.`;
  const word = `${decisionSigns[decisionWord(file)]} ${decisionWord(file)}`;
  const colored = (word: string, color: (text: string) => string, line: string): string =>
    line.replace(word, bold(color(word)));

  if (file.verdict === null) {
    const [first = "", ...more] = file.error.message.split("\n").map((line) => sanitize(line, 1_000));
    const [head = "", ...rest] = wrap(`${word}  ${name}: ${first}`, width, "", "  ");
    return [
      colored(word, red, head),
      ...rest,
      ...more.flatMap((line) => wrap(line, width, "  ")),
      dim(`  Tried ${at}`),
    ];
  }

  const { verdict } = file.decision;
  const color = verdict === "PASSED" ? green : verdict === "FAILED" ? red : yellow;
  const [head = "", ...rest] = wrap(`${word}  ${name}: ${headline(file).join(" ")}`, width, "", "  ");
  const isClean = verdict === "PASSED" && file.verdict === "PASSED" && options.show === "problems";
  const grid = isClean ? undefined : gridOf(file, width);
  return [
    colored(word, color, head),
    ...rest,
    ...(isClean ? [] : wrap(`${countsSentence(file)}.`, width, "  ")),
    ...(isClean ? [] : despite(file).flatMap((line) => wrap(line, width, "  "))),
    dim(`  Looked up ${at}`),
    ...(isClean ? [] : ["", ...(grid ?? regionTable(file, width))]),
    ...silentLines(file, width),
    ...file.causes.flatMap((cause, index) => ["", ...causeLines(cause, file, width, grid && index + 1)]),
    ...coveredLines(file, options, width),
    ...spaced([...whatElse(file, options)].flatMap((line) => wrap(line, width, "  ", "    "))),
    ...(options.show === "all" ? spaced(accountLines("Successful", successfulAccounts(file))) : []),
  ];
}

function spaced(lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? ["", ...lines] : [];
}

function regionTable(file: FoundStatus, width: number): readonly string[] {
  const groups = regionGroups(file);
  const hasUnknown = groups.some(({ numbers }) => numbers.unknown > 0);
  const cell = (count: number): string => (count === 0 ? "-" : grouped(count));
  const nameOf = ({ regions }: RegionGroup): string =>
    regions.length === 1 ? sanitize(regions[0] ?? "", 40) : counted(regions.length, "region");
  const rows = groups.map((group) => [
    nameOf(group),
    group.numbers.aggregate ?? "-",
    grouped(group.numbers.accounts),
    cell(group.numbers.ok),
    cell(group.numbers.failed),
    cell(group.numbers.inProgress),
    cell(group.numbers.missing),
    ...(hasUnknown ? [cell(group.numbers.unknown)] : []),
  ]);
  if (rows.length === 0) return [];
  const heads = ["REGION", "AWS SAYS", "ACCOUNTS", "OK", "FAILED", "IN PROGRESS", "MISSING"];
  const lines = tableLines(
    [[...heads, ...(hasUnknown ? ["UNKNOWN"] : [])], ...rows],
    ["left", "left", "right", "right", "right", "right", "right", "right"],
  );
  if (lines.every((line) => line.length <= width)) return lines;
  return groups.flatMap((group) => {
    const parts = regionParts(group.numbers).map(({ count, word }) => `${grouped(count)} ${word}`);
    return wrap(
      [`${nameOf(group)}: ${counted(group.numbers.accounts, "account")}`, ...parts].join(", "),
      width,
      "  ",
      "    ",
    );
  });
}

function silentLines(file: FoundStatus, width: number): readonly string[] {
  return silentRegions(file).flatMap(({ error, nextStep, region }) => [
    "",
    ...wrap(`${sanitize(region, 40)}: not read. ${error}`, width, "  ", "    "),
    ...(nextStep === undefined ? [] : wrap(`Next: ${sanitize(nextStep)}`, width, "    ", "      ")),
  ]);
}

function causeLines(cause: Cause, file: FoundStatus, width: number, number: number | undefined): readonly string[] {
  const { accounts, message, nextStep, otherMessages, since, statuses } = cause;
  const words = statuses.length > 0 ? ` (${statuses.map((status) => sanitize(status, 60)).join(", ")})` : "";
  const day = since === undefined ? "" : `, since ${since.slice(0, 10)}`;
  const others = otherMessages > 0 ? ` (and ${counted(otherMessages, "other message")})` : "";
  const said = [
    ...(message === undefined ? [] : wrap(`AWS says: ${sanitize(message)}${others}`, width, "    ", "      ")),
    ...wrap(`Next: ${nextStep}`, width, "    ", "      "),
  ];
  if (number !== undefined) {
    return [...wrap(`${String(number)}  ${causeTitle(cause)}${words}${day}`, width, "  ", "     "), ...said];
  }
  // Accounts of the same regions together.
  const groups = [...groupBy(accounts, ({ regions }) => regions.join()).values()];
  return [
    ...wrap(`${causeTitle(cause)}${words}: ${counted(accounts.length, "account")}${day}`, width, "  ", "    "),
    ...groups.flatMap((group) => [
      ...wrap(`in ${regionList(regionsOf(group), file.regions)}`, width, "    ", "      "),
      ...accountLines("", group),
    ]),
    ...said,
  ];
}

function accountLines(title: string, accounts: readonly Omit<CauseAccount, "regions">[]): readonly string[] {
  return [
    ...(title === "" ? [] : [`  ${title}: ${counted(accounts.length, "account")}`]),
    ...accounts.map(({ accountId, accountName = "", owner, path }) => {
      const where = path === undefined ? "" : `  in ${sanitize(path, 200)}`;
      const whose = owner === undefined ? "" : `  owner ${sanitize(owner, 128)}`;
      return `      ${sanitize(accountId, 20)}  ${sanitize(accountName, 128)}${where}${whose}`.trimEnd();
    }),
  ];
}

function coveredLines(file: FoundStatus, { now }: RenderOptions, width: number): readonly string[] {
  const excepted = exceptedAccounts(file, now);
  const lines = [
    ...excepted.map((exception) => {
      const { reason, regions } = exception;
      const where = regionList(regions, file.regions);
      return `Excepted: ${accountText(exception)} in ${where}, ${untilOf(exception)}: ${sanitize(reason, 500)}`;
    }),
    ...otherTolerated(file, excepted).map((sentence) => `Allowed: ${sanitize(sentence, 1_000)}`),
  ];
  return spaced(lines.flatMap((line) => wrap(line, width, "  ", "    ")));
}

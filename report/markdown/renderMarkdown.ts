import { noResult, noResultNextStep } from "../noResult";
import { counted } from "../numbers";
import { isBlocking, packsSentence, worstFirst } from "../severity";
import type { StatusFile } from "../../core/statusFile/statusFile";
import { sanitize } from "../../core/text/sanitize";
import { changesMarkdown } from "../diff/changesMarkdown";
import { changesOf } from "../diff/changes";
import type { Budget, RenderOptions } from "../renderOptions";
import { code, prose } from "./foreignText";
import { heading } from "./heading";
import { packSection, type Shown } from "./packSection";

/** GitHub takes 65,536 characters, and drops a comment that is longer. */
const commentBudget: Budget = { characters: 60_000, bytes: 200_000 };

/** From all to a line a pack: the first that fits the budget is taken, so that nothing is ever cut inside. */
const levels: readonly (Shown & { readonly packs: number; readonly lines: number })[] = [
  { packs: Infinity, lines: Infinity, causes: 10, accounts: 20 },
  { packs: Infinity, lines: Infinity, causes: 10, accounts: 5 },
  { packs: Infinity, lines: Infinity, causes: 10, accounts: 0 },
  { packs: 10, lines: 100, causes: 10, accounts: 0 },
  { packs: 10, lines: 100, causes: 3, accounts: 0 },
  { packs: 3, lines: 100, causes: 3, accounts: 0 },
  { packs: 1, lines: 50, causes: 3, accounts: 0 },
  { packs: 0, lines: 20, causes: 0, accounts: 0 },
];

/**
 * Renders the text of a comment or of a job summary. Its first line is a marker, by which a comment is found again. What is
 * left out to fit the budget is counted.
 */
export function renderMarkdown(files: readonly StatusFile[], options: RenderOptions): string {
  const { budget = commentBudget } = options;
  for (const level of levels) {
    const text = document(files, options, level);
    if (text.length <= budget.characters && Buffer.byteLength(text) <= budget.bytes) return text;
  }
  // A budget that a few lines don't fit into.
  return `${marker(files, options)}\n${heading(files)}\n`;
}

function document(files: readonly StatusFile[], options: RenderOptions, level: (typeof levels)[number]): string {
  const sorted = worstFirst(files);
  const inDetail = sorted.slice(0, level.packs);
  const others = sorted.slice(level.packs);
  const blocks = [
    heading(files),
    packCount(files),
    ...(files.some((file) => file.verdict !== null && isBlocking(file)) ? [notYours(options)] : asked(files, options)),
    ...(files.length === 0 ? [`${noResult} ${noResultNextStep}`] : []),
    ...inDetail.map((file) => packSection(file, files.length > 1, level, options)),
    ...otherPacks(others, level.lines),
    ...(options.previous ? [changesMarkdown(changesOf(options.previous, files))] : []),
    ...whereTheRestIs(options),
  ];
  return `${[marker(files, options), ...blocks.filter((block) => block !== "")].join("\n\n").replace("\n\n", "\n")}\n`;
}

/** Compared as a whole line, by whoever updates the comment. */
function marker(files: readonly StatusFile[], { key }: RenderOptions): string {
  return `<!-- pulumi-org-conformance v1 key=${key ?? keyOf(files)} -->`;
}

/** Project and stack where they are known, else the pack's name. */
function keyOf(files: readonly StatusFile[]): string {
  const runs = files.flatMap(({ run }) => (run?.project === undefined ? [] : [`${run.project}-${run.stack ?? ""}`]));
  // The provider's process knows the project alone; where one lookup knows the stack, all are of it.
  const [longest = files[0]?.name ?? ""] = runs.toSorted((a, b) => b.length - a.length);
  const plain = longest
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 64)
    .replace(/^-+|-+$/g, "");
  return plain === "" ? "default" : plain;
}

function packCount(files: readonly StatusFile[]): string {
  // Its numbers are what is looked for.
  return packsSentence(files)?.replace(/^[\d,]+ of [\d,]+ packs/, "**$&**") ?? "";
}

/** Of a lookup that failed, the change may well be the cause: a misspelled name, or missing permissions. */
function asked(files: readonly StatusFile[], { contact }: RenderOptions): readonly string[] {
  return contact !== undefined && files.some(isBlocking) ? [`Ask ${prose(contact, 200)}.`] : [];
}

function notYours({ contact }: RenderOptions): string {
  const ask = contact === undefined ? "" : ` Ask ${prose(contact, 200)}.`;
  return `The gate is about the accounts of the organization, so this change probably did not cause it. The check passes once they are well.${ask}`;
}

function otherPacks(files: readonly StatusFile[], lines: number): readonly string[] {
  if (files.length === 0) return [];
  const shown = files.slice(0, lines).map((file) => {
    const word = file.verdict === null ? "could not be looked up" : file.decision.verdict;
    return `- ${code(file.name, 128)}: ${word === "could not be looked up" ? word : code(word)}`;
  });
  const left = files.length - shown.length;
  return [[...shown, ...(left > 0 ? [`- and ${counted(left, "other pack")}`] : [])].join("\n")];
}

/** The full report and the artifact with the status files: a comment shows only some accounts. */
function whereTheRestIs({ artifact, reportUrl }: RenderOptions): readonly string[] {
  const link = reportUrl === undefined ? undefined : linkTo(reportUrl);
  const files = artifact === undefined ? undefined : `The status files are in the artifact ${code(artifact, 100)}.`;
  const parts = [link && files ? `${link}.` : link, files].filter((part) => part !== undefined);
  return parts.length > 0 ? [parts.join(" ")] : [];
}

/** The caller's own address, not foreign text. Only http and https are links. */
function linkTo(url: string): string | undefined {
  return /^https?:\/\/[^\s<>]+$/i.test(url) ? `[Full report](<${sanitize(url, 2_000)}>)` : undefined;
}

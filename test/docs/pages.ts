import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const repository = resolve(__dirname, "../..");

/** A page of the documentation. */
export interface Page {
  /** From the repository's root, for example `docs/verdict.md`. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block of a page. */
export interface Block {
  readonly path: string;
  /** The heading above it, without markup. */
  readonly heading: string;
  readonly language: string;
  readonly code: string;
  /** `<!-- fragment -->` stands before it: a part of a program, which can't run. */
  readonly isFragment: boolean;
}

/** All pages that a reader is sent to. */
export function pages(): Page[] {
  const docs = readdirSync(join(repository, "docs")).filter((name) => name.endsWith(".md"));
  return [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "examples/README.md",
    ...docs.map((name) => `docs/${name}`),
  ].map(page);
}

export function page(path: string): Page {
  return { path, text: readFileSync(join(repository, path), "utf8") };
}

/** The fenced blocks of `page`, in order. */
export function blocksOf({ path, text }: Page): Block[] {
  const parts = /^(#+ .+)$|^(<!-- fragment -->)$|^( *)```(\w+)\n([^]*?)^ *```$/gm;
  let heading = "";
  let isFragment = false;
  const blocks: Block[] = [];
  for (const [, title, fragment, , language, code] of text.matchAll(parts)) {
    if (title !== undefined) heading = withoutMarkup(title.replace(/^#+ /, ""));
    if (fragment !== undefined) isFragment = true;
    if (language === undefined || code === undefined) continue;
    blocks.push({ path, heading, language, code, isFragment });
    isFragment = false;
  }
  return blocks;
}

/** A page's text without its fenced blocks and code spans: what is left may have links and headings. */
export function proseOf({ text }: Page): string {
  return text.replace(/^( *)```[^]*?^ *```$/gm, "");
}

/** The headings of a page, as the anchors that GitHub makes of them. */
export function anchorsOf(of: Page): string[] {
  const seen = new Map<string, number>();
  return [...proseOf(of).matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) => {
    const anchor = withoutMarkup(title)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{Pc} -]/gu, "")
      .replaceAll(" ", "-");
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${String(count)}`;
  });
}

/** The first column of the tables below a heading: the names in it, without code marks. */
export function namesBelow(of: Page, heading: string): string[] {
  const lines = proseOf(of).split("\n");
  const start = lines.findIndex((line) => /^#+ /.test(line) && withoutMarkup(line.replace(/^#+ /, "")) === heading);
  if (start < 0) throw new Error(`${of.path} has no heading "${heading}".`);
  const end = lines.findIndex((line, index) => index > start && /^#+ /.test(line));
  const section = lines.slice(start, end < 0 ? undefined : end);
  // A row of names, not the header, which has a rule below it.
  const rows = section.filter((line, index) => line.startsWith("|") && !/^\|[ :|-]+$/.test(section[index + 1] ?? ""));
  return rows.flatMap((row) => /^\| *`([^`]+)`/.exec(row)?.[1] ?? []);
}

function withoutMarkup(text: string): string {
  return text.replaceAll("`", "").replace(/\[([^\]]+)\]\([^)]*\)/g, "$1");
}

import { execFileSync } from "node:child_process";

/** A node of a Markdown tree (mdast). */
export interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  readonly depth?: number;
  readonly url?: string;
  readonly children?: readonly MarkdownNode[];
}

const script = `
  import { readFileSync, writeFileSync } from "node:fs";
  import { fromMarkdown } from "mdast-util-from-markdown";
  import { gfmFromMarkdown } from "mdast-util-gfm";
  import { gfm } from "micromark-extension-gfm";
  const parse = (text) => fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const withoutPosition = (key, value) => (key === "position" ? undefined : value);
  writeFileSync(1, JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(parse), withoutPosition));
`;

/** Parses Markdown as GitHub does. In a process of its own: the parser is an ES module, which Jest can't load. */
export function parseMarkdown(texts: readonly string[]): readonly MarkdownNode[] {
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    input: JSON.stringify(texts),
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  return JSON.parse(output) as MarkdownNode[];
}

/** All nodes of a tree. */
export function nodesOf(node: MarkdownNode): readonly MarkdownNode[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)];
}

/** The texts in code spans. */
export function codesOf(node: MarkdownNode): readonly string[] {
  return nodesOf(node).flatMap(({ type, value }) => (type === "inlineCode" && value !== undefined ? [value] : []));
}

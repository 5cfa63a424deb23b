import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Finding } from "./finding";

/** A configuration as it is written: its value, and where each part of it is. */
export interface ConfigText {
  readonly value: unknown;
  /** The line of a key, or of the nearest key around it. */
  readonly lineOf: (property: string) => number;
  /** The mistakes in it as JSON. */
  readonly findings: readonly Finding[];
}

/** Reads a text as JSON, as strictly as the Pulumi CLI does, and finds keys that are there twice. */
export function readConfigText(text: string): ConfigText {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const lineAt = (offset: number): number => text.slice(0, offset).split("\n").length;
  const finding = (property: string, offset: number, message: string): Finding => ({
    severity: "error",
    property,
    message,
    line: lineAt(offset),
  });
  const first = errors[0];
  // Editors hide it, and the Pulumi CLI refuses it.
  if (text.startsWith("\uFEFF")) {
    return unreadable(finding("", 0, "The file begins with a byte order mark. Save it as UTF-8 without one."));
  }
  if (text.trim() === "") return { value: {}, lineOf: () => 1, findings: [] };
  if (first) return unreadable(finding("", first.offset, `The file is not JSON: ${words(first)}.`));
  const lineOf = (property: string): number => lineAt((root && nodeAt(root, property))?.offset ?? 0);
  const twice = root ? keysTwice(root, "") : [];
  return {
    value: JSON.parse(text) as unknown,
    lineOf,
    findings: twice.map(({ node, property }) =>
      finding(property, node.offset, "The key is there twice, and only the last one counts. Put both into one."),
    ),
  };
}

function unreadable(finding: Finding): ConfigText {
  return { value: undefined, lineOf: () => finding.line, findings: [finding] };
}

/** `CommaExpected` becomes `comma expected`. */
function words({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/(?<=[a-z])[A-Z]/g, " $&")
    .toLowerCase();
}

function keysTwice(node: Node, property: string): { readonly node: Node; readonly property: string }[] {
  const seen = new Set<unknown>();
  return (node.children ?? []).flatMap((child, index) => {
    if (node.type === "array") return keysTwice(child, `${property}[${String(index)}]`);
    const [key, value] = child.children ?? [];
    if (!key || !value) return [];
    const name = String(key.value);
    const path = property === "" ? name : `${property}.${name}`;
    const own = seen.has(name) ? [{ node: key, property: path }] : [];
    seen.add(name);
    return [...own, ...keysTwice(value, path)];
  });
}

/** The key of a property or, where there is none, the nearest one around it. */
function nodeAt(root: Node, property: string): Node | undefined {
  const path = [...property.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([part, index]) =>
    index === undefined ? part : Number(index),
  );
  for (let length = path.length; length > 0; length -= 1) {
    const found = findNodeAtLocation(root, path.slice(0, length));
    if (found) return found.parent?.type === "property" ? found.parent : found;
  }
  return root;
}

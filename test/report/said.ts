import { parse } from "csv-parse/sync";
import { XMLParser } from "fast-xml-parser";
import { sanitize } from "../../core/text/sanitize";
import { codesOf, type MarkdownNode, nodesOf } from "./gfm";
import { attribute, find, type HtmlElement, parseHtml, textOf } from "./htmlTree";

/** What a rendering says of one pack, as a foreign reader finds it. What a format does not say is left out. */
export interface Said {
  readonly name: string;
  /** The decision, or `NOT_LOOKED_UP`. */
  readonly word?: string;
  /** `8, 3 ok, 1 failed` */
  readonly counts?: string;
  /** By region. */
  readonly regions?: Readonly<Record<string, string>>;
  /** The accounts that keep the gate closed. */
  readonly closing: readonly string[];
  /** The owners of those accounts that have one, by account id. */
  readonly owners?: Readonly<Record<string, string>>;
  /** The organizational units that they are in, by account id. */
  readonly paths?: Readonly<Record<string, string>>;
}

export const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort();

const accountsAndParts = /^([\d,]+) accounts?(?: read)?(?:: (.*))?$/;

/** `8 accounts: 3 ok, 1 failed` as `8, 3 ok, 1 failed`. */
function readCounts(sentence: string): string {
  const [, total = "", rest] = accountsAndParts.exec(sentence) ?? [];
  return rest === undefined || rest === "none" ? total : `${total}, ${rest}`;
}

/** The piped text: a block a pack, a fact a line. */
export function saidByText(text: string): readonly Said[] {
  const blocks = text.trimEnd().split("\n\n");
  return blocks.filter((block) => !/^(All|\d+ of) \d+ packs /.test(block)).map(saidByBlock);
}

function saidByBlock(block: string): Said {
  const lines = block.split("\n");
  const [, word = "", name = ""] = /^(\S+) ([^:]+): /.exec(lines[0] ?? "") ?? [];
  if (word === "NOT_LOOKED_UP") return { name, word, closing: [] };
  const noted = (line: string, what: RegExp) =>
    accountsIn(line).flatMap(([id, note]) => {
      const [, found] = what.exec(note) ?? [];
      return found === undefined ? [] : [[id, unquoted(found)] as const];
    });
  // An account's line of a cause ends with ids and their names; a name has no 12 digits.
  const causes = lines.filter(
    (line, index) => /^ {2}(AWS says|Next): /.test(lines[index + 1] ?? "") && !line.startsWith("  "),
  );
  const ofRegions = lines.flatMap((line) => {
    const [, names, counts] = /^([a-z0-9, -]+): (?:AWS says \S+\. )?(\d+ accounts?: .*)\.$/.exec(line) ?? [];
    return names === undefined ? [] : names.split(", ").map((region) => [region, readCounts(counts ?? "")] as const);
  });
  return {
    name,
    word,
    counts: readCounts((lines[1] ?? "").replace(/\.$/, "")),
    regions: Object.fromEntries(ofRegions),
    closing: unique(causes.flatMap((line) => line.match(/\d{12}/g) ?? [])),
    owners: Object.fromEntries(causes.flatMap((line) => noted(line, /(?:^|, )owner (.*)$/))),
    paths: Object.fromEntries(causes.flatMap((line) => noted(line, /(?:^|, )in (.*?)(?:, owner .*)?$/))),
  };
}

/** The ids in a line, and what stands in parentheses behind each. */
function accountsIn(line: string): readonly (readonly [id: string, note: string])[] {
  return line.split(/(?=(?<!\d)\d{12}(?!\d))/).flatMap((part) => {
    const [, id, note = ""] = /^(\d{12})(?: \((.*)\))?(?:, )?$/.exec(part) ?? [];
    return id === undefined ? [] : [[id, note] as const];
  });
}

function unquoted(text: string): string {
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}

/** Markdown, as a tree: a heading a pack, or one pack without a heading. */
export function saidByMarkdown({ children = [] }: MarkdownNode): readonly Said[] {
  const starts = children.flatMap((node, index) => (node.type === "heading" && node.depth === 4 ? [index] : []));
  if (starts.length === 0) return [saidByNodes(children)];
  return starts.map((start, index) => saidByNodes(children.slice(start, starts[index + 1])));
}

function saidByNodes(blocks: readonly MarkdownNode[]): Said {
  const all = blocks.flatMap(nodesOf);
  const valueOf = (node: MarkdownNode): string =>
    nodesOf(node)
      .map(({ value = "" }) => value)
      .join("");
  const paragraphs = blocks.filter(({ type }) => type === "paragraph");
  const strong = all.filter(({ type }) => type === "strong").map(valueOf);
  const isOf = (node: MarkdownNode): boolean =>
    nodesOf(node).some(
      (inner) => inner.type === "strong" && /^(FAILED|IN_PROGRESS|INCOMPLETE|PASSED|Nothing)/.test(valueOf(inner)),
    );
  const lead = paragraphs.find(isOf);
  const [heading] = blocks.filter(({ depth }) => depth === 4);
  const [name = ""] = codesOf(heading ?? lead ?? { type: "root" });
  const word = strong.find((text) => /^(FAILED|IN_PROGRESS|INCOMPLETE|PASSED)$/.test(text)) ?? "NOT_LOOKED_UP";
  if (word === "NOT_LOOKED_UP") return { name, word, closing: [] };
  const [table] = all.filter(({ type }) => type === "table");
  // Accounts that are too many for the table are folded below it.
  const folded = blocks.filter((_block, index) => (blocks[index - 1]?.value ?? "").includes("Accounts of cause"));
  const lists = [...(table ? [table] : []), ...folded];
  const ids = lists.flatMap(codesOf).filter(isId);
  const counts = paragraphs.map(valueOf).find((text) => /^[\d,]+ accounts?\b/.test(text)) ?? "";
  return {
    name,
    word,
    counts: readCounts(counts.replace(/\.$/, "")),
    closing: unique(ids),
    owners: Object.fromEntries(lists.flatMap(ownersInList)),
  };
}

function isId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

/** An id, perhaps a name, and `(owner …)`, each as code. */
function ownersInList(list: MarkdownNode): readonly (readonly [id: string, owner: string])[] {
  const parts = nodesOf(list).filter(({ type }) => type === "inlineCode" || type === "text");
  let last = "";
  return parts.flatMap(({ type, value = "" }, index) => {
    if (type === "inlineCode" && isId(value)) last = value;
    const isOwner = type === "inlineCode" && (parts[index - 1]?.value ?? "").endsWith("(owner ");
    // In a cell, a space keeps a backslash from a pipe.
    return isOwner ? [[last, value.replaceAll("\\ |", "\\|")] as const] : [];
  });
}

/** The page: a section a pack, of which the table, the cards and the numbers are read. */
export function saidByHtml(page: string): readonly Said[] {
  return find(parseHtml(page), "section.pack").map(saidBySection);
}

function saidBySection(section: HtmlElement): Said {
  const only = (within: HtmlElement, selector: string): HtmlElement | undefined => find(within, selector)[0];
  const textIn = (within: HtmlElement, selector: string): string => {
    const found = only(within, selector);
    return found ? textOf(found) : "";
  };
  const name = textIn(section, "h2");
  const word = textIn(section, "span.badge").replace(/^\S /, "").replaceAll(" ", "_");
  if (word === "NOT_LOOKED_UP") return { name, word, closing: [] };
  const [total = "", ...parts] = find(section, "dl.numbers")
    .flatMap((list) => find(list, "div"))
    .map((pair) => [textIn(pair, "dd"), textIn(pair, "dt")].join(" "));
  const shown = parts.filter((part) => !part.startsWith("0 "));
  return {
    name,
    word,
    counts: [total.split(" ", 1).join(), ...shown].join(", "),
    regions: Object.fromEntries(find(section, "table.regions").flatMap(saidByRegionTable)),
    closing: closingIn(section),
    ...notesIn(section),
  };
}

/** What the cards say of each account; the table must say the same of owners. */
function notesIn(section: HtmlElement): Required<Pick<Said, "owners" | "paths">> {
  const lines = find(section, "article.card").flatMap((card) =>
    find(card, "ul.accounts").flatMap((list) => find(list, "li")),
  );
  const noted = (word: string) =>
    Object.fromEntries(
      lines.flatMap((line) => {
        const id = find(line, "code").map(textOf).join();
        const notes = find(line, "span").map(textOf);
        return notes.flatMap((note) => (note.startsWith(`${word} `) ? [[id, note.slice(word.length + 1)]] : []));
      }),
    ) as Readonly<Record<string, string>>;
  const owners = noted("owner");
  for (const head of find(section, "table.grid").flatMap((table) => find(table, "th"))) {
    const owner = owners[textOf(head).slice(0, 12)];
    if (owner !== undefined) expect(find(head, "small").map(textOf)).toContain(`owner ${owner}`);
  }
  return { owners, paths: noted("in") };
}

function saidByRegionTable(table: HtmlElement): readonly (readonly [string, string])[] {
  const heads = find(table, "th.n").map((head) => textOf(head).toLowerCase().replace("unknown", "of unknown status"));
  return find(table, "tbody")
    .flatMap((body) => find(body, "tr"))
    .filter((line) => attribute(line, "class") !== "silent")
    .map((line) => {
      const [total = "", ...counts] = find(line, "td.n").map(textOf);
      const parts = counts.flatMap((count, index) => (count === "0" ? [] : [`${count} ${heads[index + 1] ?? ""}`]));
      return [find(line, "th").map(textOf).join(), [total, ...parts].join(", ")] as const;
    });
}

/** The accounts that the cards name; those with a cause in the table must be the same. */
function closingIn(section: HtmlElement): readonly string[] {
  const inCards = find(section, "article.card").flatMap((card) =>
    find(card, "ul.accounts").flatMap((list) => find(list, "code").map(textOf)),
  );
  const inTable = find(section, "table.grid")
    .flatMap((table) => find(table, "tr"))
    .filter((line) => find(line, "td.causes").some((cell) => find(cell, "a").length > 0))
    .flatMap((line) => find(line, "th").map((head) => textOf(head).slice(0, 12)));
  expect(unique(inTable)).toEqual(unique(inCards));
  return unique(inCards);
}

type Row = Readonly<Record<string, string | undefined>>;

export function saidByCsv(text: string): readonly Said[] {
  const rows: Row[] = parse(text, { columns: true, record_delimiter: "\r\n" });
  return saidByRows(
    rows.map((row) => ({
      ...row,
      accountId: row.account_id,
      toleratedBy: row.tolerated_by === "" ? undefined : row.tolerated_by,
      // The apostrophe in front of what a spreadsheet would run.
      owner: row.owner?.replace(/^'(?=[=+\-@\t\r])/, ""),
    })),
  );
}

export function saidByJsonl(text: string): readonly Said[] {
  return saidByRows(
    text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Row),
  );
}

function saidByRows(rows: readonly Row[]): readonly Said[] {
  const names = unique(rows.map(({ pack = "" }) => pack));
  return names.map((name) => {
    const own = rows.filter(({ pack }) => pack === name);
    const [{ decision, outcome: first } = {}] = own;
    if (first === "notLookedUp") return { name, word: "NOT_LOOKED_UP", closing: [] };
    const isClosing = ({ outcome = "", toleratedBy }: Row): boolean =>
      !["successful", "deleted", "regionUnanswered"].includes(outcome) && toleratedBy === undefined;
    return {
      name,
      ...(decision !== undefined && { word: decision }),
      regions: countedByRegion(own),
      closing: unique(own.filter(isClosing).map(({ accountId = "" }) => accountId)),
      owners: Object.fromEntries(
        own
          .filter(isClosing)
          .flatMap(({ accountId = "", owner = "" }) => (owner === "" ? [] : [[accountId, sanitize(owner)]])),
      ),
    };
  });
}

/** Counted by AWS's words alone. */
export function countedByRegion(rows: readonly Row[]): Readonly<Record<string, string>> {
  const wordOf = ({ cause, outcome, status = "" }: Row): string | undefined => {
    // A member that is leaving has a row.
    if (outcome === "missing" && cause !== "deleting") return "missing";
    if (outcome === "regionUnanswered" || status === "DELETE_SUCCESSFUL") return undefined;
    if (/^(CREATE|UPDATE)_SUCCESSFUL$/.test(status)) return "ok";
    if (/^(CREATE|UPDATE|DELETE)_FAILED$/.test(status)) return "failed";
    return /^(CREATE|UPDATE|DELETE)_IN_PROGRESS$/.test(status) ? "in progress" : "of unknown status";
  };
  const regions = unique(rows.map(({ region = "" }) => region));
  return Object.fromEntries(
    regions.flatMap((region) => {
      const found = rows.filter((row) => row.region === region).flatMap((row) => wordOf(row) ?? []);
      const parts = ["ok", "failed", "in progress", "missing", "of unknown status"].flatMap((word) => {
        const count = found.filter((one) => one === word).length;
        return count === 0 ? [] : [`${String(count)} ${word}`];
      });
      return found.length === 0 ? [] : [[region, [String(found.length), ...parts].join(", ")]];
    }),
  );
}

/** Of JUnit, also whether a pack is red: its word follows from the accounts and from what is about none. */
export function saidByJunit(xml: string): readonly (Said & { readonly isRed: boolean })[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    parseAttributeValue: false,
    isArray: (name) => name === "testcase" || name === "testsuite",
  });
  const parsed = parser.parse(xml) as {
    testsuites: {
      testsuite: {
        "@name": string;
        "@failures": string;
        "@errors": string;
        testcase: Readonly<Record<string, unknown>>[];
      }[];
    };
  };
  const suites = parsed.testsuites.testsuite;
  const packOf = (suite: (typeof suites)[number]): string => suite["@name"].split(" ", 1).join();
  return unique(suites.map(packOf)).map((name) => {
    const own = suites.filter((suite) => packOf(suite) === name);
    const failed = own
      .flatMap(({ testcase }) => testcase)
      .flatMap(({ "@name": title, failure }) => {
        const [id] = /^\d{12}/.exec(String(title)) ?? [];
        return id === undefined || failure === undefined ? [] : [{ id, text: String((failure as Row)["#text"]) }];
      });
    return {
      name,
      isRed: own.some((suite) => Number(suite["@failures"]) + Number(suite["@errors"]) > 0),
      closing: unique(failed.map(({ id }) => id)),
      owners: Object.fromEntries(
        failed.flatMap(({ id, text }) => {
          const [, owner] = /^Owner: (.*)$/m.exec(text) ?? [];
          return owner === undefined ? [] : [[id, owner]];
        }),
      ),
    };
  });
}

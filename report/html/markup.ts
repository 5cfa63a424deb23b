/** Markup that is safe to put into a page as it is: only `html` makes it. */
export class Markup {
  readonly #text: string;

  /** @param text - Markup whose foreign parts are escaped. */
  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** The values that may stand in a template. Nothing is shown for `undefined` and `false`. */
export type Content = Markup | string | number | false | undefined | readonly Content[];

/**
 * A template of HTML. Whatever is put in is escaped, in text and in quoted attributes, except for other templates. There
 * is no way around it: what is not `Markup` is text.
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(String.raw({ raw: unindented(parts) }, ...contents.map(escaped)));
}

const shortened = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The template without its indentation, which would be a third of the page. */
function unindented(parts: TemplateStringsArray): readonly string[] {
  let short = shortened.get(parts);
  if (!short) shortened.set(parts, (short = parts.map((part) => part.replace(/\n\s*/g, "\n"))));
  return short;
}

/** JSON for a data block: no text in it can end the block. */
export function json(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replaceAll("<", "\\u003c"));
}

/** A file of this package as an element, letter by letter: the page's policy has its hash. */
export function inline(element: "style" | "script", file: string): Markup {
  if (/<\/(style|script)/i.test(file)) throw new Error("A file of the page would end its own element.");
  return new Markup(`<${element}>${file}</${element}>`);
}

function escaped(content: Content): string {
  if (content instanceof Markup) return content.toString();
  if (content === undefined || content === false) return "";
  if (typeof content === "object") return content.map(escaped).join("");
  return String(content).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

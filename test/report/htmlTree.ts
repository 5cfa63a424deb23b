import { defaultTreeAdapter as tree, type DefaultTreeAdapterTypes, parse } from "parse5";

/** An element of a page, as a browser's parser makes it. */
export type HtmlElement = DefaultTreeAdapterTypes.Element;

/** Parses a page as a browser does. */
export function parseHtml(page: string): HtmlElement {
  const [html] = parse(page).childNodes.filter((node) => tree.isElementNode(node));
  if (!html) throw new Error("The page has no element.");
  return html;
}

/** The elements inside with this tag and all of these classes, in the order of the page: `td.causes`. */
export function find(within: HtmlElement, selector: string): readonly HtmlElement[] {
  const [tag = "", ...classes] = selector.split(".");
  return within.childNodes.flatMap((node) => {
    if (!tree.isElementNode(node)) return [];
    const own = attribute(node, "class")?.split(/\s+/) ?? [];
    const isMatch = (tag === "" || node.tagName === tag) && classes.every((name) => own.includes(name));
    return [...(isMatch ? [node] : []), ...find(node, selector)];
  });
}

/** The text inside, with single spaces. */
export function textOf(element: HtmlElement): string {
  const texts = (node: HtmlElement): readonly string[] =>
    node.childNodes.flatMap((child) =>
      tree.isTextNode(child) ? [child.value] : tree.isElementNode(child) ? texts(child) : [],
    );
  return texts(element).join("").replace(/\s+/g, " ").trim();
}

export function attribute(element: HtmlElement, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value;
}

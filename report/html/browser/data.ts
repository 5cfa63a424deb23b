import type { PageData } from "../pageData";

/** The packed rows of a pack's section. */
export function readData(section: HTMLElement): PageData | undefined {
  const text = section.querySelector('script[type="application/json"]')?.textContent;
  return text ? (JSON.parse(text) as PageData) : undefined;
}

import { timeText } from "../timeText";
import { html, type Markup } from "./markup";

/** The time of a lookup. The script appends its age. */
export function timeElement(time: string): Markup {
  return html`<time datetime="${time}" data-age>${timeText(time)}</time>`;
}

import type { AccountGrid } from "./accountGrid";

/** Lines that are printed: some 50 pages. */
const printed = 2_000;

/** Prints what the filters find, not only the lines on the screen, and what is folded. */
export function printAll(grid: AccountGrid): void {
  let folded: HTMLDetailsElement[] = [];
  let shown = 0;
  addEventListener("beforeprint", () => {
    ({ shown } = grid);
    grid.show(Math.min(grid.found, printed));
    folded = [...document.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
    grid.search();
    grid.show(shown);
  });
}

/**
 * The script of the page. Without it the page says the same; with it, the table of accounts can be searched, and what is
 * in it copied and saved. Text reaches the page only as `textContent`.
 */
import { AccountGrid } from "./accountGrid";
import { tellAges } from "./ages";
import { copyIds } from "./copyIds";
import { readData } from "./data";
import { printAll } from "./printAll";
import { saveCsv, saveJson } from "./save";

for (const section of document.querySelectorAll<HTMLElement>("[data-pack]")) {
  const pack = document.getElementById(section.dataset.pack ?? "");
  const data = readData(section);
  if (!pack || !data) continue;
  const grid = new AccountGrid(section, data);
  printAll(grid);
  for (const buttons of pack.querySelectorAll<HTMLElement>(".buttons, .save")) buttons.hidden = false;
  pack.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (!button) return;
    const { copy, saveCsv: csv, saveJson: json, show } = button.dataset;
    if (copy !== undefined) void copyIds(button, grid.idsOf(Number(copy)));
    if (show !== undefined) grid.showCause(show);
    if (csv !== undefined) saveCsv(data);
    if (json !== undefined) saveJson(data);
  });
}
tellAges(new Date());

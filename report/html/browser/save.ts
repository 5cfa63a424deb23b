import type { PageData } from "../pageData";
import { csvOf } from "../rowsCsv";
import { unpackStatus } from "../unpackRows";

/** Saves every row as CSV. */
export function saveCsv(data: PageData): void {
  save(`${data.document.name}.csv`, "text/csv", csvOf(data));
}

/** Saves the status file, from which a report can be made again. */
export function saveJson(data: PageData): void {
  save(`${data.document.name}.json`, "application/json", `${JSON.stringify(unpackStatus(data), undefined, 2)}\n`);
}

function save(name: string, type: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // The browser has not read it yet.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}

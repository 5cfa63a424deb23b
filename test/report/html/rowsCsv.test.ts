import type { StatusFile } from "../../../core/statusFile/statusFile";
import { renderCsv } from "../../../report/csv";
import { packRows } from "../../../report/html/packRows";
import { csvOf } from "../../../report/html/rowsCsv";
import { lookedUpAt, organizationFile, troubles } from "../../builders/organization";
import { reportStates } from "../../builders/reportStates";

const states: readonly (readonly [string, () => readonly StatusFile[]])[] = [
  ...Object.entries(reportStates).filter(([name]) => name !== "manyFailed"),
  [
    "text that is a formula, or has quotes and commas",
    () => [
      organizationFile({
        accounts: 8,
        rowOf: (number) => ({
          ...troubles.noRecorder,
          errorMessage: ["=1+1", "+1", "-1", "@x", "\uFF1D1", `a "b", c`, "'x", " =x"][number] ?? "",
        }),
      }),
    ],
  ],
];

test.each(states)("the CSV that the page saves is the one of the CSV report: %s", (_name, files) => {
  for (const file of files()) {
    if (file.verdict === null) continue;
    expect(csvOf(packRows(file).data)).toBe(renderCsv([file], { now: lookedUpAt, show: "all" }));
  }
});

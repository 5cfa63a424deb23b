/** The forms of a report. */
export const formats = ["text", "json", "jsonl", "csv", "markdown", "html", "junit"] as const;
/** The form of a report. */
export type Format = (typeof formats)[number];

/** Something to know about a configuration. An error is refused, ignored or without effect; a warning will be. */
export interface Finding {
  readonly severity: "error" | "warning";
  /** The key that it is about, for example `all.enforcementLevel`; empty for the whole file. */
  readonly property: string;
  readonly message: string;
  /** 1 for the first line of the file. */
  readonly line: number;
}

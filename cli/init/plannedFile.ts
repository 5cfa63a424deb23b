/** A file that `init` writes, unless there is one already. */
export interface PlannedFile {
  /** Relative to the repository's folder. */
  readonly path: string;
  readonly text: string;
}

/** JSON as these files have it. */
export function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

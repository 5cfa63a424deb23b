import type { StatusFile } from "../core/statusFile/statusFile";

/** The options of a rendering. */
export interface RenderOptions {
  /** The time of the rendering, by which an age is told. */
  readonly now: Date;
  /** `problems` leaves out healthy accounts. */
  readonly show: "problems" | "all";
  /** The terminal that text is for. Default: none, so that lines have no width, and no colours and symbols. */
  readonly terminal?: Terminal | undefined;
  /** The reader can do what this says when accounts fail, for example `#cloud-governance`. */
  readonly contact?: string | undefined;
  /** A link to the full report. */
  readonly reportUrl?: string | undefined;
  /** The name under which the CI system keeps the status files. */
  readonly artifact?: string | undefined;
  /** The key in the marker of a comment, `[a-z0-9-]{1,64}`. */
  readonly key?: string | undefined;
  /** Account ids are shortened and names left out. */
  readonly redact?: boolean | undefined;
  /** Earlier status files: what changed since then is shown, where the format can. */
  readonly previous?: readonly StatusFile[] | undefined;
  /** The most that a Markdown text may be. Default: what a comment may be. */
  readonly budget?: Budget | undefined;
}

/** A terminal. */
export interface Terminal {
  readonly columns: number;
  readonly hasColors: boolean;
}

/** The most that a text may be. */
export interface Budget {
  readonly characters: number;
  readonly bytes: number;
}

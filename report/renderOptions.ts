/** What a rendering shows. */
export interface RenderOptions {
  /** The time of the rendering, by which an age is told. */
  readonly now: Date;
  /** `problems` leaves out healthy accounts. */
  readonly show: "problems" | "all";
  /** The reader can do what this says when accounts fail, for example `#cloud-governance`. */
  readonly contact?: string | undefined;
  /** A link to the full report. */
  readonly reportUrl?: string | undefined;
  /** The key in the marker of a comment, `[a-z0-9-]{1,64}`. */
  readonly key?: string | undefined;
  /** Account ids are shortened and names left out. */
  readonly redact?: boolean | undefined;
}

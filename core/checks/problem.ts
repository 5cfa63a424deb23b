/** A mistake in arguments or settings. */
export interface Problem {
  /** The path of the property, for example `accountIds[2]`. */
  readonly property: string;
  /** What was given, and what is allowed. */
  readonly reason: string;
}

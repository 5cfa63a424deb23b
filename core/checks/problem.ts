/** A mistake in arguments or settings. */
export interface Problem {
  /** The path of the property, for example `accountIds[2]`. */
  readonly property: string;
  /** The value that was given, and the values that are allowed. */
  readonly reason: string;
}

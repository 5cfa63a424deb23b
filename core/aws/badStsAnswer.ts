/** An answer of AWS STS that is not what AWS sends. */
export class BadStsAnswer extends Error {
  constructor(
    /** The mistake in it: "it has no keys". */
    readonly what: string,
    readonly requestId: string | undefined,
  ) {
    super(`The answer of AWS STS makes no sense: ${what}.`);
    this.name = "BadStsAnswer";
  }
}

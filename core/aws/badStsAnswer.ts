/** An answer of AWS STS that is not what AWS sends. */
export class BadStsAnswer extends Error {
  constructor(
    /** The mistake in it: "it has no keys". */
    readonly what: string,
    readonly requestId: string | undefined,
  ) {
    super(`AWS STS returned an invalid response: ${what}.`);
    this.name = "BadStsAnswer";
  }
}

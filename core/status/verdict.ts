/** The verdicts that keep a gate closed, the one that wins first. */
export const notPassed = ["FAILED", "IN_PROGRESS", "INCOMPLETE"] as const;

/** The verdicts, the one that wins first. */
export const verdicts = [...notPassed, "PASSED"] as const;

/**
 * The verdict on the rows and on AWS's status of the whole pack. The first that holds:
 * - `FAILED`: a row is `*_FAILED`, or the aggregate is.
 * - `IN_PROGRESS`: a row is `*_IN_PROGRESS`, or the aggregate is.
 * - `INCOMPLETE`: something that a pass needs can't be verified. A region has no member or did not answer, an expected
 *   account is missing, a status is unknown, rows were filtered out, or the pack is being deleted.
 * - `PASSED`: none of these.
 */
export type Verdict = (typeof verdicts)[number];

/** The order of `reasons`: those for the winning verdict first. */
export function bySeverityOfVerdict(a: { readonly verdict: Verdict }, b: { readonly verdict: Verdict }): number {
  return verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict);
}

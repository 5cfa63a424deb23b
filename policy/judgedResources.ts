import type { Tolerance } from "../core/gate/tolerance";
import type { Verdict } from "../core/status/verdict";

/**
 * The resources that a run's resource policies have judged, by URN: the status, and for each verdict that they looked
 * for, the exceptions that they applied. The policy at the end of the run judges the rest.
 *
 * A status is given as the `identity` of its reading.
 */
export class JudgedResources {
  readonly #judged = new Map<string, { readonly identity: string; readonly tolerances: Map<Verdict, string> }>();
  readonly #lookedUp = new Map<string, string>();

  remember(urn: string, identity: string, verdicts: readonly Verdict[], tolerate: Tolerance | undefined): void {
    const known = this.#judged.get(urn);
    const { tolerances } = known?.identity === identity ? known : { tolerances: new Map<Verdict, string>() };
    for (const verdict of verdicts) tolerances.set(verdict, textOf(tolerate));
    this.#judged.set(urn, { identity, tolerances });
  }

  /**
   * Those of `verdicts` for which no resource policy has looked at this status.
   *
   * @param tolerate - Counts only what was judged with these exceptions. Default: whatever they were.
   */
  missing<V extends Verdict>(
    urn: string,
    identity: string,
    verdicts: readonly V[],
    tolerate: Tolerance | undefined,
  ): V[] {
    const known = this.#judged.get(urn);
    if (known?.identity !== identity) return [...verdicts];
    return verdicts.filter((verdict) => {
      const tolerance = known.tolerances.get(verdict);
      return tolerance === undefined || (tolerate !== undefined && tolerance !== textOf(tolerate));
    });
  }

  /** Remembers a status that this run looked up. */
  rememberLookup(urn: string, identity: string): void {
    this.#lookedUp.set(urn, identity);
  }

  /**
   * True if this run looked the status up. The end of a run shows a resource that has not changed as an earlier run saved
   * it, with the time of that run.
   */
  wasLookedUp(urn: string, identity: string): boolean {
    return this.#lookedUp.get(urn) === identity;
  }
}

function textOf(tolerate: Tolerance | undefined): string {
  return JSON.stringify(tolerate ?? {});
}

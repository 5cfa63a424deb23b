import type { Tolerance } from "../core/gate/tolerance";
import type { PackStatus } from "../core/status/packStatus";
import type { Verdict } from "../core/status/verdict";

/**
 * What the resource policies of a run have judged, by URN: the status, and for each verdict that they looked for, the
 * exceptions they did it with. The policy at the end of the run judges the rest.
 */
export class JudgedResources {
  readonly #judged = new Map<string, { readonly status: string; readonly tolerances: Map<Verdict, string> }>();
  readonly #lookedUp = new Map<string, string>();

  remember(urn: string, status: PackStatus, verdicts: readonly Verdict[], tolerate: Tolerance | undefined): void {
    const text = withoutTimes(status);
    const known = this.#judged.get(urn);
    const { tolerances } = known?.status === text ? known : { tolerances: new Map<Verdict, string>() };
    for (const verdict of verdicts) tolerances.set(verdict, textOf(tolerate));
    this.#judged.set(urn, { status: text, tolerances });
  }

  /**
   * Those of `verdicts` for which no resource policy has looked at this status.
   *
   * @param tolerate - Counts only what was judged with these exceptions. Default: whatever they were.
   */
  missing<V extends Verdict>(
    urn: string,
    status: PackStatus,
    verdicts: readonly V[],
    tolerate: Tolerance | undefined,
  ): V[] {
    const known = this.#judged.get(urn);
    if (known?.status !== withoutTimes(status)) return [...verdicts];
    return verdicts.filter((verdict) => {
      const tolerance = known.tolerances.get(verdict);
      return tolerance === undefined || (tolerate !== undefined && tolerance !== textOf(tolerate));
    });
  }

  /** Remembers a status that this run looked up. */
  rememberLookup(urn: string, status: PackStatus): void {
    this.#lookedUp.set(urn, withoutTimes(status));
  }

  /**
   * Whether this run looked the status up. The end of a run shows a resource that has not changed as an earlier run saved
   * it, with the time of that run.
   */
  wasLookedUp(urn: string, status: PackStatus): boolean {
    return this.#lookedUp.get(urn) === withoutTimes(status);
  }
}

const texts = new WeakMap<PackStatus, string>();

/**
 * What was judged, without the rows' times: when nothing but these has changed, the resource has not, and the end of the
 * run shows it with the times of an earlier one.
 */
function withoutTimes(status: PackStatus): string {
  let text = texts.get(status);
  if (text === undefined) {
    text = JSON.stringify(status, (key, value: unknown) => (key === "lastUpdateTime" ? undefined : value));
    texts.set(status, text);
  }
  return text;
}

function textOf(tolerate: Tolerance | undefined): string {
  return JSON.stringify(tolerate ?? {});
}

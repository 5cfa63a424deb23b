import type { GateArgs } from "../core/gate/gateArgs";
import type { GateDecision } from "../core/gate/decision";
import { sanitize } from "../core/text/sanitize";

/**
 * The warning of a status that has not passed, and that the resource does not refuse because `failOn` is not set; absent
 * for any other. Neither front can see whether a policy pack runs, so the text must be true with one too. It does not name
 * the pack: the name may be a secret.
 *
 * @param decision - Mocks may leave it out, or parts of it.
 */
export function unjudgedWarning(
  decision: Partial<Pick<GateDecision, "reasons" | "verdict">> | undefined,
  { failOn, waitForSettled }: { readonly [K in "failOn" | "waitForSettled"]?: GateArgs[K] | undefined },
): string | undefined {
  const verdict = decision?.verdict ?? "PASSED";
  // A gate that waits refuses by default.
  if (verdict === "PASSED" || failOn !== undefined || waitForSettled) return undefined;
  return [
    `The pack is ${verdict}${whyOf(decision ?? {})} This resource does not refuse it by itself, because failOn is not set; the policy pack does, if this run has it.`,
    'Next: without the policy pack, add it (--policy-pack), or set failOn to "failed" or "notPassed". To accept the status without this warning, set failOn to "never".',
  ].join("\n");
}

function whyOf({ reasons }: Partial<Pick<GateDecision, "reasons">>): string {
  const first = reasons?.[0];
  // The messages of these two name the pack.
  if (first?.code === "noSuchPack") return ` because ${first.region ?? "a region"} has no such pack.`;
  if (first?.code === "regionUnanswered") return ` because ${first.region ?? "a region"} did not answer.`;
  return first?.message === undefined ? "." : `: ${sanitize(first.message, 1_000)}`;
}

import type { GateDecision } from "../core/gate/tolerance";

/**
 * What the policies of this process have let pass, and what they want looked at, by URN. A policy that is not violated
 * has no words of its own; the advisory policy `tolerated` says them at the end of the run.
 */
const notices = new Map<string, Set<string>>();

export function rememberNotices(urn: string, sentences: readonly string[]): void {
  if (sentences.length === 0) return;
  const known = notices.get(urn) ?? new Set();
  for (const sentence of sentences) known.add(sentence);
  notices.set(urn, known);
}

/** What an update waits for, by URN: how the pack stood before. */
const waits = new Map<string, string>();

export function rememberWait(urn: string, text: string): void {
  waits.set(urn, text);
}

export function noticesOf({ tolerated, warnings }: GateDecision): string[] {
  return [...tolerated, ...warnings];
}

/**
 * What there is to say, once.
 *
 * @param hasSettled - Whether a resource has settled by the end of the run: how it stood before the wait is then no news.
 */
export function takeNotices(hasSettled: (urn: string) => boolean): [urn: string, sentences: readonly string[]][] {
  for (const [urn, text] of waits) if (!hasSettled(urn)) rememberNotices(urn, [text]);
  const taken = [...notices].map(([urn, sentences]): [string, string[]] => [urn, [...sentences]]);
  notices.clear();
  waits.clear();
  return taken;
}

import { createConfigClient } from "../aws/configClient";
import type { AwsSettings } from "../aws/settings";
import { visiblePackNames } from "../aws/visiblePackNames";
import { didYouMean } from "../checks/didYouMean";
import { sanitize } from "../text/sanitize";
import { shortList } from "../text/shortList";
import { limits, orUndefined, withClient } from "./question";

const packsShown = 10;

/** The organization conformance packs that the caller sees in a region, or `undefined` when AWS does not say. */
export async function visiblePacks(settings: AwsSettings, region: string): Promise<readonly string[] | undefined> {
  return orUndefined(({ abortSignal: signal }) =>
    withClient(createConfigClient(settings, region, limits), async (client) =>
      (await visiblePackNames(client, { packName: "", region, signal })).toSorted(),
    ),
  );
}

/** The packs that are seen as a sentence, with the name that is nearest to the one that was asked for. */
export function visiblePackSentences(packs: readonly string[] | undefined, packName: string, region: string): string[] {
  if (packs === undefined) return [];
  if (packs.length === 0) return [`The caller sees no organization conformance pack in ${region}.`];
  const names = packs.map((name) => sanitize(name, 128));
  const seen = `The caller sees ${shortList(names, packsShown, (name) => `"${name}"`)} in ${region}`;
  if (packs.includes(packName)) return [`${seen}: the pack was put a moment ago.`];
  return [`${seen}.${didYouMean(packName, names)}`];
}

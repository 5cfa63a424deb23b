import { sanitize } from "../../core/text/sanitize";
import { notLookedUp } from "../decisionWord";
import { counted } from "../numbers";
import { accountText } from "../../core/text/accountText";
import type { Changes } from "./changes";
import { accountChanges, packListChanges, regionChanges, unchangedText } from "./changeTitles";

/** Renders a comparison as text: a fact a line. */
export function changesText(changes: Changes): string {
  const lines = changes.packs.flatMap((pack) => {
    const { from, name, to, verdict } = pack;
    const words = [verdict.from, verdict.to].map((word) => word ?? notLookedUp);
    const accounts = accountChanges(pack).map(({ accounts: of, title }) => {
      const ids = of.map(
        (account) => `${accountText(account)} in ${account.regions.map((region) => sanitize(region, 40)).join(", ")}`,
      );
      return `  ${title}, ${counted(of.length, "account")}: ${ids.join("; ")}`;
    });
    const regions = regionChanges(pack).map(
      ({ regions: names, title }) => `  ${title}: ${names.map((region) => sanitize(region, 40)).join(", ")}`,
    );
    const what = [...accounts, ...regions];
    const change = words[0] === words[1] ? `still ${words[1] ?? ""}` : words.join(" → ");
    return [
      `${sanitize(name, 128)}: ${change}, from ${from} to ${to}.`,
      ...(what.length > 0 ? what : [`  ${unchangedText(pack)}`]),
    ];
  });
  const packs = packListChanges(changes).map(
    ({ names, title }) => `${title}: ${names.map((name) => sanitize(name, 128)).join(", ")}`,
  );
  const all = [...lines, ...packs];
  return `${(all.length > 0 ? all : ["There is nothing to compare."]).join("\n")}\n`;
}

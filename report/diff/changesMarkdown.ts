import { counted } from "../numbers";
import { timeText } from "../timeText";
import { accountInMarkdown } from "../markdown/accountInMarkdown";
import { code, prose } from "../markdown/foreignText";
import type { Changes } from "./changes";
import { accountChanges, packListChanges, regionChanges } from "./changeTitles";

const accountsShown = 20;
const packsShown = 10;

/** Renders a comparison as Markdown; empty where nothing has changed. */
export function changesMarkdown(changes: Changes): string {
  const changed = changes.packs.filter(
    (pack) =>
      pack.verdict.from !== pack.verdict.to || accountChanges(pack).length > 0 || regionChanges(pack).length > 0,
  );
  const packs = changed.slice(0, packsShown).map((pack) => {
    const words = [pack.verdict.from, pack.verdict.to].map((word) => (word === null ? "not looked up" : code(word)));
    const head = words[0] === words[1] ? "" : `: ${words.join(" → ")}`;
    return [
      `${code(pack.name, 128)}${head}, since ${timeText(pack.from)}`,
      "",
      ...accountChanges(pack).map(({ accounts, title }) => {
        const ids = accounts.slice(0, accountsShown).map((account) => accountInMarkdown(account));
        const left = accounts.length - ids.length;
        return `- ${title}, ${counted(accounts.length, "account")}: ${ids.join(", ")}${left > 0 ? `, and ${counted(left, "other")}` : ""}`;
      }),
      ...regionChanges(pack).map(
        ({ regions, title }) => `- ${title}: ${regions.map((region) => prose(region)).join(", ")}`,
      ),
    ].join("\n");
  });
  const left = changed.length - packs.length;
  const lists = packListChanges(changes).map(
    ({ names, title }) =>
      `${title}: ${names
        .slice(0, accountsShown)
        .map((name) => code(name, 128))
        .join(", ")}${names.length > accountsShown ? `, and ${counted(names.length - accountsShown, "other")}` : ""}`,
  );
  const all = [...packs, ...(left > 0 ? [`And ${counted(left, "other pack")}.`] : []), ...lists];
  return all.length === 0 ? "" : ["**What has changed**", ...all].join("\n\n");
}

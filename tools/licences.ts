import type { Metafile } from "esbuild";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The licences of all packages that a bundle contains a part of, each text once. Every copy must include them. */
export async function licences(root: string, bundles: readonly (Metafile | undefined)[]): Promise<string> {
  const packages = bundles
    .flatMap((bundle) => Object.keys(bundle?.inputs ?? {}))
    .flatMap((file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  const byText = new Map<string, string[]>();
  for (const path of [...new Set(packages)].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(root, path, "package.json"), "utf8")) as {
      name: string;
      version: string;
      license: string;
    };
    const file = (await readdir(join(root, path))).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? `Licence: ${license}` : (await readFile(join(root, path, file), "utf8")).trim();
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version}`]);
  }
  const parts = [...byText].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`);
  return `The files beside this one contain parts of these packages.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

import { readFileSync } from "node:fs";
import { URL } from "node:url";

/** The folders in the order in which they may import each other: each only those before it. */
const layers = JSON.parse(readFileSync(new URL("layers.json", import.meta.url), "utf8"));

/** For ESLint's no-restricted-paths. */
export const forbiddenImports = layers.flatMap((folder, layer) =>
  layers.slice(layer + 1).map((later) => ({
    target: `./${folder}`,
    from: `./${later}`,
    message: `Data goes the other way: see Layout in CONTRIBUTING.md.`,
  })),
);

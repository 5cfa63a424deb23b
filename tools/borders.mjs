import { readFileSync } from "node:fs";
import { URL } from "node:url";

/** The folders in the order in which they may import each other: each only those before it. */
const floors = JSON.parse(readFileSync(new URL("floors.json", import.meta.url), "utf8"));

/** For ESLint's no-restricted-paths. */
export const forbiddenImports = floors.flatMap((folder, floor) =>
  floors.slice(floor + 1).map((later) => ({
    target: `./${folder}`,
    from: `./${later}`,
    message: `Data goes the other way: see Layout in CONTRIBUTING.md.`,
  })),
);

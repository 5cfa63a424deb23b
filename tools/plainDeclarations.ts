import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

/**
 * Rewrites `import { type A, b }` in the built declarations as two statements. Without a TypeScript of their own, programs
 * and policy packs are compiled with Pulumi's, 3.8, which can't parse `type` inside braces.
 */
async function main(): Promise<void> {
  const folder = resolve(__dirname, "..", "dist");
  for (const file of await readdir(folder, { recursive: true })) {
    if (!file.endsWith(".d.ts")) continue;
    const path = join(folder, file);
    await writeFile(path, plain(await readFile(path, "utf8")));
  }
}

function plain(declarations: string): string {
  return declarations.replace(
    /^(import|export) \{([^}]*)\}( from "[^"]+")?;$/gm,
    (statement, keyword: string, list: string, from = "") => {
      const names = list.split(",").flatMap((name) => name.trim() || []);
      const types = names.filter((name) => name.startsWith("type "));
      if (types.length === 0) return statement;
      const values = names.filter((name) => !name.startsWith("type "));
      return [
        `${keyword} type { ${types.map((name) => name.slice("type ".length)).join(", ")} }${from};`,
        ...(values.length > 0 ? [`${keyword} { ${values.join(", ")} }${from};`] : []),
      ].join("\n");
    },
  );
}

void main();

import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";

const root = join(__dirname, "../..");
const layers = JSON.parse(readFileSync(join(root, "tools/layers.json"), "utf8")) as readonly string[];
const run = promisify(execFile);

/** A text in place of a file's, one import a line. */
interface Planted {
  readonly filePath: string;
  readonly text: string;
}

/** The lines of each text that ESLint forbids to import what they do. ESLint is an ES module; Jest's realm is not. */
async function forbiddenLines(texts: readonly Planted[]): Promise<number[][]> {
  const script = `
    import { ESLint } from "eslint";
    const eslint = new ESLint({
      cwd: ${JSON.stringify(root)},
      overrideConfig: { files: ["**/*.ts"], languageOptions: { parserOptions: { projectService: false } } },
      ruleFilter: ({ ruleId }) => ruleId === "import-x/no-restricted-paths",
    });
    const results = [];
    for (const { filePath, text } of ${JSON.stringify(texts)}) results.push(...await eslint.lintText(text, { filePath }));
    console.log(JSON.stringify(results.map(({ messages }) => messages.map(({ line }) => line))));
  `;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], { cwd: root });
  return JSON.parse(stdout) as number[][];
}

function fileIn(folder: string): string {
  const file = readdirSync(join(root, folder)).find((name) => name.endsWith(".ts") && name !== "index.ts");
  return join(root, folder, file ?? "");
}

/** Imports from every folder, in the order of the layers. */
function importsInto(folder: string): Planted {
  const filePath = fileIn(folder);
  const lines = layers.map((from) => {
    const path = relative(join(filePath, ".."), fileIn(from)).replace(/\.ts$/, "");
    return `import ${JSON.stringify(path.startsWith(".") ? path : `./${path}`)};`;
  });
  return { filePath, text: `${lines.join("\n")}\n` };
}

test("a folder may import those before it, and no other", async () => {
  const forbidden = await forbiddenLines(layers.map(importsInto));
  const linesAfter = layers.map((_, layer) => layers.flatMap((_, line) => (line > layer ? [line + 1] : [])));
  expect(forbidden).toEqual(linesAfter);
});

test("an import circle of types alone is found", async () => {
  const folder = await mkdtemp(join(tmpdir(), "circle-"));
  try {
    await writeFile(join(folder, "a.ts"), 'import type { B } from "./b";\nexport interface A { b: B }\n');
    await writeFile(join(folder, "b.ts"), 'import type { A } from "./a";\nexport interface B { a: A }\n');
    const cruise = run(
      join(root, "node_modules/.bin/depcruise"),
      ["--config", join(root, ".dependency-cruiser.cjs"), "--ts-config", join(root, "tsconfig.json"), "."],
      { cwd: folder },
    );
    await expect(cruise).rejects.toMatchObject({ stdout: expect.stringContaining("no-circle") as string });
  } finally {
    await rm(folder, { recursive: true });
  }
});

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, resolve } from "node:path";
import { load } from "js-yaml";

const repository = resolve(__dirname, "../..");

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: unknown;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
const own = manifestOf(repository);
const page = readFileSync(join(repository, "docs/dependencies.md"), "utf8");

/** The cells of a table's rows, below a heading. */
function tableOf(text: string): string[][] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^\| (-|Package |Licence )/.test(line))
    .map((line) => line.split("|").map((cell) => cell.replaceAll("`", "").trim()))
    .map((cells) => cells.slice(1, -1));
}

const [, atRunTime = "", asPeer = ""] =
  /## At run time\n([^]*)And as a peer dependency([^]*)## Licences/.exec(page) ?? [];
const allowed = tableOf(page.slice(page.indexOf("## Licences"))).map(([licence = ""]) => licence);
/** Packages whose manifest does not name their licence, and what their LICENSE file begins with. */
const named: Readonly<Record<string, RegExp>> = { "@logdna/tail-file": /^The MIT License \(MIT\)/ };

/** The folder of a package, as Node.js finds it. */
function folderOf(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, "node_modules", name);
    if (existsSync(join(found, "package.json"))) return found;
    if (folder === dirname(folder)) return undefined;
  }
}

/** All packages that an installation brings, by folder. */
function productionTree(): Map<string, Manifest> {
  const tree = new Map<string, Manifest>();
  const visit = (names: readonly string[], from: string): void => {
    for (const name of names) {
      const folder = folderOf(name, from);
      // One that is optional, and not for this machine.
      if (folder === undefined || tree.has(folder)) continue;
      const manifest = manifestOf(folder);
      tree.set(folder, manifest);
      visit(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }), folder);
    }
  };
  visit(Object.keys({ ...own.dependencies, ...own.peerDependencies }), repository);
  return tree;
}

const tree = productionTree();

test("the direct dependencies are those of docs/dependencies.md, each with its licence and a reason", () => {
  for (const [text, dependencies] of [
    [atRunTime, own.dependencies],
    [asPeer, own.peerDependencies],
  ] as const) {
    const rows = tableOf(text);
    expect(rows.map(([name]) => name)).toEqual(Object.keys(dependencies ?? {}).sort());
    for (const [name = "", licence, why = ""] of rows) {
      expect(tree.get(join(repository, "node_modules", name))?.license).toBe(licence);
      expect(why.length).toBeGreaterThan(20);
    }
  }
  expect(own.optionalDependencies).toBeUndefined();
});

test("none of the direct dependencies runs a script when it is installed", () => {
  for (const name of Object.keys(own.dependencies ?? {})) {
    const { scripts = {} } = manifestOf(join(repository, "node_modules", name));
    expect(["preinstall", "install", "postinstall"].filter((script) => script in scripts)).toEqual([]);
  }
  expect(["preinstall", "install", "postinstall"].filter((script) => script in (own.scripts ?? {}))).toEqual([]);
});

test("every package of the run-time tree has a licence that docs/dependencies.md allows", () => {
  expect(tree.size).toBeGreaterThan(100);
  expect(allowed).toContain("Apache-2.0");
  const found = [...tree].flatMap(([folder, { license, name, version }]) => {
    const licence = named[name]?.test(readFileSync(join(folder, "LICENSE"), "utf8").trimStart()) ? "MIT" : license;
    return typeof licence === "string" && allowed.includes(licence) ? [] : [`${name}@${version}: ${String(licence)}`];
  });
  expect(found).toEqual([]);
  // No row of the page is left over.
  const used = new Set([...tree.values()].map(({ license }) => license));
  expect(allowed.filter((licence) => !used.has(licence))).toEqual([]);
});

interface Packed {
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

test("what is published imports nothing but its dependencies, and has no secret, test or map", () => {
  const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: repository,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ files }] = JSON.parse(output) as [Packed];
  expect(files.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["iam/lookup.json", "dist/sdk/nodejs/index.js"]),
  );
  expect(
    files.filter(({ path }) => /(^|\/)(test|tools|bench|examples|node_modules|\.)|\.(map|ts\.snap|env)$/.test(path)),
  ).toEqual([]);
  const imported = new Set<string>();
  for (const { path } of files.filter(({ path }) => path.endsWith(".js"))) {
    const text = readFileSync(join(repository, path), "utf8");
    for (const [, module = ""] of text.matchAll(/\brequire\("([^"]+)"\)/g)) imported.add(module);
    expect(text).not.toMatch(/sourceMappingURL|\b(AKIA|ASIA)[A-Z0-9]{16}\b/);
  }
  const packages = [...imported]
    .filter((module) => !module.startsWith(".") && !module.startsWith("node:") && !builtinModules.includes(module))
    .map((module) =>
      module
        .split("/")
        .slice(0, module.startsWith("@") ? 2 : 1)
        .join("/"),
    );
  // The package's own name stands in the line of JavaScript that lies in state, the last one in an error of the AWS SDK.
  const known = [
    ...Object.keys({ ...own.dependencies, ...own.peerDependencies }),
    own.name,
    "@aws-sdk/signature-v4-crt",
  ];
  expect([...new Set(packages)].filter((name) => !known.includes(name))).toEqual([]);
});

interface Job {
  readonly needs?: string | readonly string[];
  readonly permissions: unknown;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

// What every workflow must have is checked by `npm run lint`: tools/workflowProblems.ts.
test("the release publishes what was tested, with provenance, and no code of a dependency may sign it", () => {
  const text = readFileSync(join(repository, ".github/workflows/release.yml"), "utf8");
  const {
    pack,
    plugin,
    publish,
    "publish-plugin": publishPlugin,
    ...others
  } = (load(text) as { jobs: Record<string, Job> }).jobs;
  expect(others).toEqual({});
  expect(pack?.permissions).toEqual({ contents: "read" });
  const packed = pack?.steps.flatMap(({ run }) => run ?? []) ?? [];
  expect(packed[0]).toContain("for file in package.json policy/package.json;");
  expect(packed.slice(1)).toEqual(["npm ci && npm test", "npm pack --pack-destination packed"]);

  expect(publish).toMatchObject({ needs: "pack", permissions: { contents: "read", "id-token": "write" } });
  expect(publish?.steps.flatMap(({ uses }) => uses?.split("@")[0] ?? [])).toEqual([
    "actions/setup-node",
    "actions/download-artifact",
  ]);
  const [script, ...more] = publish?.steps.flatMap(({ run }) => run ?? []) ?? [];
  expect(more).toEqual([]);
  const commands = [...(script ?? "").matchAll(/\bnpm .*?(?= ;;)/g)].map(([command]) => command);
  expect(commands).toEqual([
    "npm publish --ignore-scripts --provenance --access public --tag next ./*.tgz",
    "npm publish --ignore-scripts --provenance --access public ./*.tgz",
  ]);

  // The plugin: what builds it can't publish it, and what publishes it runs no code of a dependency.
  expect(plugin?.permissions).toEqual({ contents: "read" });
  expect(plugin?.steps.flatMap(({ run }) => run ?? [])).toEqual(["npm ci", "npm run plugin -- --executable"]);
  expect(publishPlugin).toMatchObject({ needs: ["pack", "plugin"], permissions: { contents: "write" } });
  expect(publishPlugin?.steps.flatMap(({ uses }) => uses?.split("@")[0] ?? [])).toEqual(["actions/download-artifact"]);
  expect(publishPlugin?.steps.flatMap(({ run }) => run ?? []).join()).not.toMatch(/\bnpm\b/);
});

import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { pluginScripts } from "../../tools/pluginBundle";

const exec = promisify(execFile);
const repository = resolve(__dirname, "../..");
const bin = (name: string): string => join(repository, "node_modules", ".bin", name);

let folder: string;
let tarball: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "org-conformance-package-"));
  const { stdout } = await exec("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: repository,
  });
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  tarball = join(folder, packed?.filename ?? "");
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("the tarball holds what is needed, and nothing else", async () => {
  const { stdout } = await exec("tar", ["-tzf", tarball]);
  const files = stdout.trim().split("\n");
  for (const file of [
    "policy/PulumiPolicy.yaml",
    "policy/package.json",
    "policy/dist/main.js",
    "policy/dist/aws.js",
    ...pluginScripts.map((script) => `plugin/${script}`),
    "dist/cli/main.js",
    "dist/cli/LICENSES.txt",
    "dist/cli/templates/completion.bash",
    "dist/cli/templates/completion.zsh",
    "LICENSE",
    "README.md",
  ]) {
    expect(files).toContain(`package/${file}`);
  }
  expect(
    files.filter(
      (file) =>
        !/^package\/(dist\/.+\.(js|d\.ts)|dist\/cli\/(LICENSES\.txt|templates\/completion\.(bash|zsh))|iam\/[a-z-]+\.json|schemas\/[a-z-]+\.schema\.json|docs\/workflows\/conformance-gate\.yml|plugin\/((main|grpc|serve|gateProvider)\.js|LICENSES\.txt|pulumi-resource-org-conformance(\.cmd)?)|policy\/(PulumiPolicy\.yaml|package\.json|dist\/(main\.js|aws\.js|LICENSES\.txt))|[A-Z]+(\.md)?|package\.json)$/.test(
          file,
        ),
    ),
  ).toEqual([]);
});

test("the command line runs from the package, without its development dependencies", async () => {
  await exec("tar", ["-xzf", tarball, "-C", folder]);
  const manifest = JSON.parse(await readFile(join(folder, "package", "package.json"), "utf8")) as {
    version: string;
    bin: Record<string, string>;
  };
  const command = join(folder, "package", manifest.bin["pulumi-org-conformance"] ?? "");
  // Nothing is installed beside it; the AWS SDK is needed for lookups only.
  expect((await exec(command, ["--version"])).stdout).toBe(`${manifest.version}\n`);
  await expect(exec(command, ["report", folder])).rejects.toMatchObject({ code: 4 });
  expect((await exec(command, ["completion", "bash"])).stdout).toContain("pulumi-org-conformance completion-server");
});

test("publint finds nothing", async () => {
  const { stdout } = await exec(bin("publint"), [tarball, "--strict"]);
  expect(stdout).toContain("All good!");
});

test("are-the-types-wrong finds nothing", async () => {
  const { stdout } = await exec(bin("attw"), [tarball, "--format", "json"]);
  const { analysis, problems } = JSON.parse(stdout) as { analysis: { entrypoints: object }; problems?: object };
  expect(Object.keys(analysis.entrypoints)).toEqual(
    expect.arrayContaining([".", "./core", "./policy", "./provider", "./testing"]),
  );
  expect(problems ?? {}).toEqual({});
});

test("the policy pack has the package's version, and pins the versions that the tests run with", async () => {
  const manifestOf = async (folder: string) =>
    JSON.parse(await readFile(join(repository, folder, "package.json"), "utf8")) as {
      version: string;
      dependencies: Record<string, string>;
    };
  const { dependencies, version } = await manifestOf("policy");
  expect(version).toBe((await manifestOf(".")).version);
  for (const name of ["@pulumi/policy", "@pulumi/pulumi"]) {
    const installed = (await manifestOf(`node_modules/${name}`)).version.replace(/^v/, "");
    expect({ name, pinned: dependencies[name] }).toEqual({ name, pinned: installed });
  }
});

/** Starts a policy pack as Pulumi's launcher does, and resolves to the port that it prints first. */
async function startedPort(pack: string): Promise<number> {
  const launched = createRequire(join(await realpath(pack), "package.json")).resolve(
    "@pulumi/pulumi/cmd/run-policy-pack",
  );
  const child = execFile(process.execPath, [launched, "127.0.0.1:1", "."], { cwd: pack });
  try {
    return await new Promise<number>((resolvePort, reject) => {
      child.stdout?.once("data", (chunk: Buffer) => {
        resolvePort(Number(chunk.toString()));
      });
      let errors = "";
      child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
      child.once("close", () => {
        reject(new Error(errors));
      });
    });
  } finally {
    child.kill();
  }
}

test("a copy of the policy pack without installed dependencies says so in one line", async () => {
  const pack = join(folder, "copy", "policy");
  await cp(join(repository, "policy"), pack, { recursive: true });
  // What starts it is there, as a language host beside the CLI is.
  await mkdir(join(folder, "copy", "node_modules", "@pulumi"), { recursive: true });
  await symlink(
    join(repository, "node_modules", "@pulumi", "pulumi"),
    join(folder, "copy", "node_modules", "@pulumi", "pulumi"),
  );
  const message = await startedPort(pack).catch((error: unknown) => (error as Error).message.trim());
  expect(message).toMatch(/^.*can't find @pulumi\/policy and @pulumi\/pulumi: run npm install there, or .*$/);
});

/** The TypeScript that Pulumi compiles with where a program or a pack has none. */
const pulumisTypeScript = jest.requireActual<typeof ts>("@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js");
const { ModuleKind, ModuleResolutionKind } = ts;
const compilers: [string, typeof ts, ts.CompilerOptions][] = [
  [
    "node, the resolution of Pulumi's template",
    ts,
    { module: ModuleKind.CommonJS, moduleResolution: ModuleResolutionKind.Node10 },
  ],
  ["bundler", ts, { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler }],
  [
    "the TypeScript 3.8 that Pulumi brings",
    pulumisTypeScript,
    { module: ModuleKind.CommonJS, moduleResolution: ModuleResolutionKind.Node10 },
  ],
];

describe.each([
  ["npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"], "npm"],
  ["pnpm", ["install", "--prefer-offline", "--ignore-scripts"], bin("pnpm")],
])("installed with %s into an empty program", (name, install, command) => {
  let program: string;

  beforeAll(async () => {
    program = join(folder, name);
    await mkdir(program);
    await cp(join(__dirname, "program.ts"), join(program, "index.ts"));
    const { dependencies, devDependencies } = JSON.parse(await readFile(join(repository, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    await writeFile(
      join(program, "package.json"),
      JSON.stringify({
        name: "program",
        private: true,
        dependencies: {
          // For the policy pack of one's own.
          "@pulumi/policy": dependencies["@pulumi/policy"],
          "@pulumi/pulumi": devDependencies["@pulumi/pulumi"],
          "pulumi-org-conformance": `file:${tarball}`,
        },
        devDependencies: { "@types/node": devDependencies["@types/node"] },
      }),
    );
    await writeFile(
      join(program, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: true,
          target: "ES2022",
          module: "Node16",
          moduleResolution: "Node16",
          outDir: "out",
          types: ["node"],
        },
        files: ["index.ts"],
      }),
    );
    await exec(command, install, { cwd: program, env: { ...process.env, CI: "true" } });
  }, 300_000);

  test("it type-checks and runs", async () => {
    await exec(bin("tsc"), ["-p", "."], { cwd: program });
    const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: undefined };
    const { stderr, stdout } = await exec(process.execPath, ["out/index.js"], { cwd: program, env });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      verdict: "FAILED",
      failed: ["200003000009"],
      rows: 7,
      policies: 9,
      resource: "OrganizationConformancePackStatus",
    });
  });

  test("the policy pack starts, and so does a link to it", async () => {
    const pack = join(program, "node_modules", "pulumi-org-conformance", "policy");
    await symlink(pack, join(program, "policy-link"));
    expect(await startedPort(pack)).toBeGreaterThan(0);
    expect(await startedPort(join(program, "policy-link"))).toBeGreaterThan(0);
  });

  test("the example of a pack of your own starts outside of the checkout, with and without a TypeScript of its own", async () => {
    const pack = join(program, "policy-pack");
    await cp(join(repository, "examples", "policy-pack"), pack, { recursive: true });
    expect(await startedPort(pack)).toBeGreaterThan(0);
    // Pulumi's SDK looks for one where it is itself.
    const pulumi = await realpath(join(program, "node_modules", "@pulumi", "pulumi"));
    await symlink(join(repository, "node_modules", "typescript"), join(pulumi, "..", "..", "typescript"));
    expect(await startedPort(pack)).toBeGreaterThan(0);
  });

  // The package manager makes no difference to it.
  if (name !== "npm") return;
  test.each(compilers)("every entry point type-checks under %s", (_, compiler, options) => {
    const checked = compiler.createProgram([join(program, "index.ts")], {
      ...options,
      strict: true,
      target: compiler.ScriptTarget.ES2020,
      noEmit: true,
      types: ["node"],
      typeRoots: [join(program, "node_modules", "@types")],
    });
    const problems = compiler
      .getPreEmitDiagnostics(checked)
      // Those of other packages' declarations are theirs.
      .filter(({ file }) => !/node_modules\/(?!.*pulumi-org-conformance\/(dist|policy)\/)/.test(file?.fileName ?? ""))
      .map(({ file, messageText }) => [file?.fileName, compiler.flattenDiagnosticMessageText(messageText, "\n")]);
    expect(problems).toEqual([]);
    const files = checked.getSourceFiles().map(({ fileName }) => fileName);
    expect(files.filter((file) => file.endsWith("/pulumi-org-conformance/dist/policy/index.d.ts"))).toHaveLength(1);
  });
});

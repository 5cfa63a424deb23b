import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

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
    "dist/policy/main.js",
    "LICENSE",
    "README.md",
  ]) {
    expect(files).toContain(`package/${file}`);
  }
  expect(
    files.filter(
      (file) =>
        !/^package\/(dist\/.+\.(js|d\.ts)|iam\/[a-z-]+\.json|policy\/(PulumiPolicy\.yaml|package\.json)|[A-Z]+(\.md)?|package\.json)$/.test(
          file,
        ),
    ),
  ).toEqual([]);
});

test("publint finds nothing", async () => {
  const { stdout } = await exec(bin("publint"), [tarball, "--strict"]);
  expect(stdout).toContain("All good!");
});

test("are-the-types-wrong finds nothing", async () => {
  const { stdout } = await exec(bin("attw"), [tarball, "--format", "json"]);
  const { analysis, problems } = JSON.parse(stdout) as { analysis: { entrypoints: object }; problems?: object };
  expect(Object.keys(analysis.entrypoints)).toEqual(
    expect.arrayContaining([".", "./policy", "./provider", "./testing"]),
  );
  expect(problems ?? {}).toEqual({});
});

test("the versions of the package and of its policy pack are the same", async () => {
  const versionOf = async (file: string) =>
    (JSON.parse(await readFile(join(repository, file), "utf8")) as { version: string }).version;
  expect(await versionOf("policy/package.json")).toBe(await versionOf("package.json"));
});

describe.each([
  ["npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"], "npm"],
  ["pnpm", ["install", "--prefer-offline", "--ignore-scripts"], bin("pnpm")],
])("installed with %s into an empty program", (name, install, command) => {
  let program: string;

  beforeAll(async () => {
    program = join(folder, name);
    await mkdir(program);
    await cp(join(__dirname, "program.ts"), join(program, "index.ts"));
    const { devDependencies } = JSON.parse(await readFile(join(repository, "package.json"), "utf8")) as {
      devDependencies: Record<string, string>;
    };
    await writeFile(
      join(program, "package.json"),
      JSON.stringify({
        name: "program",
        private: true,
        dependencies: {
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
      policies: 7,
      resource: "OrganizationConformancePackStatus",
    });
  });

  test("the policy pack starts, and prints its port", async () => {
    const pack = join(program, "node_modules", "pulumi-org-conformance", "policy");
    const { main } = JSON.parse(await readFile(join(pack, "package.json"), "utf8")) as { main: string };
    const child = execFile(process.execPath, [join(pack, main)], { cwd: pack });
    try {
      const port = await new Promise<string>((resolvePort, reject) => {
        child.stdout?.once("data", (chunk: Buffer) => {
          resolvePort(chunk.toString());
        });
        let errors = "";
        child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
        child.once("exit", () => {
          reject(new Error(errors));
        });
      });
      expect(Number(port)).toBeGreaterThan(0);
    } finally {
      child.kill();
    }
  });
});

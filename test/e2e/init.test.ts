import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkConfig } from "../../cli/config/checkConfig";
import { hermeticEnvironment, repository } from "../../tools/localStack";
import { everyCase } from "../everyCase";
import { gatedStack, packName, Service } from "./gatedStack";

const exec = promisify(execFile);

let folder: string;
let tarball: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "org-conformance-init-"));
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const { stdout } = await exec("npm", pack, { cwd: repository });
  tarball = join(folder, (JSON.parse(stdout) as { filename: string }[])[0]?.filename ?? "");
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const managers = {
  npm: ["npm", "install", "--no-audit", "--no-fund", "--prefer-offline"],
  pnpm: [join(repository, "node_modules", ".bin", "pnpm"), "install", "--prefer-offline", "--ignore-workspace"],
} as const;

type Way = readonly [manager: keyof typeof managers, flags: readonly string[]];
const ways: readonly Way[] = [
  ["npm", []],
  ["pnpm", ["--built-in"]],
  ...(everyCase
    ? ([
        ["npm", ["--built-in"]],
        ["pnpm", []],
      ] as const)
    : []),
];

test.each(ways)("what init writes gates a stack at the first try, with %s and %j", async (manager, flags) => {
  const stack = await gatedStack(
    () => {
      new Service("api", {});
      return Promise.resolve({});
    },
    { packs: [{ name: packName, members: 20, failing: 2 }] },
  );
  const root = await mkdtemp(join(folder, "repository-"));
  await writeFile(join(root, manager === "npm" ? "package-lock.json" : "pnpm-lock.yaml"), "");
  const { stdout } = await exec(
    process.execPath,
    [
      join(repository, "dist", "cli", "main.js"),
      "init",
      ...["--region", "us-east-1,eu-west-1", "--endpoint-url", stack.emulator.endpoint, "--package", tarball],
      ...flags,
    ],
    { cwd: root, env: { ...process.env, ...hermeticEnvironment(root) } },
  );
  expect(stdout).toContain(`(cd conformance && ${manager} install)`);

  const policyPack = join(root, "conformance");
  const [command, ...install] = managers[manager];
  await exec(command, install, { cwd: policyPack });
  const config = await readFile(join(policyPack, "required-packs.json"), "utf8");
  expect(checkConfig(config, new Date())).toEqual([]);
  const before = stack.emulator.requests.length;
  const { output, succeeded } = await stack.preview({
    policyPack,
    policyConfig: JSON.parse(config) as Record<string, unknown>,
  });
  expect({ output, succeeded }).toEqual({ output, succeeded: true });
  expect(output).toContain("[advisory]  organization-conformance-pack-required-packs");
  // Only where the pack is: it is not in eu-west-1.
  expect(output).toContain(`"${packName}" in us-east-1: 2 of 20 accounts failed`);
  // The emulator saw no call that the IAM policy does not allow.
  const iam = await readFile(join(policyPack, "iam-policy.json"), "utf8");
  const asked = stack.emulator.requests.slice(before).map(({ operation }) => operation);
  expect(asked).not.toEqual([]);
  for (const operation of asked) expect(iam).toContain(`:${operation}"`);
  const workflow = await readFile(join(root, ".github", "workflows", "conformance-gate.yml"), "utf8");
  expect(workflow).toContain(manager === "npm" ? "run: npm ci" : "pnpm install --frozen-lockfile");
});

test("init overwrites nothing", async () => {
  const root = await mkdtemp(join(folder, "repository-"));
  await mkdir(join(root, ".vscode"));
  await writeFile(join(root, ".vscode", "settings.json"), "{}");
  const init = () =>
    exec(process.execPath, [join(repository, "dist", "cli", "main.js"), "init", "gate", "--pack", "a"], { cwd: root });
  const { stdout } = await init();
  expect(stdout).toContain("Kept .vscode/settings.json, which was there already");
  expect(stdout).toContain('Add to .vscode/settings.json: "json.schemas":[{"fileMatch":["/gate/required-packs.json"]');
  expect(await readFile(join(root, ".vscode", "settings.json"), "utf8")).toBe("{}");

  // The IAM policy is for the configuration that is kept.
  const iam = join(root, "gate", "iam-policy.json");
  expect(await readFile(iam, "utf8")).not.toContain("ListTagsForResource");
  await rm(iam);
  const required = { packs: [{ name: "a", ownerTag: "owner" }] };
  const config = JSON.stringify({ "organization-conformance-pack-required-packs": required });
  await writeFile(join(root, "gate", "required-packs.json"), config);
  expect((await init()).stdout).toContain("Wrote gate/iam-policy.json");
  expect(await readFile(iam, "utf8")).toContain('"organizations:ListTagsForResource"');

  await writeFile(join(root, "gate", "index.ts"), "// mine\n");
  expect((await init()).stdout).not.toContain("Wrote");
  expect(await readFile(join(root, "gate", "index.ts"), "utf8")).toBe("// mine\n");
});

test("init without credentials writes everything but packs, and says why", async () => {
  const root = await mkdtemp(join(folder, "repository-"));
  const { stderr, stdout } = await exec(
    process.execPath,
    [join(repository, "dist", "cli", "main.js"), "init", "-r", "us-east-1"],
    {
      cwd: root,
      env: { ...process.env, ...hermeticEnvironment(root), AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
    },
  );
  expect(stderr).toContain("credentials");
  expect(stdout).toContain("No pack is required yet");
  const config = await readFile(join(root, "conformance", "required-packs.json"), "utf8");
  expect(checkConfig(config, new Date())).toEqual([]);
});

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { policies } from "../../policy/index";

const root = join(__dirname, "../..");

test("the pack has these policies, at these levels", () => {
  expect(policies.map(({ name, enforcementLevel }) => [name, enforcementLevel])).toEqual([
    ["organization-conformance-pack-member-failed", "mandatory"],
    ["organization-conformance-pack-incomplete", "mandatory"],
    ["organization-conformance-pack-in-progress", "advisory"],
    ["organization-conformance-pack-settled", "mandatory"],
  ]);
});

test.each(policies)("$name says what it is, and takes settings", (policy) => {
  expect(policy.displayName).toMatch(/^Organization conformance pack: /);
  expect(policy.description).toMatch(/\.$/);
  expect(policy.configSchema?.required).toBeUndefined();
  expect(policy.configSchema?.properties).toMatchObject({
    maxAccountsShown: { type: "integer", default: 20, minimum: 1 },
    maxGroupsShown: { type: "integer", default: 10, minimum: 1 },
  });
});

test("the policies that refuse an old status have a setting for its age", () => {
  const withAge = policies.filter(
    ({ configSchema }) => configSchema && "maxStatusAgeMinutes" in configSchema.properties,
  );
  expect(withAge.map(({ name }) => name)).toEqual([
    "organization-conformance-pack-member-failed",
    "organization-conformance-pack-incomplete",
  ]);
});

test("PulumiPolicy.yaml runs JavaScript, and its package names the pack's entry", () => {
  expect(readFileSync(join(root, "policy/PulumiPolicy.yaml"), "utf8")).toMatch(/typescript: false/);
  const { main } = JSON.parse(readFileSync(join(root, "policy/package.json"), "utf8")) as { main: string };
  expect(main).toBe("../dist/policy/main.js");
});

/** Every module that loading `file` loads, in a process of its own. */
async function modulesOf(file: string): Promise<string[]> {
  const script = `
    require(${JSON.stringify(join(root, file))});
    require("node:fs").writeSync(1, "\\n" + JSON.stringify(Object.keys(require.cache)));
    process.exit(0);`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--require", require.resolve("tsx/cjs"), "-e", script],
    {
      cwd: root,
      maxBuffer: 16 * 1024 * 1024,
    },
  );
  return JSON.parse(stdout.slice(stdout.lastIndexOf("\n[") + 1)) as string[];
}

const unwanted: Record<string, RegExp> = {
  "an AWS SDK": /\/node_modules\/(@aws-sdk|@smithy|@aws-crypto)\//,
  "@pulumi/aws": /\/node_modules\/@pulumi\/aws\//,
  "the SDK classes or the emulator": new RegExp(`^${root}/(sdk|emulator)/`),
  "what gathers": new RegExp(`^${root}/provider/(index|gather|configClient|memberStatusPages|packStatusProvider)`),
};

test.each(["policy/index.ts", "policy/main.ts"])("%s loads no more than it needs", async (file) => {
  const modules = await modulesOf(file);
  expect(modules).toContain(join(root, file));
  expect(modules).toContain(join(root, "policy/settled.ts"));
  for (const [what, path] of Object.entries(unwanted)) {
    expect({ what, loaded: modules.filter((module) => path.test(module)) }).toEqual({ what, loaded: [] });
  }
});

test("policy/index.ts loads no policy SDK: a pack of one's own brings its own", async () => {
  expect((await modulesOf("policy/index.ts")).filter((path) => path.includes("/node_modules/@pulumi/"))).toEqual([]);
});

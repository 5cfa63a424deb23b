import { load } from "js-yaml";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atTheEnd } from "../builders/cleanUp";
import { emulate } from "../core/aws/emulate";
import { run } from "./commandLine";

const required = "organization-conformance-pack-required-packs";
const kept = JSON.stringify({ [required]: { packs: [{ name: "mine" }] } });

/** A repository, with a configuration where one is given. */
async function repository(configuration?: string): Promise<string> {
  const cwd = await mkdtemp(join(tmpdir(), "org-conformance-init-"));
  atTheEnd(() => rm(cwd, { recursive: true }));
  await mkdir(join(cwd, "gate"));
  if (configuration !== undefined) await writeFile(join(cwd, "gate", "required-packs.json"), configuration);
  return cwd;
}

const role = "arn:aws:iam::111111111111:role/reader";

test.each([
  {
    flags: ["--pack", "a"],
    says: /^--pack was not used: gate\/required-packs\.json was there already\. Edit that file, or delete it and run init again with it\.\n$/,
  },
  {
    flags: ["--owner-tag", "owner", "--pack", "a", "-r", "us-east-1,eu-west-1"],
    says: /^--pack, --region, --owner-tag were not used: .* run init again with them\.\n$/,
  },
  { flags: ["--role-arn", role, "--external-id", "partner"], says: /^--role-arn, --external-id were not used: / },
  { flags: ["--built-in"], says: /^$/ },
])("init with $flags says what a configuration that is there already makes useless", async ({ flags, says }) => {
  const cwd = await repository(kept);
  const ended = await run(["init", "gate", ...flags], { cwd });
  expect(ended.code).toBe(0);
  expect(ended.stderr).toMatch(says);
  expect(ended.stdout).toContain("Kept gate/required-packs.json, which was there already");
  expect(await readFile(join(cwd, "gate", "required-packs.json"), "utf8")).toBe(kept);
});

test("init uses its flags where there is no configuration, and says nothing of them", async () => {
  const cwd = await repository();
  const ended = await run(["init", "gate", "--pack", "a", "--owner-tag", "owner", "-r", "us-east-1"], { cwd });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  const config = JSON.parse(await readFile(join(cwd, "gate", "required-packs.json"), "utf8")) as Record<string, object>;
  expect(config[required]).toMatchObject({ packs: [{ name: "a", ownerTag: "owner", regions: ["us-east-1"] }] });
});

test.each([
  [
    "can't be read",
    true,
    ["us-east-1", "eu-west-1"],
    /^eu-west-1 could not be read\. Each pack is required there, too/m,
  ],
  ["has no pack", false, ["us-east-1"], /^The caller sees no pack in eu-west-1, so none is required there\.$/m],
])("of a region that %s, init says what becomes of it", async (_what, isSilent, regions, says) => {
  const emulator = await emulate({ packs: [{ name: "a", region: "us-east-1", members: 1 }] });
  if (isSilent) emulator.injectFault({ kind: "accessDenied", region: "eu-west-1" });
  const cwd = await repository();
  const flags = ["-r", "us-east-1,eu-west-1", "--endpoint-url", emulator.endpoint];
  const { stderr } = await run(["init", "gate", ...flags], { cwd });
  expect(stderr).toMatch(says);
  const config = JSON.parse(await readFile(join(cwd, "gate", "required-packs.json"), "utf8")) as Record<string, object>;
  expect(config[required]).toMatchObject({ packs: [{ name: "a", regions }] });
});

test("init says what a package.json that is there already needs, before it is installed", async () => {
  const cwd = await repository();
  const manifest = { dependencies: { "pulumi-org-conformance": "0.1.0" } };
  await writeFile(join(cwd, "gate", "package.json"), JSON.stringify(manifest));
  const { stdout } = await run(["init", "gate", "--pack", "a", "-r", "us-east-1", "--package", "file:p.tgz"], { cwd });
  const [, entries = ""] = /^ {2}1\. Add to gate\/package\.json: (.+)$/m.exec(stdout) ?? [];
  expect(JSON.parse(`{${entries}}`)).toMatchObject({
    main: "index.ts",
    dependencies: { "pulumi-org-conformance": "file:p.tgz", "@pulumi/policy": expect.any(String) as string },
  });
  expect(stdout).toContain("  2. (cd gate && npm install)");
  expect(JSON.parse(await readFile(join(cwd, "gate", "package.json"), "utf8"))).toEqual(manifest);
});

test.each([
  ["of Node.js", true],
  ["of another language", false],
])("the workflow of a program %s installs the program: %p", async (_what, isNodeProgram) => {
  const cwd = await repository();
  if (isNodeProgram) await writeFile(join(cwd, "package.json"), "{}");
  await run(["init", "gate", "--pack", "a", "-r", "us-east-1"], { cwd });
  const text = await readFile(join(cwd, ".github", "workflows", "conformance-gate.yml"), "utf8");
  const { jobs } = load(text) as { jobs: { preview: { steps: { name?: string; "working-directory"?: string }[] } } };
  const names = jobs.preview.steps.map(({ name }) => name);
  expect(names.includes("Install the program")).toBe(isNodeProgram);
  expect(text.includes("# Install the program's dependencies here.")).toBe(!isNodeProgram);
  expect(jobs.preview.steps.find(({ name }) => name === "Install the policy pack")?.["working-directory"]).toBe("gate");
});

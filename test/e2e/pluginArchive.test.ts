import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findPulumiCli } from "../../tools/pulumi-cli/pulumiCli";
import { archivePlugin } from "../../tools/pluginArchives";
import { version } from "../../core/text/version";
import { packName } from "./gatedStack";
import { pluginStack, pluginType } from "./pluginStack";

jest.setTimeout(300_000);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "org-conformance-archives-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test("there is an archive for each platform, under Pulumi's name for it and with its checksum", async () => {
  const archives = await archivePlugin(folder);
  const prefix = `pulumi-resource-org-conformance-v${version}`;
  expect(archives.sort()).toEqual(
    ["darwin", "linux", "windows"].flatMap((os) => ["amd64", "arm64"].map((arch) => `${prefix}-${os}-${arch}.tar.gz`)),
  );
  const sums = (await readFile(join(folder, "archives", `${prefix}-checksums.txt`), "utf8")).trim().split("\n");
  expect(sums.map((line) => line.split("  ")[1])).toEqual(archives);
  for (const line of sums) {
    const [sum, file = ""] = line.split("  ");
    const bytes = await readFile(join(folder, "archives", file));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sum);
    expect(bytes.length).toBeLessThan(1_000_000);
  }
});

test.each<[what: string, isExecutable: boolean]>([
  ["an archive for Node.js", false],
  ["an executable without Node.js", true],
])("%s is installed by pulumi plugin install, and gates", async (_what, isExecutable) => {
  const archives = await archivePlugin(folder, isExecutable);
  const archive = archives.find((name) => name.includes("linux-amd64")) ?? archives[0] ?? "";
  const program = { resources: { gate: { type: pluginType, properties: { name: packName } } } };
  const stack = await pluginStack(program, { packs: [{ name: packName, members: 3, failing: 1 }] }, { providers: {} });
  const home = join(stack.folder, "home");
  const { command } = await findPulumiCli();
  await promisify(execFile)(
    command,
    ["plugin", "install", "resource", "org-conformance", version, "--file", join(folder, "archives", archive)],
    { env: { ...process.env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" } },
  );
  const installed = join(home, "plugins", `resource-org-conformance-v${version}`);
  expect((await readdir(installed)).includes("main.js")).toBe(!isExecutable);
  const { size } = await stat(join(installed, "pulumi-resource-org-conformance"));
  expect(size > 50_000_000).toBe(isExecutable);

  const blocked = await stack.preview();
  expect(blocked.succeeded).toBe(false);
  expect(blocked.output).toContain("1 of 3 accounts failed.");
  stack.emulator.setMembers(packName, { members: 3 });
  expect(await stack.up()).toMatchObject({ succeeded: true });
});

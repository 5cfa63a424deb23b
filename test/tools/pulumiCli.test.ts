import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { executableOf, findPulumiCli } from "../../tools/pulumi-cli/pulumiCli";

const before = { ...process.env };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "org-conformance-cli-"));
  await addCli(join(folder, "on-path"), "3.901.0");
  await addCli(join(folder, "pulumi-org-conformance", "pulumi-3.902.0", "bin"), "3.902.0");
  process.env.XDG_CACHE_HOME = folder;
  process.env.PATH = [join(folder, "on-path"), before.PATH].join(delimiter);
  delete process.env.PULUMI_CLI_VERSION;
});

afterEach(async () => {
  process.env = { ...before };
  await rm(folder, { recursive: true });
});

async function addCli(into: string, version: string): Promise<void> {
  await mkdir(into, { recursive: true });
  await writeFile(join(into, "pulumi"), `#!/bin/sh\necho v${version}\n`, { mode: 0o755 });
}

test("the CLI on PATH is used, and its path is known, whatever its folder is called", async () => {
  const cli = await findPulumiCli();
  expect(String(cli.version)).toBe("3.901.0");
  expect(executableOf(cli)).toBe(join(folder, "on-path", "pulumi"));
});

test.each(["3.902.0", "v3.902.0"])("PULUMI_CLI_VERSION=%s: another version on PATH is passed over", async (version) => {
  process.env.PULUMI_CLI_VERSION = version;
  const cli = await findPulumiCli();
  expect(String(cli.version)).toBe("3.902.0");
  expect(executableOf(cli)).toBe(join(folder, "pulumi-org-conformance", "pulumi-3.902.0", "bin", "pulumi"));
});

test("PULUMI_CLI_VERSION that is no version is refused", async () => {
  process.env.PULUMI_CLI_VERSION = "newest";
  await expect(findPulumiCli()).rejects.toThrow('PULUMI_CLI_VERSION: "newest" is not a version or "latest".');
});

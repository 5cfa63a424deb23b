import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { findYamlHost } from "../../tools/pulumi-language-yaml/yamlHost";

const before = { ...process.env };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "org-conformance-yaml-"));
  process.env.XDG_CACHE_HOME = folder;
  process.env.PATH = [join(folder, "on-path"), before.PATH].join(delimiter);
});

afterEach(async () => {
  process.env = { ...before };
  await rm(folder, { recursive: true });
});

async function addHost(into: string): Promise<string> {
  await mkdir(into, { recursive: true });
  const path = join(into, "pulumi-language-yaml");
  await writeFile(path, "#!/bin/sh\n", { mode: 0o755 });
  return path;
}

test("the language host of YAML on PATH is used before the one in the cache", async () => {
  const cached = await addHost(join(folder, "pulumi-org-conformance", "pulumi-language-yaml-1.25.0"));
  process.env.PATH = join(folder, "on-path");
  expect(await findYamlHost()).toBe(cached);
  const onPath = await addHost(join(folder, "on-path"));
  expect(await findYamlHost()).toBe(onPath);
});

test("without it and without Go, the error says what is missing", async () => {
  process.env.PATH = join(folder, "on-path");
  await expect(findYamlHost()).rejects.toThrow("Go is not installed");
});

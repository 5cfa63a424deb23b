import { PulumiCommand } from "@pulumi/pulumi/automation";
import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { promisify } from "node:util";
import { SemVer, valid } from "semver";
import { quoted } from "../../core/checks/quoted";
import { buildFromModule, cacheFolder, fillAtomically, type Progress } from "../goBinary";
import { isExecutable } from "../isExecutable";

/** The version to install or build if no CLI is found. `go.mod` beside this file has the same. */
const defaultVersion = "3.259.0";
/** Sets another version, or `latest`. A CLI of any other version is then ignored, also on PATH. */
const versionVariable = "PULUMI_CLI_VERSION";
const goModule = "github.com/pulumi/pulumi/pkg/v3";

/**
 * Finds the real Pulumi CLI: on PATH, in the user's cache, from Pulumi's release host, or built from its Go module.
 *
 * @throws `Error` if none of these works. Its message says what to install.
 */
export async function findPulumiCli(progress: Progress = () => undefined): Promise<PulumiCommand> {
  const wanted = await wantedVersion();
  const version = wanted ?? defaultVersion;
  const root = join(cacheFolder(), `pulumi-${version}`);
  const attempts: [string, () => Promise<PulumiCommand>][] = [
    ["PATH", () => onPath(wanted)],
    [`the cache ${root}`, () => cached(root)],
    ["Pulumi's release host", () => install(root, version, progress)],
    ["its Go module", () => build(root, version, progress)],
  ];
  const failures: string[] = [];
  for (const [where, attempt] of attempts) {
    try {
      return await attempt();
    } catch (error) {
      failures.push(
        `  ${where}: ${
          String(error instanceof Error ? error.message : error)
            .trim()
            .split("\n")[0] ?? ""
        }`,
      );
    }
  }
  throw new Error(
    `The Pulumi CLI was not found, and could not be installed or built.\n${failures.join("\n")}\nInstall it from https://www.pulumi.com/docs/install/ and put it on PATH, or install Go, and run the command again.`,
  );
}

/** The path of the CLI's executable. Its `command` may be only a name, to search for on PATH. */
export function executableOf({ command }: PulumiCommand): string {
  if (isAbsolute(command)) return command;
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const names = process.platform === "win32" ? [`${command}.exe`, `${command}.cmd`] : [command];
  const found = folders.flatMap((folder) => names.map((name) => resolve(folder, name))).find(isExecutable);
  if (found === undefined) throw new Error(`${command} is not on PATH.`);
  return found;
}

async function wantedVersion(): Promise<string | undefined> {
  const given = process.env[versionVariable];
  if (!given) return undefined;
  if (given !== "latest") {
    if (valid(given) === null) throw new Error(`${versionVariable}: ${quoted(given)} is not a version or "latest".`);
    return given.replace(/^v/, "");
  }
  const { stdout } = await promisify(execFile)("go", ["list", "-m", "-f", "{{.Version}}", `${goModule}@latest`], {
    cwd: __dirname,
  });
  // The processes of the tests inherit it: they use the same version and need not ask again.
  return (process.env[versionVariable] = stdout.trim().replace(/^v/, ""));
}

async function onPath(wanted: string | undefined): Promise<PulumiCommand> {
  const cli = await PulumiCommand.get();
  const found = String(cli.version);
  if (wanted !== undefined && found !== wanted) throw new Error(`it has version ${found}, not ${wanted}`);
  return cli;
}

async function cached(root: string): Promise<PulumiCommand> {
  await access(join(root, "bin", "pulumi"));
  return PulumiCommand.get({ root });
}

async function install(root: string, version: string, progress: Progress): Promise<PulumiCommand> {
  progress(`Installing Pulumi ${version} into ${root}`);
  return atomically(root, async (folder) => {
    await PulumiCommand.install({ root: folder, version: new SemVer(version) });
  });
}

async function build(root: string, version: string, progress: Progress): Promise<PulumiCommand> {
  progress(`Building Pulumi ${version} from its Go module into ${root}; this takes about 5 minutes, once`);
  // go.sum has the sums of the default version; those of others come from Go's checksum database.
  const fetchOther = version === defaultVersion ? [] : [["get", `${goModule}@v${version}`]];
  return atomically(root, (folder) =>
    buildFromModule({
      modFolder: __dirname,
      target: `${goModule}/cmd/pulumi`,
      linkerFlags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`,
      output: join(folder, "bin", "pulumi"),
      prepare: fetchOther,
      progress,
    }),
  );
}

async function atomically(root: string, fill: (folder: string) => Promise<void>): Promise<PulumiCommand> {
  await fillAtomically(root, fill);
  return cached(root);
}

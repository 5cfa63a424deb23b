import {
  type ConfigMap,
  type InlineProgramArgs,
  type LocalProgramArgs,
  LocalWorkspace,
  type LocalWorkspaceOptions,
  type PulumiCommand,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation";
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { findYamlHost } from "./pulumi-language-yaml/yamlHost";

/** The repository's folder. */
export const repository = resolve(__dirname, "..");
/** The policy pack, as a user of the package would name it. */
export const policyPack = join(repository, "node_modules", "pulumi-org-conformance", "policy");

/** The plugin's folder, as a user's Pulumi.yaml names it. */
export const pluginFolder = join(repository, "node_modules", "pulumi-org-conformance", "plugin");

/** A stack with its backend, its plugins and its credentials in a folder of its own. */
export interface LocalStack {
  readonly stack: Stack;
  /** The folder; gone after `remove`. */
  readonly folder: string;
  /** The state as the backend has it, with secrets encrypted. Other than an export, this starts no CLI. */
  savedState(): Promise<SavedState>;
  remove(): Promise<void>;
}

/** A stack's state, as far as it is read here. */
export interface SavedState {
  readonly resources?: readonly StateResource[];
  readonly pending_operations?: readonly unknown[];
}

/** A resource as the state has it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** A program of Pulumi's YAML: what is in Pulumi.yaml beside the project. */
export interface YamlProgram {
  readonly variables?: object;
  readonly resources?: object;
  readonly outputs?: object;
  readonly config?: object;
}

/** The parts of a local stack. */
export interface LocalStackOptions {
  readonly pulumi: PulumiCommand;
  readonly program: PulumiFn | YamlProgram;
  /** The emulator's endpoint. */
  readonly endpoint: string;
  readonly config?: ConfigMap;
  readonly environment?: Readonly<Record<string, string>>;
  readonly stackName?: string;
  /** The project's name. Default: that of the plugin. */
  readonly project?: string;
  /** The folder of the state, to share it with another stack. Default: one of its own. */
  readonly backend?: string;
  /** The folders of provider plugins by name, as `plugins.providers` of Pulumi.yaml has them. */
  readonly providers?: Readonly<Record<string, string>>;
  /** More plugins: the launcher by the folder's name in PULUMI_HOME/plugins, for example `resource-aws-v7.0.0`. */
  readonly plugins?: Readonly<Record<string, string>>;
}

/** Creates a stack that shares nothing with the machine's Pulumi and AWS settings. */
export async function createLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const folder = await mkdtemp(join(tmpdir(), "org-conformance-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const workDir = join(folder, "program");
    for (const name of ["backend", "home", "program"]) await mkdir(join(folder, name));
    await addLaunchers(join(folder, "home"), {
      ...languageHostFor(options.pulumi),
      ...(isYaml(options.program) && { "language-yaml-v0.0.0": `#!/bin/sh\nexec "${await findYamlHost()}" "$@"\n` }),
      ...options.plugins,
    });
    // The Automation API sets an inline project's `main` to the current folder: the dynamic provider loads the package from
    // there. This link is for projects whose `main` is `workDir`, and for scripts that run in it.
    await symlink(join(repository, "node_modules"), join(workDir, "node_modules"));
    const stackName = options.stackName ?? "local";
    await writeProject(workDir, options);
    const stack = await createStack(
      isYaml(options.program)
        ? { stackName, workDir }
        : { projectName: options.project ?? projectName, stackName, program: options.program },
      {
        workDir,
        pulumiHome: join(folder, "home"),
        pulumiCommand: options.pulumi,
        envVars: {
          ...hermeticEnvironment(folder, options.backend),
          // The engine would prefer a plugin on PATH.
          ...(options.plugins && { PULUMI_IGNORE_AMBIENT_PLUGINS: "true" }),
          ...options.environment,
        },
      },
    );
    await saveConfig(stack, {
      "aws:region": { value: "us-east-1" },
      "aws:endpoints": { value: JSON.stringify([emulatedEndpoints(options.endpoint)]) },
      ...options.config,
    });
    const stateFile = join(
      options.backend ?? join(folder, "backend"),
      ".pulumi/stacks",
      options.project ?? projectName,
      `${stackName}.json`,
    );
    return { stack, folder, savedState: () => readState(stateFile), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Sets configuration whose keys have a namespace. The CLI, which takes longer to start, is asked to encrypt secrets only. */
export async function saveConfig(stack: Stack, config: ConfigMap): Promise<void> {
  const { name, workspace } = stack;
  const entries = Object.entries(config);
  const settings = await workspace.stackSettings(name);
  const plain = entries.flatMap(([key, { secret, value }]) => (secret ? [] : [[key, value] as const]));
  await workspace.saveStackSettings(name, {
    ...settings,
    config: { ...settings.config, ...Object.fromEntries(plain) },
  });
  const secrets = entries.filter(([, { secret }]) => secret);
  if (secrets.length > 0) await stack.setAllConfig(Object.fromEntries(secrets));
}

const projectName = "org-conformance";

/** Writes Pulumi.yaml: the program of a stack that is not inline, and where its plugins are. */
export async function writeProject(
  workDir: string,
  {
    program,
    project: name = projectName,
    providers = {},
  }: Pick<LocalStackOptions, "program" | "project" | "providers">,
): Promise<void> {
  const plugins = Object.entries(providers).map(([name, path]) => ({ name, path }));
  const project = {
    name,
    // As the Automation API writes it for an inline program.
    ...(isYaml(program) ? { runtime: "yaml", ...program } : { runtime: "nodejs", main: process.cwd() }),
    ...(plugins.length > 0 && { plugins: { providers: plugins } }),
  };
  // JSON is YAML.
  await writeFile(join(workDir, "Pulumi.yaml"), JSON.stringify(project, undefined, 2));
}

function isYaml(program: PulumiFn | YamlProgram): program is YamlProgram {
  return typeof program !== "function";
}

function createStack(args: LocalProgramArgs | InlineProgramArgs, options: LocalWorkspaceOptions): Promise<Stack> {
  return "program" in args ? LocalWorkspace.createStack(args, options) : LocalWorkspace.createStack(args, options);
}

async function readState(file: string): Promise<SavedState> {
  const { checkpoint } = JSON.parse(await readFile(file, "utf8")) as {
    readonly checkpoint: { readonly latest?: SavedState };
  };
  return checkpoint.latest ?? {};
}

/**
 * Adds launchers of dynamic providers and policy packs for a CLI that was built from its Go module. A full Pulumi
 * installation has its own, and prefers them.
 */
async function addLaunchers(home: string, plugins: Readonly<Record<string, string>>): Promise<void> {
  for (const plugin of ["analyzer-policy-nodejs", "resource-pulumi-nodejs"]) {
    const target = join(home, "plugins", `${plugin}-v0.0.0`);
    await mkdir(target, { recursive: true });
    await copyFile(join(__dirname, "pulumi-cli", "launchers", `pulumi-${plugin}`), join(target, `pulumi-${plugin}`));
  }
  for (const [plugin, launcher] of Object.entries(plugins)) {
    const target = join(home, "plugins", plugin);
    await mkdir(target, { recursive: true });
    await writeFile(join(target, `pulumi-${plugin.replace(/-v\d.*$/, "")}`), launcher, { mode: 0o755 });
  }
}

/** A language host for CLIs after 3.259.0, which start policy packs through it. One beside the CLI is preferred. */
function languageHostFor({ version }: PulumiCommand): Readonly<Record<string, string>> {
  if (version !== null && version.compare("3.259.0") <= 0) return {};
  const loader = pathToFileURL(join(repository, "node_modules", "tsx", "dist", "loader.mjs")).href;
  const main = join(__dirname, "pulumi-cli", "languageHost.ts");
  return {
    "language-nodejs-v0.0.0": `#!/bin/sh\nexec "${process.execPath}" --import "${loader}" "${main}" "$@"\n`,
  };
}

/** The value of `aws:endpoints`, for all services of the emulator. */
export function emulatedEndpoints(endpoint: string): Record<string, string> {
  return { configservice: endpoint, organizations: endpoint, sts: endpoint };
}

/** An environment that hides this machine's AWS and Pulumi accounts from the CLI. */
export function hermeticEnvironment(folder: string, backend = join(folder, "backend")): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: "AKIAEMULATED",
    AWS_SECRET_ACCESS_KEY: "emulated-secret",
    AWS_SESSION_TOKEN: "",
    AWS_PROFILE: "",
    AWS_CONFIG_FILE: join(folder, "no-aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "no-aws-credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "local",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

/** The plugin's settings, of a stack or of an explicit provider, that reach the emulator. */
export function pluginSettings(endpoint: string): Record<string, string> {
  return { region: "us-east-1", endpoints: JSON.stringify([emulatedEndpoints(endpoint)]) };
}

/** The same as the configuration of a stack. */
export function pluginConfig(endpoint: string): ConfigMap {
  const settings = Object.entries(pluginSettings(endpoint));
  return Object.fromEntries(settings.map(([name, value]) => [`org-conformance:${name}`, { value }]));
}

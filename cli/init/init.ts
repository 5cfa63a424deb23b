import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { plural } from "../../core/text/plural";
import { type AwsFlags, awsSettingsOf } from "../awsFlags";
import { writeToStdout } from "../stdout";
import { configuredLookups } from "./configuredLookups";
import type { InitFacts } from "./facts";
import { findPacks, requiredPack } from "./findPacks";
import { type PackageManager, packageManagerOf } from "./packageManager";
import { editorSettings, manifestEntries, plannedFiles } from "./plan";
import { writeFiles } from "./writeFiles";

/** The flags of `init`. */
export interface InitFlags extends AwsFlags {
  readonly pack?: readonly string[];
  readonly builtIn?: boolean;
  readonly ownerTag?: string;
  readonly package: string;
  readonly packageManager?: PackageManager;
}

/** Writes the files that are not there yet into `root`, and says what is next. */
export async function init(root: string, folder: string, flags: InitFlags): Promise<void> {
  const { ownerTag, pack: names, region: regions, roleArn } = flags;
  const settings = awsSettingsOf(flags);
  const others = {
    ...(ownerTag !== undefined && { ownerTag }),
    ...(roleArn !== undefined && {
      assumeRole: { roleArn, ...(flags.externalId && { externalId: flags.externalId }) },
    }),
  };
  // A configuration that is there is kept, and the IAM policy is for what it looks up.
  const configuration = `${folder}/required-packs.json`;
  const configured = await configuredLookups(join(root, configuration), configuration);
  const { packs, problems } =
    typeof configured === "object"
      ? { ...configured, problems: [] }
      : names
        ? { packs: names.map((name) => requiredPack(name, regions, others)), problems: [] }
        : await findPacks(settings, regions, others);
  const remarks =
    typeof configured === "object"
      ? unusedFlags(flags, configuration)
      : [...(configured === undefined ? [] : [configured]), ...problems];
  for (const remark of remarks) process.stderr.write(`${remark}\n`);
  const facts: InitFacts = {
    folder,
    packs,
    unitIds: typeof configured === "object" ? configured.unitIds : [],
    isBuiltIn: flags.builtIn === true,
    packageManager: flags.packageManager ?? packageManagerOf(root),
    isNodeProgram: existsSync(join(root, "package.json")),
    packageSpec: flags.package,
    ...sdkVersions(),
    workflowTemplate: readFileSync(join(packageFolder(), "docs", "workflows", "conformance-gate.yml"), "utf8"),
  };
  const files = plannedFiles(facts);
  const kept = await writeFiles(root, files);
  const written = files.filter((file) => !kept.includes(file));
  await writeToStdout(
    [
      ...written.map(({ path }) => `Wrote ${path}`),
      ...kept.map(({ path }) => `Kept ${path}, which was there already`),
      "",
      ...nextSteps(facts, new Set(kept.map(({ path }) => path))),
      "",
    ].join("\n"),
  );
}

/** The flags that a configuration of one's own leaves nothing to do for: it is kept. */
function* unusedFlags(
  { externalId, ownerTag, pack, region, roleArn }: InitFlags,
  configuration: string,
): Generator<string> {
  const values = {
    "--pack": pack,
    "--region": region,
    "--owner-tag": ownerTag,
    "--role-arn": roleArn,
    "--external-id": externalId,
  };
  const given = Object.entries(values).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
  if (given.length === 0) return;
  const [was, them] = given.length === 1 ? ["was", "it"] : ["were", "them"];
  yield `${given.join(", ")} ${was} not used: ${configuration} was there already. Edit that file, or delete it and run init again with ${them}.`;
}

function* nextSteps(facts: InitFacts, kept: ReadonlySet<string>): Generator<string> {
  const { folder, packageManager, packs } = facts;
  if (!kept.has(`${folder}/required-packs.json`)) {
    yield packs.length === 0
      ? `No pack is required yet: add "packs" to ${folder}/required-packs.json, or delete it and run this again with --pack NAME.`
      : `${plural(packs.length, "pack")} will be reported, and block nothing yet ("advisory").`;
  }
  const entriesOf = (settings: object): string => JSON.stringify(settings).slice(1, -1);
  const steps = [
    ...(kept.has(`${folder}/package.json`)
      ? [`Add to ${folder}/package.json: ${entriesOf(manifestEntries(facts))}`]
      : []),
    `(cd ${folder} && ${packageManager} install)`,
    `Give the role that looks the packs up the policy in ${folder}/iam-policy.json.`,
    `pulumi preview --policy-pack ${folder} --policy-pack-config ${folder}/required-packs.json`,
    "Replace what stands in capitals, and my-organization, in .github/workflows/conformance-gate.yml.",
    ...(kept.has(".vscode/settings.json")
      ? [`Add to .vscode/settings.json: ${entriesOf(editorSettings(folder))}`]
      : []),
  ];
  yield "Next:";
  for (const [index, step] of steps.entries()) yield `  ${String(index + 1)}. ${step}`;
}

/** The versions of Pulumi's packages with which this package's own policy pack was tested. */
function sdkVersions(): { readonly policySdk: string; readonly pulumiSdk: string } {
  const { dependencies } = JSON.parse(readFileSync(join(packageFolder(), "policy", "package.json"), "utf8")) as {
    dependencies: Readonly<Record<string, string>>;
  };
  return {
    policySdk: dependencies["@pulumi/policy"] ?? "*",
    pulumiSdk: dependencies["@pulumi/pulumi"] ?? "*",
  };
}

/** The folder of this package: the command is bundled, and tests run its source. */
function packageFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "policy", "PulumiPolicy.yaml"))) folder = dirname(folder);
  return folder;
}

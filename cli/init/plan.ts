import { type RequiredPack, requiredPacksName } from "../../core/gate/requiredPacks";
import { readerPolicy } from "./readerPolicy";
import { type PlannedFile, jsonText } from "./plannedFile";
import type { InitFacts } from "./facts";
import { workflow } from "./workflow";

/** The files of a gate for a whole repository. */
export function plannedFiles(facts: InitFacts): PlannedFile[] {
  const { folder, isBuiltIn, packs } = facts;
  const inFolder = (name: string): string => `${folder}/${name}`;
  return [
    {
      path: inFolder("PulumiPolicy.yaml"),
      text: "description: Stops deployments while an organization conformance pack is broken\nruntime: nodejs\n",
    },
    {
      path: inFolder("package.json"),
      text: jsonText({ name: "conformance", private: true, ...manifestEntries(facts) }),
    },
    ...(isBuiltIn ? [] : [{ path: inFolder("index.ts"), text: program }]),
    { path: inFolder("required-packs.json"), text: configuration(packs) },
    { path: inFolder("iam-policy.json"), text: jsonText(readerPolicy(facts)) },
    { path: ".github/workflows/conformance-gate.yml", text: workflow(facts) },
    { path: ".vscode/settings.json", text: jsonText(editorSettings(folder)) },
  ];
}

const program = `import { PolicyPack } from "@pulumi/policy";
import { policies } from "pulumi-org-conformance/policy";

new PolicyPack("conformance", { policies: [...policies /* , your own policies */] });
`;

/** The entries of the pack's package.json, also of one that was there already. */
export function manifestEntries({
  isBuiltIn,
  packageSpec,
  policySdk,
  pulumiSdk,
}: Pick<InitFacts, "isBuiltIn" | "packageSpec" | "policySdk" | "pulumiSdk">) {
  return {
    // Pulumi requires one of a policy pack.
    version: "1.0.0",
    main: isBuiltIn ? "node_modules/pulumi-org-conformance/policy/dist/main.js" : "index.ts",
    dependencies: {
      "@pulumi/policy": policySdk,
      "@pulumi/pulumi": pulumiSdk,
      "pulumi-org-conformance": packageSpec,
    },
    // Pulumi's own TypeScript compiler checks index.ts.
    ...(!isBuiltIn && { devDependencies: { "@types/node": "^20.0.0", typescript: "^5.9.0" } }),
  };
}

/** Reports at first: the accounts are repaired before anything is blocked. */
function configuration(packs: readonly RequiredPack[]): string {
  return jsonText({ [requiredPacksName]: { enforcementLevel: "advisory", ...(packs.length > 0 && { packs }) } });
}

/** The association of the configuration with its schema, in VS Code. */
export function editorSettings(folder: string) {
  return {
    "json.schemas": [
      {
        fileMatch: [`/${folder}/required-packs.json`],
        url: `./${folder}/node_modules/pulumi-org-conformance/schemas/policy-pack-config.schema.json`,
      },
    ],
  };
}

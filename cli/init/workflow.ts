import type { InitFacts } from "./facts";

const installStep = /^ +#[^\n]*\n( +)- name: Install the program\n +run: npm ci\n/m;

/** The workflow of this package's documentation, for this folder, this program and this package manager. */
export function workflow({
  folder,
  isNodeProgram,
  packageManager,
  workflowTemplate,
}: Pick<InitFacts, "folder" | "isNodeProgram" | "packageManager" | "workflowTemplate">): string {
  const inFolder = workflowTemplate
    .replaceAll("working-directory: conformance", `working-directory: ${folder}`)
    .replaceAll("policyPacks: conformance\n", `policyPacks: ${folder}\n`)
    .replaceAll("conformance/required-packs.json", `${folder}/required-packs.json`);
  const forProgram = isNodeProgram
    ? inFolder
    : inFolder.replace(installStep, "$1# Install the program's dependencies here. A Pulumi YAML program has none.\n");
  if (packageManager === "npm") return forProgram;
  return forProgram
    .replaceAll("run: npm ci", "run: corepack enable && pnpm install --frozen-lockfile")
    .replaceAll("npx --no -- ", "pnpm exec ");
}

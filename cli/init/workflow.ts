import type { InitFacts } from "./facts";

/** The workflow of this package's documentation, for this folder and this package manager. */
export function workflow({
  folder,
  packageManager,
  workflowTemplate,
}: Pick<InitFacts, "folder" | "packageManager" | "workflowTemplate">): string {
  const inFolder = workflowTemplate
    .replaceAll("working-directory: conformance", `working-directory: ${folder}`)
    .replaceAll("policyPacks: conformance\n", `policyPacks: ${folder}\n`)
    .replaceAll("conformance/required-packs.json", `${folder}/required-packs.json`);
  if (packageManager === "npm") return inFolder;
  return inFolder
    .replaceAll("run: npm ci", "run: corepack enable && pnpm install --frozen-lockfile")
    .replaceAll("npx --no -- ", "pnpm exec ");
}

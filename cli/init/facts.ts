import type { RequiredPack } from "../../core/gate/requiredPacks";
import type { PackageManager } from "./packageManager";

/** The facts that `init` has found out. */
export interface InitFacts {
  /** The folder of the policy pack, relative to the repository's. */
  readonly folder: string;
  readonly packs: readonly RequiredPack[];
  /** The organizational units for which policies over gates have exceptions of their own. */
  readonly unitIds: readonly string[];
  /** True if the pack is this package's own, without a file of TypeScript. */
  readonly isBuiltIn: boolean;
  readonly packageManager: PackageManager;
  /** True if the repository's own folder has a package.json: there is a program to install. */
  readonly isNodeProgram: boolean;
  /** The version that package.json asks for: a number or a file of this package. */
  readonly packageSpec: string;
  readonly policySdk: string;
  readonly pulumiSdk: string;
  /** The workflow template of this package. */
  readonly workflowTemplate: string;
}

import { Command, Option } from "commander";
import { text } from "../core/checks/check";
import { packStatusChecks } from "../core/status/packStatusChecks";
import { version } from "../core/text/version";
import { addAwsFlags, checkedBy, listOf } from "./awsFlags";
import type { InitFlags } from "./init/init";
import { ownerTagOption } from "./lookupFlags";

const folderCheck = text(/^(?!\.)[\w-]+(\/[\w-]+)*$/, "a folder below this one, such as conformance");

/** `init`: writes a policy pack, its configuration, a workflow and an IAM policy. Never prompts, and overwrites nothing. */
export function initCommand(end: (exitCode: number) => void): Command {
  return addAwsFlags(
    new Command("init").description(
      "Writes a policy pack with its configuration, a workflow and the IAM policy it needs. Overwrites nothing.",
    ),
  )
    .argument("[folder]", "the pack's folder, below this one", checkedBy(folderCheck), "conformance")
    .addOption(
      new Option("--pack <name>", "a pack to require; repeatable (default: those that you see)").argParser(
        listOf(packStatusChecks.name),
      ),
    )
    .addOption(ownerTagOption())
    .option("--built-in", "use the policy pack of this package, without a file of TypeScript")
    .option("--package <spec>", "this package, as the pack's package.json names it", version)
    .addOption(new Option("--package-manager <name>", "default: by the lockfile").choices(["npm", "pnpm"]))
    .action(async (folder: string, flags: InitFlags) => {
      // Loaded only here, with what checks a configuration.
      const { init } = require("./init/init") as typeof import("./init/init");
      await init(process.cwd(), folder, flags);
      end(0);
    });
}

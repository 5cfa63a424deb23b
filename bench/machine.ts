import type { PulumiCommand } from "@pulumi/pulumi/automation";
import { readFile } from "node:fs/promises";
import { cpus, loadavg, totalmem, type } from "node:os";
import { join } from "node:path";
import { repository } from "../tools/localStack";
import { otherTools } from "./otherTools";

/** What it was measured on and with, one line each. */
export async function machine(pulumi: PulumiCommand): Promise<string[]> {
  const { awsCli, boto3 } = await otherTools();
  const [cpu] = cpus();
  const version = async (module: string): Promise<string> => {
    const text = await readFile(join(repository, "node_modules", module, "package.json"), "utf8");
    return `\`${module}\` ${(JSON.parse(text) as { version: string }).version}`;
  };
  return [
    `Machine: ${cpu?.model ?? "unknown"}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB of memory, ${type()}; load at the start ${loadavg()[0]?.toFixed(1) ?? "unknown"}`,
    `Node.js ${process.version}, Pulumi CLI ${pulumi.version?.version ?? "unknown"}, ${await version("@pulumi/pulumi")}, ${await version("@aws-sdk/client-config-service")}`,
    `boto3 ${boto3?.version ?? "not installed"}; ${awsCli?.version ?? "AWS CLI not installed"}`,
    `Date: ${new Date().toISOString().slice(0, 10)}`,
  ];
}

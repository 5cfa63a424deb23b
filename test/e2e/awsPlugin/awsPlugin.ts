import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { repository } from "../../../tools/localStack";
import { pulumiAwsVersion } from "./pulumiAwsVersion";

const loader = pathToFileURL(join(repository, "node_modules", "tsx", "dist", "loader.mjs")).href;

/** The stand-in for pulumi-resource-aws, as the plugins of a local stack. */
export const awsPlugin: Readonly<Record<string, string>> = {
  [`resource-aws-v${pulumiAwsVersion}`]: `#!/bin/sh
exec "${process.execPath}" --import "${loader}" "${require.resolve("./main.ts")}" "$@"
`,
};

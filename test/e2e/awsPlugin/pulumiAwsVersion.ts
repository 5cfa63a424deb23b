import { readFileSync } from "node:fs";

/** The version of the @pulumi/aws that programs import: the engine asks for a plugin of exactly this one. */
export const pulumiAwsVersion = (
  JSON.parse(readFileSync(require.resolve("@pulumi/aws/package.json"), "utf8")) as { version: string }
).version;

import * as pulumi from "@pulumi/pulumi";
import { InvalidArgumentsError } from "../../core/errors";
import { type AwsSettings, readAwsSettings } from "../../core/aws/settings";

/** The stack's `aws:*` settings, as the program's process sees them. */
export function awsSettings(packName: string): AwsSettings {
  // Not pulumi.Config: that warns when a secret is read as text, and these secrets go nowhere but to AWS.
  const { settings, problems } = readAwsSettings((key) => pulumi.runtime.getConfig(key));
  if (problems.length > 0) throw new InvalidArgumentsError(problems, packName);
  return settings;
}

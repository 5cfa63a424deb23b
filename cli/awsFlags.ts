import { type Command, InvalidArgumentError, Option } from "commander";
import { type AwsSettings, readAwsSettings } from "../core/aws/settings";
import { regionCheck, roleArnCheck } from "../core/checks/awsChecks";
import type { Check } from "../core/checks/check";
import { quoted } from "../core/checks/quoted";
import { InvalidArgumentsError } from "../core/errors";
import { assumeRoleChecks } from "../core/status/packStatusChecks";
import { CommandError } from "./commandError";
import { exitCodes } from "../core/statusFile/exitCodes";

/** The flags that say how AWS is reached. */
export interface AwsFlags {
  readonly region?: readonly string[];
  readonly profile?: string;
  readonly roleArn?: string;
  readonly externalId?: string;
  readonly endpointUrl?: string;
}

/** The value of a flag, by a check of the package. */
export const checkedBy =
  (check: Check) =>
  (given: string): string => {
    const [problem] = check(given, "");
    if (problem) throw new InvalidArgumentError(problem.reason);
    return given;
  };

/** The values of a flag that can be repeated, and takes a list. */
export const listOf =
  (check: Check) =>
  (given: string, before: readonly string[] = []): readonly string[] => {
    const values = [...before, ...given.split(",").map((value) => checkedBy(check)(value.trim()))];
    const twice = values.find((value, index) => values.indexOf(value) !== index);
    if (twice !== undefined) throw new InvalidArgumentError(`${quoted(twice)} is listed twice.`);
    return values;
  };

const urlCheck: Check = (url, property) =>
  typeof url === "string" && /^https?:/i.test(url) && URL.canParse(url)
    ? []
    : [{ property, reason: `${quoted(url)} is not a URL that starts with http:// or https://.` }];

/** Adds the flags to a command. */
export function addAwsFlags(command: Command): Command {
  return command
    .addOption(
      new Option(
        "-r, --region <region>",
        "a region; repeat it, or separate several by commas (default: AWS_REGION, …)",
      ).argParser(listOf(regionCheck)),
    )
    .option("--profile <name>", "a profile of ~/.aws/config (default: AWS_PROFILE)")
    .addOption(new Option("--role-arn <arn>", "a role to assume").argParser(checkedBy(roleArnCheck)))
    .addOption(
      new Option("--external-id <id>", "the external id that the role asks for").argParser(
        checkedBy(assumeRoleChecks.externalId),
      ),
    )
    .addOption(new Option("--endpoint-url <url>", "an endpoint instead of AWS's").argParser(checkedBy(urlCheck)));
}

/**
 * The way to AWS, as the flags and the environment say.
 *
 * @throws `CommandError` or `InvalidArgumentsError`
 */
export function awsSettingsOf(flags: AwsFlags): AwsSettings {
  const { endpointUrl: url, externalId, profile, roleArn } = flags;
  if (externalId !== undefined && roleArn === undefined) {
    throw new CommandError("--external-id goes with --role-arn only.", exitCodes.invalidArguments);
  }
  const given: Readonly<Record<string, string | undefined>> = {
    "aws:profile": profile,
    "aws:assumeRoles": roleArn && JSON.stringify([{ roleArn, externalId }]),
    "aws:endpoints": url && JSON.stringify([{ configservice: url, organizations: url, sts: url }]),
  };
  const { settings, problems } = readAwsSettings((key) => given[key]);
  if (problems.length > 0) throw new InvalidArgumentsError(problems);
  return settings;
}

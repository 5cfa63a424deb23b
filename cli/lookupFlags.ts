import { type Command, InvalidArgumentError, Option } from "commander";
import type { AwsSettings } from "../core/aws/settings";
import { accountIdCheck } from "../core/checks/awsChecks";
import { oneOf } from "../core/checks/check";
import { didYouMean } from "../core/checks/didYouMean";
import type { RequiredPack } from "../core/gate/requiredPacks";
import { packStatusChecks } from "../core/status/packStatusChecks";
import type { PackStatusArgs } from "../core/status/packStatusArgs";
import { exitCodes } from "../core/statusFile/exitCodes";
import type { Lookup } from "../core/statusFile/makeStatusFile";
import { sanitize } from "../core/text/sanitize";
import { addAwsFlags, type AwsFlags, awsSettingsOf, checkedBy, listOf } from "./awsFlags";
import { CommandError } from "./commandError";
import { inFlags } from "./inFlags";
import { readConfiguration } from "./configurationFile";

/** The flags that say what is looked up. */
export interface LookupFlags extends AwsFlags {
  readonly config?: string;
  readonly expected?: "organization" | readonly string[];
  readonly exclude?: readonly string[];
  readonly stuckAfter?: number;
  readonly detail?: "all" | "unsuccessful";
  readonly aggregate: boolean;
  readonly ownerTag?: string;
}

/** A pack that is looked up; or, with the name `*`, all packs but those of `except`. */
export interface NamedPack extends Pick<Lookup, "args" | "tolerate"> {
  readonly except?: readonly string[] | undefined;
}

/** The packs that are looked up, and the way to AWS. */
export interface PacksToLookUp {
  readonly packs: readonly NamedPack[];
  readonly settings: AwsSettings;
  /** The names of arguments in the text of an error: as flags, or as they are in the configuration. */
  readonly phrase: (text: string) => string;
}

/** The value of a flag that is a number, by a check of the package. */
export const numberBy =
  (check: (typeof packStatusChecks)["stuckAfterMinutes"]) =>
  (given: string): number => {
    const value = /^\d+(\.\d+)?$/.test(given) ? Number(given) : given;
    const [problem] = check(value, "");
    if (problem) throw new InvalidArgumentError(problem.reason);
    return value as number;
  };

/** Adds the flags to a command. */
export function addLookupFlags(command: Command): Command {
  return addAwsFlags(
    command
      .argument("[name]", "the organization conformance pack", checkedBy(packStatusChecks.name))
      .option("--config <file>", "the policies' configuration: its required packs, or the one that is named"),
  )
    .addOption(
      new Option(
        "--expected <accounts>",
        'the accounts that must be members: "organization", or account ids, separated by commas',
      ).argParser((given: string, before?: LookupFlags["expected"]) => {
        const isOther = given === "organization" ? Array.isArray(before) : before === "organization";
        if (isOther) throw new InvalidArgumentError('Give "organization" or account ids, not both.');
        return given === "organization" ? given : listOf(accountIdCheck)(given, Array.isArray(before) ? before : []);
      }),
    )
    .addOption(
      new Option("--exclude <accounts>", "with --expected organization: account ids that are not expected").argParser(
        listOf(accountIdCheck),
      ),
    )
    .addOption(
      new Option("--stuck-after <minutes>", "an account that is in progress for longer is stuck").argParser(
        numberBy(packStatusChecks.stuckAfterMinutes),
      ),
    )
    .addOption(
      new Option("--detail <rows>", "the rows to read: all, or unsuccessful (default: all)").argParser(
        checkedBy(oneOf(["all", "unsuccessful"])),
      ),
    )
    .addOption(ownerTagOption())
    .option("--no-aggregate", "leave out AWS's status of the whole pack");
}

/**
 * The packs that the flags name.
 *
 * @throws `CommandError` or `InvalidArgumentsError`
 */
export async function packsToLookUp(name: string | undefined, flags: LookupFlags): Promise<PacksToLookUp> {
  const settings = awsSettingsOf(flags);
  if (flags.config === undefined) {
    if (name === undefined) throw refusal("Give the name of the pack, or --config FILE.");
    return { packs: [{ args: argsOf(name, flags) }], settings, phrase: inFlags };
  }
  refuseBesideConfiguration(flags);
  const packs = await readConfiguration(flags.config);
  const [region] = flags.region ?? [];
  return {
    packs: (name === undefined ? packs : [packNamed(name, packs, flags.config)]).map(
      ({ except, tolerate, ...args }) => ({
        args,
        except,
        tolerate,
      }),
    ),
    phrase: (text) => text,
    // As in a stack, it is for packs that name no region.
    settings: region === undefined ? settings : { ...settings, region },
  };
}

/** The option `--owner-tag`. */
export function ownerTagOption(): Option {
  return new Option(
    "--owner-tag <key>",
    "the tag of accounts that says who owns them: reports then name owners",
  ).argParser(checkedBy(packStatusChecks.ownerTag));
}

function argsOf(
  name: string,
  { aggregate, detail, exclude, expected, ownerTag, region, stuckAfter }: LookupFlags,
): PackStatusArgs {
  if (exclude !== undefined && expected !== "organization") {
    throw refusal("--exclude goes with --expected organization only: leave these accounts out of the list.");
  }
  if (detail === "unsuccessful" && expected !== undefined) {
    throw refusal("--detail unsuccessful can't find missing accounts: leave out one of --detail and --expected.");
  }
  if (detail === "unsuccessful" && !aggregate) {
    throw refusal("--detail unsuccessful relies on AWS's status of the whole pack: leave out --no-aggregate.");
  }
  return {
    name,
    ...(region && { regions: region }),
    ...(expected !== undefined && { expectedAccounts: expected }),
    ...(exclude && { excludedAccounts: exclude }),
    ...(stuckAfter !== undefined && { stuckAfterMinutes: stuckAfter }),
    ...(detail && { detail }),
    ...(!aggregate && { aggregate }),
    ...(ownerTag !== undefined && { ownerTag }),
  };
}

/** The file says what is looked up: with other arguments, the decision would be another than the gate's. */
function refuseBesideConfiguration({
  aggregate,
  detail,
  exclude,
  expected,
  ownerTag,
  region = [],
  stuckAfter,
}: LookupFlags): void {
  const given = [
    ["--expected", expected !== undefined],
    ["--exclude", exclude !== undefined],
    ["--stuck-after", stuckAfter !== undefined],
    ["--detail", detail !== undefined],
    ["--no-aggregate", !aggregate],
    ["--owner-tag", ownerTag !== undefined],
  ] as const;
  const flag = given.find(([, isGiven]) => isGiven)?.[0];
  if (flag !== undefined) throw refusal(`${flag} does not go with --config: set it in the file.`);
  if (region.length > 1) {
    throw refusal("With --config, give one --region: it is for packs without regions in the file.");
  }
}

function packNamed(name: string, packs: readonly RequiredPack[], file: string): RequiredPack {
  const found = packs.filter((pack) => pack.name === name);
  const [only] = found;
  if (only && found.length === 1) return only;
  const names = [...new Set(packs.map((pack) => pack.name))];
  throw refusal(
    only
      ? `${sanitize(file, 200)} names the pack ${name} ${String(found.length)} times: leave the name out.`
      : `${sanitize(file, 200)} names no pack ${name}.${didYouMean(name, names)} It names ${names.join(", ")}.`,
  );
}

export function refusal(message: string): CommandError {
  return new CommandError(message, exitCodes.invalidArguments);
}

import { readFile } from "node:fs/promises";
import { isPlainObject } from "../core/checks/check";
import { type RequiredPack, requiredPacksCheck, requiredPacksName } from "../core/gate/requiredPacks";
import { exitCodes } from "../core/statusFile/exitCodes";
import { sanitize } from "../core/text/sanitize";
import { configFileOf } from "./config/configFile";
import { CommandError } from "./commandError";
import { fileProblem } from "./fileProblem";

/**
 * Reads the required packs out of the file for `pulumi --policy-pack-config`, or out of a file that has `packs` alone.
 *
 * @throws `CommandError`
 */
export async function readConfiguration(file: string): Promise<readonly RequiredPack[]> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw refusal(file, fileProblem(error));
  });
  const { enforcementLevel, ...settings } = settingsIn(parsed(file, text), file);
  const problems = requiredPacksCheck(settings, requiredPacksName);
  if (problems.length > 0) {
    throw refusal(
      file,
      ["It has mistakes.", ...problems.map(({ property, reason }) => `  ${property}: ${reason}`)].join("\n"),
    );
  }
  const packs = settings.packs as readonly RequiredPack[] | undefined;
  if (packs === undefined) throw refusal(file, `${requiredPacksName} has no packs in it.`);
  if (enforcementLevel === "disabled") {
    throw refusal(file, `${requiredPacksName} is disabled in it, so a gate with it judges nothing.`);
  }
  return packs;
}

/** The settings of required packs, in whichever of the forms. */
function settingsIn(value: unknown, file: string): Readonly<Record<string, unknown>> {
  if (Array.isArray(value)) return { packs: value };
  if (!isPlainObject(value)) throw refusal(file, "It is not an object.");
  if (value.packs !== undefined) return value;
  const { policies } = configFileOf(value);
  const own = policies[requiredPacksName];
  if (own === undefined) throw refusal(file, `It has no ${requiredPacksName}.`);
  // The CLI takes an enforcement level alone, too.
  if (typeof own === "string") return { enforcementLevel: own };
  if (!isPlainObject(own)) throw refusal(file, `${requiredPacksName} is not an object.`);
  return { ...enforcementLevelOfAll(policies), ...own };
}

function enforcementLevelOfAll({ all }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (typeof all === "string") return { enforcementLevel: all };
  return isPlainObject(all) && all.enforcementLevel !== undefined ? { enforcementLevel: all.enforcementLevel } : {};
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as unknown;
  } catch (error) {
    throw refusal(file, `It is not JSON: ${sanitize(error instanceof Error ? error.message : String(error), 200)}.`);
  }
}

function refusal(file: string, reason: string): CommandError {
  return new CommandError(`--config ${sanitize(file, 200)}: ${reason}`, exitCodes.invalidArguments);
}

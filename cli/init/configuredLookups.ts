import { readFile } from "node:fs/promises";
import { isPlainObject } from "../../core/checks/check";
import { type RequiredPack, requiredPacksName } from "../../core/gate/requiredPacks";
import type { Tolerance } from "../../core/gate/tolerance";
import { settingsChecks } from "../../policy/settingsChecks";
import { checkConfig } from "../config/checkConfig";
import { configFileOf } from "../config/configFile";
import { readConfigText } from "../config/configText";

/** The lookups of a configuration that is there already, which `init` keeps. */
export interface ConfiguredLookups {
  readonly packs: readonly RequiredPack[];
  /** The organizational units for which policies over gates have exceptions of their own. */
  readonly unitIds: readonly string[];
}

/**
 * Reads what an existing configuration looks up.
 *
 * @returns A sentence instead if it can't be relied on; `undefined` if there is none.
 */
export async function configuredLookups(file: string, name: string): Promise<ConfiguredLookups | string | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    return `${name} can't be read, so the IAM policy may lack what it needs.`;
  }
  const { policies } = configFileOf(readConfigText(text).value);
  // A pack of one's own has policies that are not known here.
  const own = Object.keys(policies).filter((policy) => !Object.hasOwn(settingsChecks, policy));
  if (checkConfig(text, new Date(), own).some(({ severity }) => severity === "error")) {
    return `${name} has mistakes, so the IAM policy may lack what it needs: run config check ${name}.`;
  }
  const settings = Object.values(policies).filter(isPlainObject);
  const required = policies[requiredPacksName];
  return {
    packs: isPlainObject(required) ? ((required.packs ?? []) as readonly RequiredPack[]) : [],
    unitIds: settings.flatMap(({ tolerate }) =>
      ((tolerate as Tolerance | undefined)?.organizationalUnits ?? []).map(({ id }) => id),
    ),
  };
}

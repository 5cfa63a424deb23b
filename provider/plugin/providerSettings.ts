import { type AwsSettings, readAwsSettings } from "../../core/aws/settings";
import { inPluginWords, pluginNamespace, settingNames } from "../../core/aws/settingsNamespace";
import { didYouMean } from "../../core/checks/didYouMean";
import type { Problem } from "../../core/checks/problem";
import { sanitize } from "../../core/text/sanitize";

/** The settings of one provider: of the stack's configuration, or of an explicit provider. */
export interface ProviderSettings {
  readonly settings: AwsSettings;
  readonly problems: readonly Problem[];
}

/** Set by the engine itself, beside the settings. */
const engineKeys: ReadonlySet<string> = new Set([
  "version",
  "pluginDownloadURL",
  "pluginChecksums",
  "parameterization",
  "envVarMappings",
]);

/**
 * Reads the settings of a provider. They have the names and the meaning of those of @pulumi/aws, and so has what is not
 * set: then the environment counts.
 *
 * @param values - By name, without a namespace. Objects and lists are JSON text.
 */
export function readProviderSettings(values: ReadonlyMap<string, string>): ProviderSettings {
  const { problems, settings } = readAwsSettings((key) => values.get(key.slice("aws:".length)));
  return {
    settings,
    problems: [
      ...[...values.keys()].filter((name) => !isKnown(name)).map(unknownSetting),
      ...problems.map(({ property, reason }) => ({ property: inPluginWords(property), reason: inPluginWords(reason) })),
    ],
  };
}

/** A misspelled profile would look as another identity. */
function isKnown(name: string): boolean {
  return settingNames.includes(name) || engineKeys.has(name) || name.startsWith("__");
}

function unknownSetting(name: string): Problem {
  return {
    property: `${pluginNamespace}:${sanitize(name, 80)}`,
    reason: `There is no such setting.${didYouMean(name, settingNames)}`,
  };
}

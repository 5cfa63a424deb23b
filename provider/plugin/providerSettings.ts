import { type AwsSettings, readAwsSettings } from "../../core/aws/settings";
import { inPluginWords, pluginNamespace, settingNames } from "../../core/aws/settingsNamespace";
import { didYouMean } from "../../core/checks/didYouMean";
import type { Problem } from "../../core/checks/problem";
import { sanitize } from "../../core/text/sanitize";

/** The settings of one provider: of the stack's configuration, or of an explicit provider. */
export interface ProviderSettings {
  readonly settings: AwsSettings;
  readonly problems: readonly Problem[];
  /** Settings of a project with the provider's name that are spelled nearly as one of the provider. */
  readonly doubts: readonly Problem[];
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
 * @param isShared - Set when the values are of a stack whose project has the provider's name: its own settings are among
 *   them. Otherwise a setting that does not exist is a mistake: with a misspelled profile, another identity would be used.
 */
export function readProviderSettings(values: ReadonlyMap<string, string>, isShared = false): ProviderSettings {
  const { problems, settings } = readAwsSettings((key) => values.get(key.slice("aws:".length)));
  const unknown = [...values.keys()].filter((name) => !isKnown(name));
  return {
    settings,
    problems: [
      ...(isShared ? [] : unknown.map(unknownSetting)),
      ...problems.map(({ property, reason }) => ({ property: inPluginWords(property), reason: inPluginWords(reason) })),
    ],
    doubts: isShared ? unknown.flatMap(doubtfulSetting) : [],
  };
}

function isKnown(name: string): boolean {
  return settingNames.includes(name) || engineKeys.has(name) || name.startsWith("__");
}

function unknownSetting(name: string): Problem {
  return {
    property: propertyOf(name),
    reason: `There is no such setting.${didYouMean(name, settingNames)}`,
  };
}

function doubtfulSetting(name: string): Problem[] {
  const suggestion = didYouMean(name, settingNames);
  if (suggestion === "") return [];
  const reason = `The provider has no such setting, so it is taken for one of the project, which has the same name.${suggestion}`;
  return [{ property: propertyOf(name), reason }];
}

function propertyOf(name: string): string {
  return `${pluginNamespace}:${sanitize(name, 80)}`;
}

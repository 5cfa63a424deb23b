import { type AwsSettings, readAwsSettings } from "../core/aws/settings";
import { pluginNamespace } from "../core/aws/settingsNamespace";
import { InvalidArgumentsError } from "../core/errors";
import { readProviderSettings } from "../provider/plugin/providerSettings";
import { isPluginsProject, pluginConfig, stackConfig } from "./stackConfig";

/**
 * The settings for a stack's required packs: those of the provider plugin, `org-conformance:*`, if the stack has any, else
 * `aws:*`. They are never mixed: half of one identity and half of another would be neither.
 */
export function stackSettings(packName: string): AwsSettings {
  const ofPlugin = readProviderSettings(stackConfig(pluginNamespace), isPluginsProject());
  const { problems, settings } =
    pluginConfig().size > 0 ? ofPlugin : readAwsSettings((key) => stackConfig("aws").get(key.slice("aws:".length)));
  // In a project with the plugin's name, a misspelled setting looks like one of the project: the lookup would be made as
  // another identity.
  const mistakes = [...problems, ...ofPlugin.doubts];
  if (mistakes.length > 0) throw new InvalidArgumentsError(mistakes, packName);
  return settings;
}

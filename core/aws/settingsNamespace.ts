import { awsProviderSettings } from "./awsProviderSettings";

/** The namespace of the provider plugin's settings: the engine gives a plugin no others. */
export const pluginNamespace = "org-conformance";

/** The settings of both namespaces, by name: those of @pulumi/aws 7, and the `assumeRole` of its version 6. */
export const settingNames: readonly string[] = [...Object.keys(awsProviderSettings), "assumeRole"];

const setting = new RegExp(`(?<![\\w:])aws:(?=(?:${settingNames.join("|")})\\b)`, "g");

/** A text in which settings have the names that the plugin's users set: `org-conformance:region` for `aws:region`. */
export function inPluginWords(text: string): string {
  return text.replace(setting, `${pluginNamespace}:`).replaceAll(" as for @pulumi/aws", "");
}

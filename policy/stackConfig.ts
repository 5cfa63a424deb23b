import { inPluginWords, pluginNamespace, settingNames } from "../core/aws/settingsNamespace";

/** The stack's configuration in a namespace, by name: `org-conformance`, say. */
export function stackConfig(namespace: string): ReadonlyMap<string, string> {
  const { runtime } = require("@pulumi/pulumi") as typeof import("@pulumi/pulumi");
  return new Map(
    Object.entries(runtime.allConfig())
      .filter(([key]) => key.startsWith(`${namespace}:`))
      .map(([key, value]) => [key.slice(namespace.length + 1), value]),
  );
}

/**
 * The stack's settings for the provider plugin, `org-conformance:*`, by name. A project of that name has settings of its
 * own in the same namespace: these are left out.
 */
export function pluginConfig(): ReadonlyMap<string, string> {
  const given = stackConfig(pluginNamespace);
  if (!isPluginsProject()) return given;
  return new Map([...given].filter(([name]) => settingNames.includes(name)));
}

/** True if the project has the plugin's name, so that its own settings are in the plugin's namespace. */
export function isPluginsProject(): boolean {
  return process.env.PULUMI_NODEJS_PROJECT === pluginNamespace;
}

/** A message that names settings as the stack has them. */
export function inStackWords(message: string): string {
  return pluginConfig().size === 0 ? message : inPluginWords(message);
}

import { inPluginWords, pluginNamespace } from "../core/aws/settingsNamespace";

/** The stack's configuration in a namespace, by name: `org-conformance`, say. */
export function stackConfig(namespace: string): ReadonlyMap<string, string> {
  const { runtime } = require("@pulumi/pulumi") as typeof import("@pulumi/pulumi");
  return new Map(
    Object.entries(runtime.allConfig())
      .filter(([key]) => key.startsWith(`${namespace}:`))
      .map(([key, value]) => [key.slice(namespace.length + 1), value]),
  );
}

/** A message that names settings as the stack has them. */
export function inStackWords(message: string): string {
  return stackConfig(pluginNamespace).size === 0 ? message : inPluginWords(message);
}

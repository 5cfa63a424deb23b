import { type ClientLimits, connectionConfig, type ConnectionConfig } from "./connectionConfig";
import { credentialsOf, type CredentialsProvider } from "./credentials";
import type { AwsSettings } from "./settings";

export type { ClientLimits } from "./connectionConfig";

/** The settings that the configurations of all AWS clients share, as far as they are set here. */
export interface ClientConfig extends ConnectionConfig {
  readonly credentials: CredentialsProvider;
}

/** The configuration of a client of `service`, as the settings say. */
export function clientConfig(
  service: "configservice" | "organizations" | "sts",
  settings: AwsSettings,
  region: string,
  limits: ClientLimits = {},
): ClientConfig {
  return {
    ...connectionConfig(service, settings, region, limits),
    credentials: credentialsOf(settings, region),
  };
}

import { ConfigServiceClient } from "@aws-sdk/client-config-service";
import { clientConfig, type ClientLimits } from "./awsConnection";
import type { AwsSettings } from "./settings";

/**
 * A client of AWS Config for one region, as the settings say.
 *
 * @param region - `undefined` leaves it to the SDK's own chain.
 */
export function createConfigClient(
  settings: AwsSettings,
  region: string | undefined,
  limits: ClientLimits = {},
): ConfigServiceClient {
  return new ConfigServiceClient(clientConfig("configservice", settings, region, limits));
}

import type { ConfigServiceClientConfig } from "@aws-sdk/client-config-service";
import type { AwsSettings } from "./settings";
import { hideNodeAdvice } from "./nodeAdvice";
import { agentsOf } from "./transport";

/** Limits of one client. */
export interface ClientLimits {
  readonly maxAttempts?: number | undefined;
  readonly requestTimeoutSeconds?: number | undefined;
}

const defaultMaxAttempts = 10;
const defaultRequestTimeoutSeconds = 15;

/** What the configurations of all AWS clients have in common, as far as it is set here, but for the credentials. */
export type ConnectionConfig = Pick<
  ConfigServiceClientConfig,
  | "region"
  | "profile"
  | "endpoint"
  | "useFipsEndpoint"
  | "useDualstackEndpoint"
  | "maxAttempts"
  | "retryMode"
  | "requestHandler"
>;

/**
 * How a client of `service` reaches AWS, as the settings say.
 *
 * @param service - `sso`: AWS IAM Identity Center, whose region and endpoint the profile says.
 */
export function connectionConfig(
  service: "configservice" | "organizations" | "sso" | "sts",
  settings: AwsSettings,
  region: string,
  limits: ClientLimits = {},
): ConnectionConfig {
  hideNodeAdvice();
  const endpoint = service === "sso" ? undefined : settings.endpoints[service];
  return {
    ...(service !== "sso" && { region: service === "sts" ? (settings.stsRegion ?? region) : region }),
    ...(settings.profile !== undefined && { profile: settings.profile }),
    ...(endpoint !== undefined && { endpoint }),
    ...(settings.useFipsEndpoint !== undefined && { useFipsEndpoint: settings.useFipsEndpoint }),
    ...(settings.useDualstackEndpoint !== undefined && { useDualstackEndpoint: settings.useDualstackEndpoint }),
    ...retrying(settings, limits, service === "configservice" || service === "organizations"),
    requestHandler: requestHandlerOf(settings, limits),
  };
}

function requestHandlerOf(
  settings: AwsSettings,
  { requestTimeoutSeconds = defaultRequestTimeoutSeconds }: ClientLimits,
) {
  const requestTimeout = Math.ceil(requestTimeoutSeconds * 1_000);
  return {
    connectionTimeout: 5_000,
    // Until the answer begins.
    requestTimeout,
    throwOnRequestTimeout: true,
    // While nothing comes of an answer that has begun.
    socketTimeout: requestTimeout,
    ...agentsOf(settings),
  };
}

/**
 * What is not set here is left to the SDK where its own environment variables say it.
 *
 * @param isPatient - Whether there are defaults of our own: AWS throttles who reads many pages.
 */
function retrying(
  { maxRetries, retryMode }: AwsSettings,
  limits: ClientLimits,
  isPatient: boolean,
): Pick<ConnectionConfig, "maxAttempts" | "retryMode"> {
  const maxAttempts = limits.maxAttempts ?? (maxRetries === undefined ? undefined : maxRetries + 1);
  return {
    ...(maxAttempts !== undefined
      ? { maxAttempts }
      : isPatient && !process.env.AWS_MAX_ATTEMPTS && { maxAttempts: defaultMaxAttempts }),
    ...(retryMode !== undefined
      ? { retryMode }
      : isPatient && !process.env.AWS_RETRY_MODE && { retryMode: "adaptive" }),
  };
}

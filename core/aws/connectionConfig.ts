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

/** The settings that the configurations of all AWS clients share, as far as they are set here, without credentials. */
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
 * The connection of a client of `service` to AWS, as the settings say.
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
 * The limits of retrying. Those that are not set are left to the SDK if its own environment variables set them.
 *
 * @param isPatient - Set for our own defaults: AWS throttles callers that read many pages.
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

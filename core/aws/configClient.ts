import { ConfigServiceClient } from "@aws-sdk/client-config-service";
import { clientConfig, type ClientLimits } from "./awsConnection";
import { watchCredentials } from "./credentialsSource";
import { endPausesOnAbort } from "./retryPauses";
import type { AwsSettings } from "./settings";

/** A client of AWS Config for one region, as the settings say. */
export function createConfigClient(
  settings: AwsSettings,
  region: string,
  limits: ClientLimits = {},
): ConfigServiceClient {
  const client = new ConfigServiceClient(clientConfig("configservice", settings, region, limits));
  watchCredentials(client);
  endPausesOnAbort(client);
  // It makes a copy of every answer for a log that no one reads, which is a tenth of what a page costs.
  client.middlewareStack.remove("loggerMiddleware");
  return client;
}

/** A client that lookups share while they run. */
export interface BorrowedClient {
  readonly client: ConfigServiceClient;
  /** Gives it back. The last one closes it. */
  readonly release: () => void;
}

const shared = new Map<string, { readonly client: ConfigServiceClient; borrowers: number }>();

/**
 * `createConfigClient`, shared by lookups that run at the same time: AWS throttles an account in a region, so they must
 * find their pace together.
 */
export function borrowConfigClient(
  settings: AwsSettings,
  region: string,
  { maxAttempts, requestTimeoutSeconds }: ClientLimits = {},
): BorrowedClient {
  const limits = { maxAttempts, requestTimeoutSeconds };
  const key = JSON.stringify([settings, region, limits]);
  const entry = shared.get(key) ?? {
    client: createConfigClient(settings, region, limits),
    borrowers: 0,
  };
  entry.borrowers += 1;
  shared.set(key, entry);
  let isHeld = true;
  return {
    client: entry.client,
    release: () => {
      if (!isHeld) return;
      isHeld = false;
      entry.borrowers -= 1;
      if (entry.borrowers > 0) return;
      shared.delete(key);
      entry.client.destroy();
    },
  };
}

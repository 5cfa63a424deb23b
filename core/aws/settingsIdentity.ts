import type { AwsSettings } from "./settings";

/** Secrets, and what may hold one: a guess could be tried against what is made of them. */
const secret: ReadonlySet<string> = new Set([
  "secretAccessKey",
  "sessionToken",
  "externalId",
  "webIdentityToken",
  "httpProxy",
  "httpsProxy",
]);

/** The settings as a text without secrets. Of two lookups with the same arguments, it tells which is which. */
export function settingsIdentity(settings: AwsSettings): string {
  return JSON.stringify(settings, (key, value: unknown) => (secret.has(key) ? undefined : value));
}

import { awsProviderSettings } from "./awsProviderSettings";
import {
  type AssumeRole,
  type AssumeRoleSetting,
  type AssumeRoleWithWebIdentity,
  isRecord,
  readAssumeRoles,
  readWebIdentity,
} from "./roleSettings";
import { accountIdCheck, regionCheck } from "../checks/awsChecks";
import { type Check, list, text as textCheck } from "../checks/check";
import type { Problem } from "../checks/problem";
import { quoted } from "../checks/quoted";

export type { AssumeRole, AssumeRoleSetting, AssumeRoleWithWebIdentity } from "./roleSettings";

/** How AWS is reached: what users of @pulumi/aws set as `aws:*`. */
export interface AwsSettings {
  readonly region?: string;
  readonly profile?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Assumed in place of a profile or of the environment's credentials. */
  readonly assumeRoleWithWebIdentity?: AssumeRoleWithWebIdentity;
  /** Assumed one after the other. */
  readonly assumeRoles: readonly AssumeRoleSetting[];
  /** Assumed behind those, for one lookup. The account ids below are not about it. */
  readonly lookupRole?: AssumeRole;
  /** The accounts that the credentials may be of. Default: any. */
  readonly allowedAccountIds?: readonly string[];
  /** The accounts that the credentials must not be of. */
  readonly forbiddenAccountIds?: readonly string[];
  /** Default: `AWS_CONFIG_FILE`, then `~/.aws/config`. */
  readonly sharedConfigFile?: string;
  /** Default: `AWS_SHARED_CREDENTIALS_FILE`, then `~/.aws/credentials`. */
  readonly sharedCredentialsFile?: string;
  /** Whether the machine's own role is left out. Default: `AWS_EC2_METADATA_DISABLED`. */
  readonly skipMetadataApiCheck?: boolean;
  /** Custom endpoints. `sso` is there to be refused where SSO is used. */
  readonly endpoints: {
    readonly configservice?: string;
    readonly organizations?: string;
    readonly sso?: string;
    readonly sts?: string;
  };
  /** Default: `region`. */
  readonly stsRegion?: string;
  readonly maxRetries?: number;
  readonly retryMode?: "standard" | "adaptive";
  readonly useFipsEndpoint?: boolean;
  readonly useDualstackEndpoint?: boolean;
  /** A file of certificates. Default: `AWS_CA_BUNDLE`. */
  readonly customCaBundle?: string;
  /** URLs of proxies; an empty one is none. Default: `HTTP_PROXY`, `HTTPS_PROXY`, in capitals or not. */
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  /** Hosts that are reached without a proxy, separated by commas. Default: `NO_PROXY`. */
  readonly noProxy?: string;
}

/**
 * Reads the `aws:*` settings.
 *
 * @param get - Looks a key up in a stack's configuration, for example `aws:region`. Objects are JSON text,
 *   as Pulumi hands them out.
 * @param env - Asked for the region when the configuration has none: `AWS_REGION`, then
 *   `AWS_DEFAULT_REGION`, which the AWS SDK for JavaScript alone would ignore. Everything else of the
 *   environment is left to the SDK's own chain.
 * @returns The settings, and a problem for each value that cannot be used.
 */
export function readAwsSettings(
  get: (key: string) => string | undefined,
  env: Readonly<Record<string, string | undefined>> = process.env,
): { readonly settings: AwsSettings; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const text = (key: string): string | undefined => get(key)?.trim() || undefined;
  /** `parse` returns `undefined` for a text that is not allowed. */
  const parsed = <T>(key: string, allowed: string, parse: (given: string) => T | undefined): T | undefined => {
    const given = text(key);
    const value = given === undefined ? undefined : parse(given);
    if (given !== undefined && value === undefined) {
      // Roles are not quoted back: they may have external ids and tokens, which are secrets.
      problems.push({
        property: key,
        reason: `${key.startsWith("aws:assumeRole") ? "It" : quoted(given)} is not ${allowed}.`,
      });
    }
    return value;
  };
  const flag = (key: string): boolean | undefined =>
    parsed(key, "true or false", (given) => (given === "true" ? true : given === "false" ? false : undefined));

  const json = (key: string): unknown => parsed(key, "JSON", parseJson);
  const checked = (key: string, value: unknown, check: Check): unknown => {
    const mistakes = value === undefined ? [] : check(value, key);
    problems.push(...mistakes);
    return mistakes.length > 0 ? undefined : value;
  };
  const accountIds = (key: string) =>
    checked(key, json(key), list(accountIdCheck, 10_000, 0)) as readonly string[] | undefined;
  const file = (key: string): string | undefined => {
    const [path, ...others] = (checked(key, json(key), list(pathCheck, 100, 0)) as readonly string[] | undefined) ?? [];
    if (others.length > 0) {
      problems.push({ property: key, reason: "Only one file is read here. Put the profile that is used into one." });
    }
    return path;
  };
  const proxy = (key: string): string | undefined => {
    const given = get(key)?.trim();
    // Not quoted back: it may have a password.
    if (given && !/^https?:\/\/./i.test(given)) {
      problems.push({ property: key, reason: "It is not a URL that starts with http:// or https://." });
    }
    return given;
  };
  for (const [name, treatment] of Object.entries(awsProviderSettings)) {
    const given = text(`aws:${name}`);
    if (typeof treatment === "object" && "refused" in treatment && given !== undefined && given !== "false") {
      problems.push({ property: `aws:${name}`, reason: `It is not supported here. ${treatment.refused}` });
    }
  }

  const accessKeyId = text("aws:accessKey");
  const secretAccessKey = text("aws:secretKey");
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    problems.push({
      property: accessKeyId === undefined ? "aws:accessKey" : "aws:secretKey",
      reason: "aws:accessKey and aws:secretKey go together; one of them is not set.",
    });
  }
  const sessionToken = text("aws:token");

  const [regionKey, region] =
    [
      ["aws:region", text("aws:region")] as const,
      ["AWS_REGION", env.AWS_REGION] as const,
      ["AWS_DEFAULT_REGION", env.AWS_DEFAULT_REGION] as const,
    ].find(([, value]) => value) ?? [];
  if (region) problems.push(...regionCheck(region, regionKey ?? ""));
  const stsRegion = text("aws:stsRegion");
  if (stsRegion) problems.push(...regionCheck(stsRegion, "aws:stsRegion"));

  const settings = withoutUndefined<AwsSettings>({
    region: region || undefined,
    profile: text("aws:profile"),
    credentials:
      accessKeyId && secretAccessKey
        ? { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
        : undefined,
    assumeRoleWithWebIdentity: readWebIdentity(json("aws:assumeRoleWithWebIdentity"), problems),
    assumeRoles: readAssumeRoles(json("aws:assumeRoles"), json("aws:assumeRole"), problems),
    allowedAccountIds: accountIds("aws:allowedAccountIds"),
    forbiddenAccountIds: accountIds("aws:forbiddenAccountIds"),
    sharedConfigFile: file("aws:sharedConfigFiles"),
    sharedCredentialsFile: file("aws:sharedCredentialsFiles"),
    skipMetadataApiCheck: flag("aws:skipMetadataApiCheck"),
    endpoints: endpoints(json("aws:endpoints"), problems),
    stsRegion,
    maxRetries: parsed("aws:maxRetries", "a whole number from 0 to 9999", (given) =>
      /^\d{1,4}$/.test(given) ? Number(given) : undefined,
    ),
    retryMode: parsed("aws:retryMode", '"standard" or "adaptive"', (given) =>
      given === "standard" || given === "adaptive" ? given : undefined,
    ),
    useFipsEndpoint: flag("aws:useFipsEndpoint"),
    useDualstackEndpoint: flag("aws:useDualstackEndpoint"),
    customCaBundle: text("aws:customCaBundle"),
    httpProxy: proxy("aws:httpProxy"),
    httpsProxy: proxy("aws:httpsProxy"),
    noProxy: text("aws:noProxy"),
  });
  return { settings, problems };
}

const pathCheck = textCheck(/\S/, "the path of a file");

/** @pulumi/aws takes a list of objects, `[{ "configservice": "http://…" }]`; the last one that names a service wins. */
function endpoints(value: unknown, problems: Problem[]): AwsSettings["endpoints"] {
  if (value === undefined) return {};
  const found: { -readonly [K in keyof AwsSettings["endpoints"]]: AwsSettings["endpoints"][K] } = {};
  for (const entry of Array.isArray(value) ? (value as unknown[]) : [value]) {
    if (!isRecord(entry)) {
      problems.push({
        property: "aws:endpoints",
        reason: `${quoted(entry)} is not an object such as {"configservice": "https://…"}.`,
      });
      continue;
    }
    for (const [service, url] of Object.entries(entry)) {
      const name = service === "config" ? "configservice" : service;
      if (name !== "configservice" && name !== "organizations" && name !== "sso" && name !== "sts") continue;
      // "localhost:4566" parses too, as a URL of the protocol "localhost".
      if (typeof url === "string" && /^https?:/i.test(url) && URL.canParse(url)) found[name] = url;
      else {
        problems.push({
          property: `aws:endpoints.${service}`,
          reason: `${quoted(url)} is not a URL that starts with http:// or https://.`,
        });
      }
    }
  }
  return found;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function withoutUndefined<T extends object>(object: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

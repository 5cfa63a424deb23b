import { accountIdCheck, regionCheck } from "../checks/awsChecks";
import { boolean, type Check, integer, list, text } from "../checks/check";
import type { Problem } from "../checks/problem";
import { awsProviderSettings, type HeededSetting } from "./awsProviderSettings";
import { type Endpoints, endpoints } from "./endpointSettings";
import {
  type AssumeRole,
  assumeRole,
  assumeRoles,
  type AssumeRoleSetting,
  type AssumeRoleWithWebIdentity,
  webIdentity,
} from "./roleSettings";
import { anyText, json, parsed, type SettingReader } from "./settingReader";

export type { AssumeRole, AssumeRoleSetting, AssumeRoleWithWebIdentity } from "./roleSettings";

/** The way to AWS, as users of @pulumi/aws set it as `aws:*`. */
export interface AwsSettings {
  readonly region?: string;
  readonly profile?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Assumed instead of a profile or of the environment's credentials. */
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
  /** True to leave out the machine's own role. Default: `AWS_EC2_METADATA_DISABLED`. */
  readonly skipMetadataApiCheck?: boolean;
  /** Custom endpoints. `sso` is there to be refused where SSO is used. */
  readonly endpoints: Endpoints;
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

const accountIds = json<readonly string[]>(list(accountIdCheck, 10_000, 0));
const region = parsed<string>(regionCheck);
const flag = parsed<boolean>(boolean, (given) => (given === "true" ? true : given === "false" ? false : given));

const filesCheck = list(text(/\S/, "the path of a file"), 100, 0);
const file = json<string | undefined>(
  (value, key) => [
    ...filesCheck(value, key),
    ...(Array.isArray(value) && value.length > 1
      ? [{ property: key, reason: "Only one file is read here. Put the profile that is used into one." }]
      : []),
  ],
  { use: ([path]: readonly string[]) => path },
);

// Not quoted back: it may have a password.
const proxyCheck: Check = (value, property) =>
  value === "" || /^https?:\/\/./i.test(String(value))
    ? []
    : [{ property, reason: "It is not a URL that starts with http:// or https://." }];
const proxy = parsed<string>(proxyCheck);

/** The reader of each setting; the proxies' may be empty. */
const readers = {
  accessKey: anyText,
  allowedAccountIds: accountIds,
  assumeRoles,
  assumeRoleWithWebIdentity: webIdentity,
  customCaBundle: anyText,
  endpoints,
  forbiddenAccountIds: accountIds,
  maxRetries: parsed<number>(integer(0, 9999), (given) => (/^\d{1,4}$/.test(given) ? Number(given) : given)),
  noProxy: anyText,
  profile: anyText,
  region,
  retryMode: parsed<"standard" | "adaptive">(text(/^(standard|adaptive)$/, '"standard" or "adaptive"')),
  secretKey: anyText,
  sharedConfigFiles: file,
  sharedCredentialsFiles: file,
  skipMetadataApiCheck: flag,
  stsRegion: region,
  token: anyText,
  useDualstackEndpoint: flag,
  useFipsEndpoint: flag,
} as const satisfies Readonly<Record<Exclude<HeededSetting, "httpProxy" | "httpsProxy">, SettingReader<unknown>>>;

type Readers = typeof readers;
type Values = { [Name in keyof Readers]: Readers[Name] extends SettingReader<infer T> ? T | undefined : never };

/**
 * Reads the `aws:*` settings.
 *
 * @param get - Looks a key up in a stack's configuration, for example `aws:region`. Objects are JSON text,
 *   as Pulumi hands them out.
 * @param env - Asked for the region when the configuration has none: `AWS_REGION`, then
 *   `AWS_DEFAULT_REGION`, which the AWS SDK for JavaScript alone would ignore. Everything else of the
 *   environment is read where it is used.
 * @returns The settings, and a problem for each value that cannot be used.
 */
export function readAwsSettings(
  get: (key: string) => string | undefined,
  env: Readonly<Record<string, string | undefined>> = process.env,
): { readonly settings: AwsSettings; readonly problems: readonly Problem[] } {
  const text = (key: string): string | undefined => get(key)?.trim() || undefined;
  const problems: Problem[] = conflictsIn(text);
  const read = <T>(reader: SettingReader<T>, key: string, given = text(key)): T | undefined => {
    if (given === undefined) return undefined;
    const { problems: found, value } = reader(given, key);
    problems.push(...found);
    return value;
  };
  const { accessKey, secretKey, sharedConfigFiles, sharedCredentialsFiles, token, ...others } = Object.fromEntries(
    Object.entries(readers).map(([name, reader]) => [name, read<unknown>(reader, `aws:${name}`)]),
  ) as Values;
  const regionFrom = ["AWS_REGION", "AWS_DEFAULT_REGION"].find((name) => env[name]);

  const settings = withoutUndefined<AwsSettings>({
    ...others,
    region:
      (text("aws:region") ?? regionFrom === undefined) ? others.region : read(region, regionFrom, env[regionFrom]),
    credentials:
      accessKey && secretKey
        ? { accessKeyId: accessKey, secretAccessKey: secretKey, ...(token && { sessionToken: token }) }
        : undefined,
    assumeRoles: others.assumeRoles ?? read(assumeRole, "aws:assumeRole") ?? [],
    endpoints: others.endpoints ?? {},
    // An empty one is none, in spite of the environment.
    httpProxy: read(proxy, "aws:httpProxy", get("aws:httpProxy")?.trim()),
    httpsProxy: read(proxy, "aws:httpsProxy", get("aws:httpsProxy")?.trim()),
    sharedConfigFile: sharedConfigFiles,
    sharedCredentialsFile: sharedCredentialsFiles,
  });
  return { settings, problems };
}

/** Settings that are refused here, and such as do not go together. */
function conflictsIn(text: (key: string) => string | undefined): Problem[] {
  const given = (key: string): boolean => text(key) !== undefined;
  return [
    ...Object.entries(awsProviderSettings).flatMap(([name, treatment]) =>
      typeof treatment === "object" && "refused" in treatment && given(`aws:${name}`) && text(`aws:${name}`) !== "false"
        ? [{ property: `aws:${name}`, reason: `It is not supported here. ${treatment.refused}` }]
        : [],
    ),
    ...(given("aws:accessKey") === given("aws:secretKey")
      ? []
      : [
          {
            property: given("aws:accessKey") ? "aws:secretKey" : "aws:accessKey",
            reason: "aws:accessKey and aws:secretKey go together; one of them is not set.",
          },
        ]),
    ...(given("aws:assumeRole") && given("aws:assumeRoles")
      ? [{ property: "aws:assumeRole", reason: "aws:assumeRoles is set too; drop one of the two." }]
      : []),
  ];
}

function withoutUndefined<T extends object>(object: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

import { type Problem, regionCheck, roleArnCheck, shown } from "./validation";

/** One link of a chain of roles, in the words of `aws:assumeRoles`. */
export interface AssumeRole {
  /** For example `arn:aws:iam::123456789012:role/config-reader`. */
  readonly roleArn: string;
  /** What the role's trust policy asks for as `sts:ExternalId`. */
  readonly externalId?: string;
  /** Default `pulumi-org-conformance`. */
  readonly sessionName?: string;
  /** 900 to 43,200. Default: the role's own, an hour. */
  readonly durationSeconds?: number;
}

/** How AWS is reached: what users of @pulumi/aws set as `aws:*`. */
export interface AwsSettings {
  readonly region?: string;
  readonly profile?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Assumed one after the other. */
  readonly assumeRoles: readonly AssumeRole[];
  /** Custom endpoints. */
  readonly endpoints: { readonly configservice?: string; readonly organizations?: string; readonly sts?: string };
  readonly maxRetries?: number;
  readonly retryMode?: "standard" | "adaptive";
  readonly useFipsEndpoint?: boolean;
  readonly useDualstackEndpoint?: boolean;
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
      // Roles are not quoted back: they may have external ids, which to some are secrets.
      problems.push({ property: key, reason: `${key === "aws:assumeRoles" ? "It" : shown(given)} is not ${allowed}.` });
    }
    return value;
  };
  const flag = (key: string): boolean | undefined =>
    parsed(key, "true or false", (given) => (given === "true" ? true : given === "false" ? false : undefined));

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

  const settings = withoutUndefined<AwsSettings>({
    region: region || undefined,
    profile: text("aws:profile"),
    credentials:
      accessKeyId && secretAccessKey
        ? { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
        : undefined,
    assumeRoles: assumeRoles(parsed("aws:assumeRoles", "JSON", parseJson), problems),
    endpoints: endpoints(parsed("aws:endpoints", "JSON", parseJson), problems),
    maxRetries: parsed("aws:maxRetries", "a whole number from 0 to 9999", (given) =>
      /^\d{1,4}$/.test(given) ? Number(given) : undefined,
    ),
    retryMode: parsed("aws:retryMode", '"standard" or "adaptive"', (given) =>
      given === "standard" || given === "adaptive" ? given : undefined,
    ),
    useFipsEndpoint: flag("aws:useFipsEndpoint"),
    useDualstackEndpoint: flag("aws:useDualstackEndpoint"),
  });
  return { settings, problems };
}

function assumeRoles(value: unknown, problems: Problem[]): AssumeRole[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    problems.push({ property: "aws:assumeRoles", reason: "It is not a list of roles." });
    return [];
  }
  return value.flatMap((role: unknown, index) => {
    const property = `aws:assumeRoles[${String(index)}]`;
    const fields = isRecord(role) ? role : {};
    const mistakes = roleArnCheck(fields.roleArn, `${property}.roleArn`);
    if (mistakes.length > 0) {
      problems.push(...mistakes);
      return [];
    }
    const seconds = durationSeconds(fields.duration);
    if (fields.duration !== undefined && !(seconds !== undefined && seconds >= 900 && seconds <= 43_200)) {
      problems.push({
        property: `${property}.duration`,
        reason: `${shown(fields.duration)} is not a duration such as "1h" or "900s", from 15m to 12h.`,
      });
    }
    // Not quoted back: an external id is a secret to some.
    for (const key of ["externalId", "sessionName"].filter((key) => typeof (fields[key] ?? "") !== "string")) {
      problems.push({ property: `${property}.${key}`, reason: "It is not a text." });
    }
    return [
      withoutUndefined<AssumeRole>({
        roleArn: fields.roleArn as string,
        externalId: stringOrUndefined(fields.externalId),
        sessionName: stringOrUndefined(fields.sessionName),
        durationSeconds: seconds,
      }),
    ];
  });
}

/** @pulumi/aws takes a list of objects, `[{ "configservice": "http://…" }]`; the last one that names a service wins. */
function endpoints(value: unknown, problems: Problem[]): AwsSettings["endpoints"] {
  if (value === undefined) return {};
  const found: { configservice?: string; organizations?: string; sts?: string } = {};
  for (const entry of Array.isArray(value) ? (value as unknown[]) : [value]) {
    if (!isRecord(entry)) {
      problems.push({
        property: "aws:endpoints",
        reason: `${shown(entry)} is not an object such as {"configservice": "https://…"}.`,
      });
      continue;
    }
    for (const [service, url] of Object.entries(entry)) {
      const name = service === "config" ? "configservice" : service;
      if (name !== "configservice" && name !== "organizations" && name !== "sts") continue;
      // "localhost:4566" parses too, as a URL of the protocol "localhost".
      if (typeof url === "string" && /^https?:/i.test(url) && URL.canParse(url)) found[name] = url;
      else {
        problems.push({
          property: `aws:endpoints.${service}`,
          reason: `${shown(url)} is not a URL that starts with http:// or https://.`,
        });
      }
    }
  }
  return found;
}

/** Go's notation of a duration, as in @pulumi/aws: `1h30m`, `900s`. */
function durationSeconds(value: unknown): number | undefined {
  const [all, hours, minutes, seconds] =
    /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(typeof value === "string" ? value : "") ?? [];
  return all ? Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function stringOrUndefined(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function withoutUndefined<T extends object>(object: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

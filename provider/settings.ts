import { harmless } from "./harmless";
import type { Problem } from "./validation";

/** One link of a chain of roles, in the words of `aws:assumeRoles`. */
export interface AssumeRole {
  readonly roleArn: string;
  readonly externalId?: string;
  readonly sessionName?: string;
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
  readonly endpoints: { readonly configservice?: string; readonly sts?: string };
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
  const refuse = (property: string, given: string, allowed: string): undefined => {
    problems.push({ property, reason: `${JSON.stringify(harmless(given, 80))} is not ${allowed}.` });
    return undefined;
  };
  const flag = (key: string): boolean | undefined => {
    const given = text(key);
    if (given === undefined || given === "true" || given === "false") return given && given === "true";
    return refuse(key, given, "true or false");
  };
  const json = (key: string): unknown => {
    const given = text(key);
    if (given === undefined) return undefined;
    try {
      return JSON.parse(given);
    } catch {
      return refuse(key, given, "JSON");
    }
  };

  const maxRetriesText = text("aws:maxRetries");
  const maxRetries =
    maxRetriesText === undefined || /^\d{1,4}$/.test(maxRetriesText)
      ? maxRetriesText === undefined
        ? undefined
        : Number(maxRetriesText)
      : refuse("aws:maxRetries", maxRetriesText, "a whole number from 0 to 9999");

  const retryModeText = text("aws:retryMode");
  const retryMode =
    retryModeText === undefined || retryModeText === "standard" || retryModeText === "adaptive"
      ? retryModeText
      : refuse("aws:retryMode", retryModeText, '"standard" or "adaptive"');

  const accessKeyId = text("aws:accessKey");
  const secretAccessKey = text("aws:secretKey");
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    problems.push({
      property: accessKeyId === undefined ? "aws:accessKey" : "aws:secretKey",
      reason: "aws:accessKey and aws:secretKey go together; one of them is not set.",
    });
  }
  const sessionToken = text("aws:token");

  const settings = withoutUndefined<AwsSettings>({
    region: text("aws:region") ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined),
    profile: text("aws:profile"),
    credentials:
      accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } : undefined,
    assumeRoles: assumeRoles(json("aws:assumeRoles"), problems),
    endpoints: endpoints(json("aws:endpoints"), problems),
    maxRetries,
    retryMode,
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
    if (typeof fields.roleArn !== "string" || !/^arn:[\w-]+:iam::\d{12}:role\/\S+$/.test(fields.roleArn)) {
      problems.push({
        property: `${property}.roleArn`,
        reason: `${JSON.stringify(harmless(String(fields.roleArn), 80))} is not a role's ARN.`,
      });
      return [];
    }
    const seconds = durationSeconds(fields.duration);
    if (fields.duration !== undefined && seconds === undefined) {
      problems.push({
        property: `${property}.duration`,
        reason: `${JSON.stringify(harmless(String(fields.duration), 80))} is not a duration such as "1h" or "900s".`,
      });
    }
    return [
      withoutUndefined<AssumeRole>({
        roleArn: fields.roleArn,
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
  const found: { configservice?: string; sts?: string } = {};
  for (const entry of Array.isArray(value) ? (value as unknown[]) : [value]) {
    if (!isRecord(entry)) {
      problems.push({
        property: "aws:endpoints",
        reason: `${JSON.stringify(harmless(String(entry), 80))} is not an object such as {"configservice": "https://…"}.`,
      });
      continue;
    }
    for (const [service, url] of Object.entries(entry)) {
      const name = service === "config" ? "configservice" : service;
      if (name !== "configservice" && name !== "sts") continue;
      if (typeof url === "string" && URL.canParse(url)) found[name] = url;
      else {
        problems.push({
          property: `aws:endpoints.${service}`,
          reason: `${JSON.stringify(harmless(String(url), 80))} is not a URL.`,
        });
      }
    }
  }
  return found;
}

/** Go's notation of a duration, as in @pulumi/aws: `1h30m`, `900s`. */
function durationSeconds(value: unknown): number | undefined {
  const [all, hours, minutes, seconds] =
    (typeof value === "string" && /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(value)) || [];
  return all ? Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0) : undefined;
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

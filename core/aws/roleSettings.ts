import type { Check } from "../checks/check";
import { quoted } from "../checks/quoted";
import { roleArnCheck } from "../checks/awsChecks";
import { json, type SettingReader } from "./settingReader";

import type { AssumeRole } from "../status/packStatusArgs";

export type { AssumeRole };

/** The restrictions of a session. */
interface SessionPolicies {
  /** An IAM policy as JSON text. */
  readonly policy?: string;
  readonly policyArns?: readonly string[];
}

/** One link of the chain of roles in `aws:assumeRoles`. */
export interface AssumeRoleSetting extends AssumeRole, SessionPolicies {
  readonly sourceIdentity?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly transitiveTagKeys?: readonly string[];
}

/** A role that is assumed with a token of an identity provider, as `aws:assumeRoleWithWebIdentity` says. */
export interface AssumeRoleWithWebIdentity extends Omit<AssumeRole, "externalId">, SessionPolicies {
  /** Used before the file. */
  readonly webIdentityToken?: string;
  readonly webIdentityTokenFile?: string;
}

// No value but an ARN and a duration is quoted back: an external id is a secret to some, a token to all.
const unquoted =
  (kind: string, isAllowed: (value: unknown) => boolean): Check =>
  (value, property) =>
    isAllowed(value) ? [] : [{ property, reason: `It is not ${kind}.` }];

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
const text = unquoted("a text", isText);
const texts = unquoted("a list of texts", (value) => Array.isArray(value) && value.every(isText));
const textMap = unquoted(
  "an object of texts",
  (value) => isRecord(value) && Object.values(value).every((entry) => typeof entry === "string"),
);
const duration: Check = (value, property) => {
  const seconds = secondsOf(value);
  return seconds !== undefined && seconds >= 900 && seconds <= 43_200
    ? []
    : [{ property, reason: `${quoted(value)} is not a duration such as "1h" or "900s", from 15m to 12h.` }];
};

/** The fields of `aws:assumeRoles` and of `aws:assumeRoleWithWebIdentity`, as @pulumi/aws names them. */
export const roleFields = {
  assumeRoles: {
    duration,
    externalId: text,
    policy: text,
    policyArns: texts,
    roleArn: roleArnCheck,
    sessionName: text,
    sourceIdentity: text,
    tags: textMap,
    transitiveTagKeys: texts,
  },
  assumeRoleWithWebIdentity: {
    duration,
    policy: text,
    policyArns: texts,
    roleArn: roleArnCheck,
    sessionName: text,
    webIdentityToken: text,
    webIdentityTokenFile: text,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Check>>>>;

/** `aws:assumeRoles` */
export const assumeRoles: SettingReader<readonly AssumeRoleSetting[]> = json(
  (value, key) =>
    Array.isArray(value)
      ? value.flatMap((role, index) => assumeRoleCheck(role, `${key}[${String(index)}]`))
      : [{ property: key, reason: "It is not a list of roles." }],
  { isSecret: true, use: (roles: readonly GivenRole[]) => roles.map((role): AssumeRoleSetting => roleOf(role)) },
);

/** `aws:assumeRole` of @pulumi/aws 6: a list of one. */
export const assumeRole: SettingReader<readonly AssumeRoleSetting[]> = json((role, key) => assumeRoleCheck(role, key), {
  isSecret: true,
  use: (role: GivenRole): readonly AssumeRoleSetting[] => [roleOf(role)],
});

/** `aws:assumeRoleWithWebIdentity` */
export const webIdentity: SettingReader<AssumeRoleWithWebIdentity> = json(
  (role, key) => {
    const problems = roleCheck(roleFields.assumeRoleWithWebIdentity)(role, key);
    const { webIdentityToken, webIdentityTokenFile } = isRecord(role) ? role : {};
    return problems.length > 0 || isGiven(webIdentityToken) || isGiven(webIdentityTokenFile)
      ? problems
      : [{ property: key, reason: "Set webIdentityToken or webIdentityTokenFile in it." }];
  },
  { isSecret: true, use: (role: GivenRole): AssumeRoleWithWebIdentity => roleOf(role) },
);

const roleCheck =
  (fields: Readonly<Record<string, Check>>): Check =>
  (role, property) => {
    const given = isRecord(role) ? role : {};
    const problems = roleArnCheck(given.roleArn, `${property}.roleArn`);
    if (problems.length > 0) return problems;
    return Object.entries(given).flatMap(([key, value]) => {
      const at = `${property}.${key}`;
      const check = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (!check) {
        return [{ property: at, reason: `There is no such field. There are: ${Object.keys(fields).join(", ")}.` }];
      }
      return isGiven(value) || check === duration ? check(value, at) : [];
    });
  };
const assumeRoleCheck = roleCheck(roleFields.assumeRoles);

/** A role that is checked. */
type GivenRole = Readonly<Record<string, unknown>> & { readonly roleArn: string };

function roleOf({ duration: given, ...role }: GivenRole): AssumeRole {
  const durationSeconds = secondsOf(given);
  return {
    ...(Object.fromEntries(Object.entries(role).filter(([, value]) => isGiven(value))) as unknown as AssumeRole),
    ...(durationSeconds !== undefined && { durationSeconds }),
  };
}

/** An empty text is as good as none. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

/** Go's notation of a duration, as in @pulumi/aws: `1h30m`, `900s`. */
function secondsOf(value: unknown): number | undefined {
  const [all, hours, minutes, seconds] =
    /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(typeof value === "string" ? value : "") ?? [];
  return all ? Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import { type Problem, roleArnCheck, quoted } from "../checks/validation";

/** A role that is assumed. */
export interface AssumeRole {
  readonly roleArn: string;
  readonly externalId?: string;
  /** Default `pulumi-org-conformance`. */
  readonly sessionName?: string;
  /** 900 to 43,200. Default: the role's own, an hour. */
  readonly durationSeconds?: number;
}

/** What restricts a session. */
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

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isTextList = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);
const isTextMap = (value: unknown): value is Readonly<Record<string, string>> =>
  isRecord(value) && Object.values(value).every((entry) => typeof entry === "string");

/** The fields, as @pulumi/aws names them, beside `roleArn` and `duration`. */
const assumeRoleFields = {
  externalId: isText,
  policy: isText,
  policyArns: isTextList,
  sessionName: isText,
  sourceIdentity: isText,
  tags: isTextMap,
  transitiveTagKeys: isTextList,
};
const webIdentityFields = {
  policy: isText,
  policyArns: isTextList,
  sessionName: isText,
  webIdentityToken: isText,
  webIdentityTokenFile: isText,
};

/** The fields of `aws:assumeRoles` and of `aws:assumeRoleWithWebIdentity` that are heeded. */
export const roleFields = {
  assumeRoles: ["duration", "roleArn", ...Object.keys(assumeRoleFields)].sort(),
  assumeRoleWithWebIdentity: ["duration", "roleArn", ...Object.keys(webIdentityFields)].sort(),
};

/** `aws:assumeRoles`; `aws:assumeRole` of @pulumi/aws 6 is a list of one. */
export function readAssumeRoles(list: unknown, single: unknown, problems: Problem[]): AssumeRoleSetting[] {
  if (list !== undefined && single !== undefined) {
    problems.push({ property: "aws:assumeRole", reason: "aws:assumeRoles is set too; drop one of the two." });
    return [];
  }
  if (single !== undefined) {
    return withoutGaps([readRole(single, "aws:assumeRole", assumeRoleFields, problems)]);
  }
  if (list === undefined) return [];
  if (!Array.isArray(list)) {
    problems.push({ property: "aws:assumeRoles", reason: "It is not a list of roles." });
    return [];
  }
  return withoutGaps(
    list.map((role: unknown, index) => readRole(role, `aws:assumeRoles[${String(index)}]`, assumeRoleFields, problems)),
  );
}

/** `aws:assumeRoleWithWebIdentity`. */
export function readWebIdentity(value: unknown, problems: Problem[]): AssumeRoleWithWebIdentity | undefined {
  if (value === undefined) return undefined;
  const property = "aws:assumeRoleWithWebIdentity";
  const role: AssumeRoleWithWebIdentity | undefined = readRole(value, property, webIdentityFields, problems);
  const isGiven = (field: string): boolean => isRecord(value) && value[field] !== undefined;
  if (role && !isGiven("webIdentityToken") && !isGiven("webIdentityTokenFile")) {
    problems.push({ property, reason: "Set webIdentityToken or webIdentityTokenFile in it." });
    return undefined;
  }
  return role;
}

/** No value but an ARN and a duration is quoted back: an external id is a secret to some, a token to all. */
function readRole(
  role: unknown,
  property: string,
  fields: Readonly<Record<string, (value: unknown) => boolean>>,
  problems: Problem[],
): AssumeRole | undefined {
  const given = isRecord(role) ? role : {};
  const mistakes = roleArnCheck(given.roleArn, `${property}.roleArn`);
  if (mistakes.length > 0) {
    problems.push(...mistakes);
    return undefined;
  }
  const read: Record<string, unknown> = { roleArn: given.roleArn };
  for (const [key, value] of Object.entries(given)) {
    if (key === "roleArn") continue;
    const at = `${property}.${key}`;
    if (key === "duration") {
      const seconds = durationSeconds(value);
      if (seconds !== undefined && seconds >= 900 && seconds <= 43_200) read.durationSeconds = seconds;
      else {
        problems.push({
          property: at,
          reason: `${quoted(value)} is not a duration such as "1h" or "900s", from 15m to 12h.`,
        });
      }
    } else if (!Object.hasOwn(fields, key)) {
      problems.push({
        property: at,
        reason: `There is no such field. There are: duration, roleArn, ${Object.keys(fields).join(", ")}.`,
      });
    } else if (fields[key]?.(value)) read[key] = value;
    else if (value !== null && value !== "")
      problems.push({ property: at, reason: `It is not ${kinds.get(fields[key]) ?? "a text"}.` });
  }
  return read as unknown as AssumeRole;
}

const kinds = new Map<unknown, string>([
  [isText, "a text"],
  [isTextList, "a list of texts"],
  [isTextMap, "an object of texts"],
]);

/** Go's notation of a duration, as in @pulumi/aws: `1h30m`, `900s`. */
function durationSeconds(value: unknown): number | undefined {
  const [all, hours, minutes, seconds] =
    /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(typeof value === "string" ? value : "") ?? [];
  return all ? Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0) : undefined;
}

function withoutGaps<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

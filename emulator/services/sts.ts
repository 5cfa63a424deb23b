import { validationException } from "../awsFault";
import { ownerOf } from "./arn";
import { escapeXml } from "./queryProtocol";
import type { Sessions } from "./sessions";

/** A call of an operation of AWS STS. */
export interface StsCall {
  readonly sessions: Sessions;
  /** The ARN of the caller. */
  readonly principal: string;
  readonly form: URLSearchParams;
}

/** The operations of AWS STS that the emulator has, by `Action`. Each returns the XML of its result. */
export const stsOperations: Readonly<Record<string, (call: StsCall) => string>> = {
  GetCallerIdentity({ principal }) {
    return `<Arn>${escapeXml(principal)}</Arn><UserId>AIDAEMULATED</UserId><Account>${ownerOf(principal).accountId}</Account>`;
  },

  AssumeRole({ sessions, form }) {
    const sessionName = form.get("RoleSessionName");
    const arn = sessionArn(form.get("RoleArn"), sessionName);
    const { accessKeyId, secretAccessKey, sessionToken } = sessions.begin(arn);
    const expiration = new Date(Date.now() + Number(form.get("DurationSeconds") ?? 3_600) * 1_000);
    const user = `<Arn>${escapeXml(arn)}</Arn><AssumedRoleId>AROAEMULATED:${escapeXml(sessionName ?? "")}</AssumedRoleId>`;
    const credentials = `<AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${expiration.toISOString()}</Expiration>`;
    return `<AssumedRoleUser>${user}</AssumedRoleUser><Credentials>${credentials}</Credentials>`;
  },
};

/** The ARN of a session of a role. */
function sessionArn(roleArn: string | null, sessionName: string | null): string {
  const [, partition, account, role] = /^arn:(aws(?:-[a-z]+)*):iam::(\d{12}):role\/(\S+)$/.exec(roleArn ?? "") ?? [];
  if (!partition || !account || !role)
    throw validationException(roleArn, "roleArn", "Member must be the ARN of a role");
  if (!sessionName) throw validationException(sessionName, "roleSessionName", "Member must not be null");
  return `arn:${partition}:sts::${account}:assumed-role/${role}/${sessionName}`;
}

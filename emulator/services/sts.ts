import { randomBytes } from "node:crypto";
import { AwsFault, validationException } from "./awsFault";
import { managementAccountId } from "../organization/emulatedOrganization";
import { partitionOf } from "../organization/partition";

/** What a signature says of the request. */
export interface Signature {
  readonly accessKeyId: string;
  readonly region: string;
}

/** The partition and the account, of 12 digits, that an ARN names. */
export function ownerOf(arn: string): { partition: string; accountId: string } {
  const [, partition = "", , , accountId = ""] = arn.split(":");
  return { partition, accountId };
}

/** The roles that were assumed, by the access key id of the session. */
export class Sessions {
  readonly #roles = new Map<string, string>();

  /** The ARN of whoever signed a request for this region with this access key id. */
  principalOf({ accessKeyId, region }: Signature): string {
    return (
      this.#roles.get(accessKeyId) ?? `arn:${partitionOf(region)}:iam::${managementAccountId}:user/emulated-caller`
    );
  }

  /** Answers a request of the query protocol with XML. */
  answer(form: URLSearchParams, signature: Signature, requestId: string): string {
    const action = form.get("Action") ?? "";
    const result = this.#result(action, form, signature);
    return `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;
  }

  #result(action: string, form: URLSearchParams, signature: Signature): string {
    if (action === "GetCallerIdentity") {
      const arn = this.principalOf(signature);
      return `<Arn>${escapeXml(arn)}</Arn><UserId>AIDAEMULATED</UserId><Account>${ownerOf(arn).accountId}</Account>`;
    }
    if (action === "AssumeRole") {
      const roleArn = form.get("RoleArn");
      const sessionName = form.get("RoleSessionName");
      const [, partition, account, role] =
        /^arn:(aws(?:-[a-z]+)*):iam::(\d{12}):role\/(\S+)$/.exec(roleArn ?? "") ?? [];
      if (!partition || !account || !role)
        throw validationException(roleArn, "roleArn", "Member must be the ARN of a role");
      if (!sessionName) throw validationException(sessionName, "roleSessionName", "Member must not be null");
      const key = `ASIA${randomBytes(8).toString("hex").toUpperCase()}`;
      const arn = `arn:${partition}:sts::${account}:assumed-role/${role}/${sessionName}`;
      this.#roles.set(key, arn);
      const expiration = new Date(Date.now() + Number(form.get("DurationSeconds") ?? 3_600) * 1_000);
      return `<AssumedRoleUser><Arn>${escapeXml(arn)}</Arn><AssumedRoleId>AROAEMULATED:${escapeXml(sessionName)}</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>${randomBytes(20).toString("hex")}</SecretAccessKey><SessionToken>${randomBytes(60).toString("base64")}</SessionToken><Expiration>${expiration.toISOString()}</Expiration></Credentials>`;
    }
    throw new AwsFault("InvalidAction", `Could not find operation ${action} for version 2011-06-15`);
  }
}

/** An error of the query protocol. */
export function queryError(fault: AwsFault, requestId: string): string {
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${fault.code}</Code><Message>${escapeXml(fault.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&'"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

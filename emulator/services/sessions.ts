import { randomBytes } from "node:crypto";
import { managementAccountId } from "../organization/managementAccount";
import { partitionOf } from "../organization/partition";

/** The signer of a request, as its signature names it. */
export interface Signer {
  readonly accessKeyId: string;
  /** The region that the request was signed for. */
  readonly region: string;
}

/** The temporary credentials of a session. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The sessions of assumed roles. */
export class Sessions {
  readonly #principals = new Map<string, string>();

  /** The ARN of the user or assumed role that signed a request. */
  principalOf({ accessKeyId, region }: Signer): string {
    return (
      this.#principals.get(accessKeyId) ?? `arn:${partitionOf(region)}:iam::${managementAccountId}:user/emulated-caller`
    );
  }

  /** Credentials that make their user this principal. */
  begin(principal: string): SessionCredentials {
    const accessKeyId = `ASIA${randomBytes(8).toString("hex").toUpperCase()}`;
    this.#principals.set(accessKeyId, principal);
    return {
      accessKeyId,
      secretAccessKey: randomBytes(20).toString("hex"),
      sessionToken: randomBytes(60).toString("base64"),
    };
  }
}

import { AwsFault } from "../awsFault";
import type { Organization } from "../organization/organization";
import type { Packs } from "../organization/packs";
import { ownerOf } from "./arn";
import { configOperations, configTarget, requireOrganizationAccess } from "./configService";
import { organizationsOperations, organizationsTarget } from "./organizations";
import { queryAnswer } from "./queryProtocol";
import type { Sessions } from "./sessions";
import { stsOperations } from "./sts";

/** A call in AWS's JSON protocol. */
export interface JsonCall {
  /** `X-Amz-Target`: the service's own prefix, a dot and the operation. */
  readonly target: string;
  readonly region: string;
  /** The ARN of the caller. */
  readonly principal: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A call in AWS's query protocol. */
export interface QueryCall {
  readonly action: string;
  readonly principal: string;
  readonly form: URLSearchParams;
  readonly requestId: string;
}

/** The services that the emulator stands in for, and the data that they share. */
export class Services {
  constructor(
    readonly packs: Packs,
    readonly organization: Organization,
    readonly sessions: Sessions,
  ) {}

  /** Calls AWS Config or AWS Organizations. */
  callJson({ target, region, principal, input }: JsonCall): Record<string, unknown> {
    const { packs, organization } = this;
    const { accountId: callerAccountId, partition } = ownerOf(principal);
    const [prefix, operation = ""] = target.split(".");
    if (prefix === configTarget && Object.hasOwn(configOperations, operation)) {
      requireOrganizationAccess(organization, callerAccountId);
      return configOperations[operation]?.({ packs, region, input }) ?? {};
    }
    if (prefix === organizationsTarget && Object.hasOwn(organizationsOperations, operation)) {
      return organizationsOperations[operation]?.({ organization, callerAccountId, partition, input }) ?? {};
    }
    throw new AwsFault("UnknownOperationException", `The emulator has no operation ${target}.`);
  }

  /** Calls AWS STS. */
  callQuery({ action, principal, form, requestId }: QueryCall): string {
    const operation = Object.hasOwn(stsOperations, action) ? stsOperations[action] : undefined;
    if (!operation) throw new AwsFault("InvalidAction", `Could not find operation ${action} for version 2011-06-15`);
    return queryAnswer(action, operation({ sessions: this.sessions, principal, form }), requestId);
  }
}

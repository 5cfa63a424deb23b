import { AwsFault, serializationException } from "../awsFault";
import type { EmulatedAccount, EmulatedOrganizationalUnit } from "../organization/emulatedOrganization";
import { managementAccountId } from "../organization/managementAccount";
import { type Organization, rootId } from "../organization/organization";
import { required, string } from "./inputChecks";
import { type Page, pageOf } from "./page";
import { timestamp } from "./timestamp";

/** A call of an operation of AWS Organizations. */
export interface OrganizationsCall {
  readonly organization: Organization;
  /** The account (12 digits) that signed the request. */
  readonly callerAccountId: string;
  /** The caller's partition. It is in every ARN of the answer. */
  readonly partition: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The first part of AWS Organizations' `X-Amz-Target`. */
export const organizationsTarget = "AWSOrganizationsV20161128";

const organizationId = "o-emulated00";
const configServicePrincipal = "config-multiaccountsetup.amazonaws.com";
const maxResults = 20;
const joinedTimestamp = timestamp(new Date("2026-01-01T00:00:00Z"));

/**
 * The operations of AWS Organizations that the emulator has, by the name in `X-Amz-Target`.
 *
 * AWS source: Organizations 2016-11-28. The service is global: its answers are the same in every region.
 */
export const organizationsOperations: Readonly<Record<string, (call: OrganizationsCall) => Record<string, unknown>>> = {
  ListAccounts({ organization, callerAccountId, partition, input }) {
    requireAdministrator(organization, callerAccountId);
    const { page, nextToken } = paginate(organization.accounts, input, ["accounts"]);
    return { Accounts: page.map((account) => accountOf(account, partition)), ...nextToken };
  },

  ListRoots({ organization, callerAccountId, partition, input }) {
    requireAdministrator(organization, callerAccountId);
    const { page, nextToken } = paginate([rootId], input, ["roots"]);
    return {
      Roots: page.map((id) => ({ Id: id, Arn: arnOf("root", id, partition), Name: "Root", PolicyTypes: [] })),
      ...nextToken,
    };
  },

  ListOrganizationalUnitsForParent({ organization, callerAccountId, partition, input }) {
    requireAdministrator(organization, callerAccountId);
    const parentId = parentIn(organization, input);
    const { page, nextToken } = paginate(organization.unitsIn(parentId), input, ["units", parentId]);
    return { OrganizationalUnits: page.map((unit) => unitOf(unit, partition)), ...nextToken };
  },

  ListAccountsForParent({ organization, callerAccountId, partition, input }) {
    requireAdministrator(organization, callerAccountId);
    const parentId = parentIn(organization, input);
    const { page, nextToken } = paginate(organization.accountsIn(parentId), input, ["accounts", parentId]);
    return { Accounts: page.map((account) => accountOf(account, partition)), ...nextToken };
  },

  ListTagsForResource({ organization, callerAccountId, input }) {
    requireAdministrator(organization, callerAccountId);
    const resourceId = required(string(input.ResourceId, "ResourceId"), "ResourceId");
    if (
      !/^(r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|p-\w{8,128}|rp-[a-zA-Z0-9_]{4,128})$/.test(
        resourceId,
      )
    ) {
      throw invalidInput("INVALID_PATTERN", "You provided a value that does not match the required pattern.");
    }
    const tags = organization.tagsOf(resourceId);
    if (!tags) {
      throw new AwsFault(
        "TargetNotFoundException",
        "We can't find a root, OU, account, or policy with the TargetId that you specified.",
      );
    }
    const { page, nextToken } = paginate(Object.entries(tags), { NextToken: input.NextToken }, ["tags", resourceId]);
    return { Tags: page.map(([Key, Value]) => ({ Key, Value })), ...nextToken };
  },

  DescribeOrganization({ organization, callerAccountId, partition }) {
    if (!organization.has(callerAccountId)) {
      throw new AwsFault("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.");
    }
    return {
      Organization: {
        Id: organizationId,
        Arn: `arn:${partition}:organizations::${managementAccountId}:organization/${organizationId}`,
        FeatureSet: "ALL",
        MasterAccountArn: arn(managementAccountId, partition),
        MasterAccountId: managementAccountId,
        MasterAccountEmail: email(managementAccountId),
      },
    };
  },

  ListDelegatedAdministrators({ organization, callerAccountId, partition, input }) {
    requireAdministrator(organization, callerAccountId);
    const servicePrincipal = string(input.ServicePrincipal, "ServicePrincipal");
    const registered =
      servicePrincipal === undefined || servicePrincipal === configServicePrincipal
        ? organization.delegatedAdministrators
        : [];
    const { page, nextToken } = paginate(registered, input, ["delegatedAdministrators", servicePrincipal]);
    return {
      DelegatedAdministrators: page.map((account) => ({
        ...accountOf(account, partition),
        DelegationEnabledDate: joinedTimestamp,
      })),
      ...nextToken,
    };
  },
};

function requireAdministrator(organization: Organization, callerAccountId: string): void {
  if (!organization.admits(callerAccountId)) {
    throw new AwsFault("AccessDeniedException", "You don't have permissions to access this resource.");
  }
}

/** @throws `ParentNotFoundException` */
function parentIn(organization: Organization, input: OrganizationsCall["input"]): string {
  const parentId = required(string(input.ParentId, "ParentId"), "ParentId");
  if (!/^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/.test(parentId)) {
    throw invalidInput("INVALID_PATTERN", "You provided a value that does not match the required pattern.");
  }
  if (!organization.hasParent(parentId)) {
    throw new AwsFault("ParentNotFoundException", "We can't find a root or OU with the ParentId that you specified.");
  }
  return parentId;
}

function unitOf({ id, name = id }: EmulatedOrganizationalUnit, partition: string): Record<string, unknown> {
  return { Id: id, Arn: arnOf("ou", id, partition), Name: name };
}

function accountOf(account: EmulatedAccount, partition: string): Record<string, unknown> {
  const { id, name = `account-${id}` } = account;
  return {
    Id: id,
    Arn: arn(id, partition),
    Email: email(id),
    Name: name,
    ...standing(account),
    JoinedMethod: id === managementAccountId ? "INVITED" : "CREATED",
    JoinedTimestamp: joinedTimestamp,
  };
}

const statusOfState = new Map([
  ["ACTIVE", "ACTIVE"],
  ["SUSPENDED", "SUSPENDED"],
  ["CLOSED", "SUSPENDED"],
  ["PENDING_CLOSURE", "PENDING_CLOSURE"],
]);

/** `State` has values that the older `Status` does not have: then `Status` is absent. */
function standing({ state, status }: EmulatedAccount): { State?: string | undefined; Status?: string | undefined } {
  if (state !== undefined) return { State: state, Status: status ?? statusOfState.get(state) };
  return status !== undefined ? { Status: status } : { State: "ACTIVE", Status: "ACTIVE" };
}

function arn(accountId: string, partition: string): string {
  return arnOf("account", accountId, partition);
}

function arnOf(kind: "account" | "ou" | "root", id: string, partition: string): string {
  return `arn:${partition}:organizations::${managementAccountId}:${kind}/${organizationId}/${id}`;
}

function email(accountId: string): string {
  return `aws+${accountId}@example.com`;
}

function paginate<T>(items: readonly T[], input: OrganizationsCall["input"], request: unknown): Page<T> {
  const token = string(input.NextToken, "NextToken");
  const page = pageOf(items, { token, size: pageSize(input.MaxResults), request });
  if (!page) {
    throw invalidInput("INVALID_NEXT_TOKEN", "The NextToken is not valid. Get it from the previous page of results.");
  }
  return page;
}

function pageSize(limit: unknown): number {
  if (limit === undefined || limit === null) return maxResults;
  if (!Number.isInteger(limit)) throw serializationException("MaxResults", "an integer");
  if ((limit as number) < 1) {
    throw invalidInput("MIN_VALUE_EXCEEDED", "You provided a value for MaxResults that is less than 1.");
  }
  if ((limit as number) > maxResults) {
    throw invalidInput("MAX_VALUE_EXCEEDED", `You provided a value for MaxResults that is more than ${maxResults}.`);
  }
  return limit as number;
}

function invalidInput(reason: string, message: string): AwsFault {
  return new AwsFault("InvalidInputException", message, 400, { Reason: reason });
}

import { clientConfig } from "../aws/awsConnection";
import type { AwsSettings } from "../aws/settings";
import { isError } from "../errors";
import { sanitize } from "../text/sanitize";
import { type Abortable, limits, orUndefined, withClient } from "./question";

/** Who asked AWS, as far as its permissions tell. */
export interface Caller {
  /** 12 digits. */
  readonly accountId?: string;
  /** The user's or assumed role's ARN. */
  readonly arn?: string;
  /** 12 digits. */
  readonly managementAccountId?: string;
  /** True if AWS lists it as a delegated administrator for organization conformance packs. */
  readonly isDelegatedAdministrator?: boolean;
  /** The account is in no organization. */
  readonly hasNoOrganization?: boolean;
}

/** The service that a delegated administrator of organization conformance packs is registered for. */
const servicePrincipal = "config-multiaccountsetup.amazonaws.com";

/** Finds out who calls. It has no errors of its own: what AWS does not say is left out. */
export async function describeCaller(settings: AwsSettings, region: string): Promise<Caller> {
  const [identity, organization, isDelegatedAdministrator] = await Promise.all([
    orUndefined((options) => identityOf(settings, region, options)),
    orUndefined((options) => organizationOf(settings, region, options)),
    orUndefined((options) => delegatedAdministrators(settings, region, options)),
  ]);
  const { accountId } = identity ?? {};
  return {
    ...identity,
    ...organization,
    ...(isDelegatedAdministrator &&
      accountId !== undefined && { isDelegatedAdministrator: isDelegatedAdministrator.includes(accountId) }),
  };
}

/** The account of the credentials, or `undefined` when AWS does not say. */
export async function callerAccountId(settings: AwsSettings, region: string): Promise<string | undefined> {
  return (await orUndefined((options) => identityOf(settings, region, options)))?.accountId;
}

/** The caller as a sentence, for an error; none when nothing is known. */
export function callerSentences(caller: Caller): string[] {
  const { accountId, arn, hasNoOrganization, isDelegatedAdministrator, managementAccountId } = caller;
  if (accountId === undefined) return [];
  const who = `The caller is ${arn === undefined ? `account ${accountId}` : `${sanitize(arn, 200)} of account ${accountId}`}`;
  if (hasNoOrganization) return [`${who}, which is not in an organization.`];
  if (accountId === managementAccountId) return [`${who}, the organization's management account.`];
  if (isDelegatedAdministrator === true) return [`${who}, a delegated administrator for ${servicePrincipal}.`];
  if (managementAccountId === undefined) return [`${who}, to which AWS does not show the organization.`];
  const delegated =
    isDelegatedAdministrator === false
      ? `and not registered as a delegated administrator for ${servicePrincipal}`
      : `and probably not a delegated administrator for ${servicePrincipal}, since AWS does not list them to it`;
  return [`${who}, not the management account (${managementAccountId}), ${delegated}.`];
}

async function identityOf(
  settings: AwsSettings,
  region: string,
  options: Abortable,
): Promise<Pick<Caller, "accountId" | "arn">> {
  // Loaded only now: this is the path of an error.
  const { GetCallerIdentityCommand, STSClient } =
    require("@aws-sdk/client-sts") as typeof import("@aws-sdk/client-sts");
  return withClient(new STSClient(clientConfig("sts", settings, region, limits)), async (client) => {
    const { Account, Arn } = await client.send(new GetCallerIdentityCommand({}), options);
    return {
      ...(Account !== undefined && /^\d{12}$/.test(Account) && { accountId: Account }),
      ...(Arn !== undefined && { arn: Arn }),
    };
  });
}

async function organizationOf(
  settings: AwsSettings,
  region: string,
  options: Abortable,
): Promise<Pick<Caller, "managementAccountId" | "hasNoOrganization">> {
  const { DescribeOrganizationCommand, OrganizationsClient } = organizationsSdk();
  return withClient(
    new OrganizationsClient(clientConfig("organizations", settings, region, limits)),
    async (client) => {
      try {
        const { Organization } = await client.send(new DescribeOrganizationCommand({}), options);
        const id = Organization?.MasterAccountId;
        return id !== undefined && /^\d{12}$/.test(id) ? { managementAccountId: id } : {};
      } catch (error) {
        if (isError(error) && error.name === "AWSOrganizationsNotInUseException") {
          return { hasNoOrganization: true };
        }
        throw error;
      }
    },
  );
}

async function delegatedAdministrators(settings: AwsSettings, region: string, options: Abortable): Promise<string[]> {
  const { OrganizationsClient, paginateListDelegatedAdministrators } = organizationsSdk();
  return withClient(
    new OrganizationsClient(clientConfig("organizations", settings, region, limits)),
    async (client) => {
      const ids: string[] = [];
      for await (const page of paginateListDelegatedAdministrators(
        { client },
        { ServicePrincipal: servicePrincipal },
        options,
      )) {
        for (const { Id } of page.DelegatedAdministrators ?? []) if (Id !== undefined) ids.push(Id);
      }
      return ids;
    },
  );
}

function organizationsSdk() {
  return require("@aws-sdk/client-organizations") as typeof import("@aws-sdk/client-organizations");
}

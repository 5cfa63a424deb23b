import type { ConfigServiceClient } from "@aws-sdk/client-config-service";
import { unlessAborted } from "../aws/awsCall";
import { clientConfig, type ClientLimits } from "../aws/awsConnection";
import { createConfigClient } from "../aws/configClient";
import { sanitize } from "../text/sanitize";
import { isError } from "../errors/isError";
import type { AwsSettings } from "../aws/settings";
import { nearest } from "../checks/nearest";

/** Who asked AWS, as far as its permissions tell. */
export interface Caller {
  /** 12 digits. */
  readonly accountId?: string;
  /** The user's or assumed role's ARN. */
  readonly arn?: string;
  /** 12 digits. */
  readonly managementAccountId?: string;
  /** Whether AWS lists it as a delegated administrator for organization conformance packs. */
  readonly isDelegatedAdministrator?: boolean;
  /** The account is in no organization. */
  readonly hasNoOrganization?: boolean;
}

/** The service that a delegated administrator of organization conformance packs is registered for. */
const servicePrincipal = "config-multiaccountsetup.amazonaws.com";
/** The answers only make an error's text better, so they get little time. */
const limits: ClientLimits = { maxAttempts: 1, requestTimeoutSeconds: 3 };

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

/** The organization conformance packs that the caller sees in a region, or `undefined` when AWS does not say. */
export async function visiblePacks(settings: AwsSettings, region: string): Promise<readonly string[] | undefined> {
  const { paginateDescribeOrganizationConformancePacks } =
    require("@aws-sdk/client-config-service") as typeof import("@aws-sdk/client-config-service");
  return orUndefined((options) =>
    withClient(createConfigClient(settings, region, limits), async (client: ConfigServiceClient) => {
      const names: string[] = [];
      for await (const page of paginateDescribeOrganizationConformancePacks({ client, pageSize: 100 }, {}, options)) {
        for (const pack of page.OrganizationConformancePacks ?? []) {
          if (pack.OrganizationConformancePackName) names.push(pack.OrganizationConformancePackName);
        }
      }
      return names.sort();
    }),
  );
}

/** The caller as a sentence, for an error; none when nothing is known. */
export function callerSentences(caller: Caller): string[] {
  const { accountId, arn, hasNoOrganization, isDelegatedAdministrator, managementAccountId } = caller;
  if (accountId === undefined) return [];
  const who = `The caller is ${arn === undefined ? `account ${accountId}` : `${sanitize(arn, 200)} of account ${accountId}`}`;
  if (hasNoOrganization) return [`${who}, which is in no organization.`];
  if (accountId === managementAccountId) return [`${who}, the organization's management account.`];
  if (isDelegatedAdministrator === true) return [`${who}, a delegated administrator for ${servicePrincipal}.`];
  if (managementAccountId === undefined) return [`${who}; what it is in the organization, AWS does not tell it.`];
  const delegated =
    isDelegatedAdministrator === false
      ? `and not registered as a delegated administrator for ${servicePrincipal}`
      : `and, as AWS does not list them to it, probably no delegated administrator for ${servicePrincipal}`;
  return [`${who}, not the management account (${managementAccountId}), ${delegated}.`];
}

/** The packs that are seen as a sentence, with the name that is nearest to the one that was asked for. */
export function visiblePackSentences(packs: readonly string[] | undefined, packName: string, region: string): string[] {
  if (packs === undefined) return [];
  if (packs.length === 0) return [`It sees no organization conformance pack at all in ${region}.`];
  const shown = packs.slice(0, 10).map((name) => `"${sanitize(name, 128)}"`);
  const more = packs.length > 10 ? ` and ${String(packs.length - 10)} more` : "";
  return [
    `It sees ${shown.join(", ")}${more} in ${region}. Did you mean "${sanitize(nearest(packName, packs), 128)}"?`,
  ];
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

async function withClient<C extends { destroy: () => void }, R>(client: C, ask: (client: C) => Promise<R>): Promise<R> {
  try {
    return await ask(client);
  } finally {
    client.destroy();
  }
}

/** What ends a call of the SDK early. */
interface Abortable {
  readonly abortSignal: AbortSignal;
}

/** Each question gets a few seconds in all: assuming a role and a silent endpoint have limits of their own. */
async function orUndefined<R>(ask: (options: Abortable) => Promise<R>): Promise<R | undefined> {
  const abortSignal = AbortSignal.timeout(5_000);
  try {
    return await unlessAborted(ask({ abortSignal }), abortSignal);
  } catch {
    return undefined;
  }
}

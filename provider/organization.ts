import type { Account } from "@aws-sdk/client-organizations";
import { type AwsCall, callAws } from "./awsCall";
import { awsText } from "./awsText";
import { clientConfig, type ClientLimits } from "./awsConnection";
import { watchCredentials } from "./credentialsSource";
import { BadResponseError, type ErrorContext, RepeatedTokenError } from "./errors";
import { tokenOf } from "./memberStatusPages";
import type { AwsSettings } from "./settings";

const service = "AWS Organizations" as const;

/** One account of the organization. */
export interface OrganizationAccount {
  /** 12 digits. */
  readonly accountId: string;
  /** Made `harmless` where it was read. */
  readonly accountName?: string;
  /**
   * Whether it takes part: by `State` where AWS gives that, else by `Status`. Only the words that AWS documents for an
   * account that does not are taken for one.
   */
  readonly isActive: boolean;
}

/** The accounts of an AWS Organization. */
export interface Organization {
  readonly accounts: ReadonlyMap<string, OrganizationAccount>;
  /** As the accounts' ARNs say it. */
  readonly managementAccountId?: string;
}

/**
 * All accounts of the caller's organization. Needs `organizations:ListAccounts`; the pages have 20 accounts each, and
 * follow one after the other.
 *
 * @throws A subclass of `OrgConformanceError`; the signal's reason when it aborts.
 */
export async function readOrganization(
  settings: AwsSettings,
  limits: ClientLimits,
  call: Omit<AwsCall, "action" | "service">,
): Promise<Organization> {
  // Loaded only where it is asked for: most programs do not, and each preview would pay for it.
  const { ListAccountsCommand, OrganizationsClient } =
    require("@aws-sdk/client-organizations") as typeof import("@aws-sdk/client-organizations");
  const client = watchCredentials(
    new OrganizationsClient(clientConfig("organizations", settings, call.region, limits)),
  );
  const accounts = new Map<string, OrganizationAccount>();
  const tokens = new Set<string>();
  let managementAccountId: string | undefined;
  let token: string | undefined;
  try {
    do {
      const response = await callAws({ ...call, action: "organizations:ListAccounts", service }, (options) =>
        client.send(new ListAccountsCommand({ ...(token !== undefined && { NextToken: token }) }), options),
      );
      const context = { ...call, service, requestId: response.$metadata.requestId };
      // An answer without the list, say "{}", must not pass for the last page.
      if (!Array.isArray(response.Accounts)) throw new BadResponseError("it has no list of accounts", context);
      for (const account of response.Accounts as (Account | null)[]) {
        if (typeof account?.Id !== "string" || !/^\d{12}$/.test(account.Id)) {
          throw new BadResponseError("an account's Id is not 12 digits", context);
        }
        const accountName = awsText(typeof account.Name === "string" ? account.Name : undefined);
        accounts.set(account.Id, {
          accountId: account.Id,
          ...(accountName !== undefined && { accountName }),
          isActive: !inactive.has(stateOf(account, context)),
        });
        managementAccountId ??= /^arn:[\w-]+:organizations::(\d{12}):account\//.exec(account.Arn ?? "")?.[1];
      }
      token = tokenOf(response.NextToken, context);
      if (token !== undefined && tokens.has(token)) throw new RepeatedTokenError(tokens.size + 1, context);
      if (token !== undefined) tokens.add(token);
    } while (token !== undefined);
  } finally {
    client.destroy();
  }
  // There is always the management account; without any, nobody would be missed.
  if (accounts.size === 0) {
    throw new BadResponseError("it lists no account", { packName: call.packName, region: call.region, service });
  }
  return { accounts, ...(managementAccountId !== undefined && { managementAccountId }) };
}

const inactive: ReadonlySet<string> = new Set(["CLOSED", "PENDING_ACTIVATION", "PENDING_CLOSURE", "SUSPENDED"]);

function stateOf({ State, Status }: Account, context: ErrorContext): string {
  const state: string | undefined = State ?? Status;
  if (!state) throw new BadResponseError("an account has neither State nor Status", context);
  return state;
}

import type { Account } from "@aws-sdk/client-organizations";
import { BadResponseError, type ErrorContext, Failure } from "../errors";
import type { Organization, OrganizationAccount } from "../status/organization";
import { clientConfig, type ClientLimits } from "./awsConnection";
import { awsText } from "./awsText";
import type { AwsCall } from "./callAws";
import { watchCredentials } from "./credentialsSource";
import { pagesOf } from "./pages";
import { endPausesOnAbort } from "./retryPauses";
import type { AwsSettings } from "./settings";

const service = "AWS Organizations" as const;

/**
 * Reads all accounts of the caller's organization. Needs `organizations:ListAccounts`; the pages have 20 accounts each, and
 * follow one after the other.
 *
 * @throws A `Failure`; the signal's reason when it aborts.
 */
export async function readAccounts(
  settings: AwsSettings,
  limits: ClientLimits,
  call: Omit<AwsCall, "action" | "service">,
): Promise<Organization> {
  const { packName, region } = call;
  const { ListAccountsCommand, OrganizationsClient } = sdk();
  const client = new OrganizationsClient(clientConfig("organizations", settings, region, limits));
  watchCredentials(client);
  endPausesOnAbort(client);
  const accounts = new Map<string, OrganizationAccount>();
  let managementAccountId: string | undefined;
  try {
    const pages = pagesOf({ ...call, action: "organizations:ListAccounts", service }, "Accounts", (page, options) =>
      client.send(new ListAccountsCommand(page), options),
    );
    for await (const { context, entries } of pages) {
      for (const account of entries) {
        const known = accountOf(account, context);
        accounts.set(known.accountId, known);
        managementAccountId ??= managementAccountOf(account);
      }
    }
  } finally {
    client.destroy();
  }
  // There is always the management account; without any, nobody would be missed.
  if (accounts.size === 0) throw badAnswer("it lists no account", { packName, region, service });
  return { accounts, ...(managementAccountId !== undefined && { managementAccountId }) };
}

/** The management account's id, which is in each account's ARN. */
export function managementAccountOf(account: unknown): string | undefined {
  return /^arn:[\w-]+:organizations::(\d{12}):account\//.exec((account as Account | null)?.Arn ?? "")?.[1];
}

/**
 * An account of a page.
 *
 * @throws A `Failure` when it is not what AWS promises.
 */
export function accountOf(account: unknown, context: ErrorContext): OrganizationAccount {
  const { Id: id, Name: name, State: state, Status: status } = (account ?? {}) as Account;
  if (typeof id !== "string" || !/^\d{12}$/.test(id)) throw badAnswer("an account's Id is not 12 digits", context);
  const word: string | undefined = state ?? status;
  if (!word) throw badAnswer("an account has neither State nor Status", context);
  const accountName = awsText(typeof name === "string" ? name : undefined);
  return { accountId: id, ...(accountName !== undefined && { accountName }), isActive: !inactive.has(word) };
}

const inactive: ReadonlySet<string> = new Set(["CLOSED", "PENDING_ACTIVATION", "PENDING_CLOSURE", "SUSPENDED"]);

function badAnswer(what: string, context: ErrorContext): Failure {
  return new Failure(BadResponseError, { ...context, what });
}

// Loaded only where it is needed: most programs do not read the organization, and each preview would pay for it.
function sdk() {
  return require("@aws-sdk/client-organizations") as typeof import("@aws-sdk/client-organizations");
}

import type { Account, ListAccountsCommandOutput as Answer, OrganizationsClient } from "@aws-sdk/client-organizations";
import { BadResponseError, type ErrorContext, Failure, PaginationError } from "../errors";
import type { Organization, OrganizationAccount } from "../status/organization";
import { clientConfig, type ClientLimits } from "./awsConnection";
import { awsText } from "./awsText";
import { type AwsCall, callAws } from "./callAws";
import { watchCredentials } from "./credentialsSource";
import { nextTokenOf } from "./nextToken";
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
  const { OrganizationsClient } = sdk();
  const client = new OrganizationsClient(clientConfig("organizations", settings, region, limits));
  watchCredentials(client);
  endPausesOnAbort(client);
  const accounts = new Map<string, OrganizationAccount>();
  let managementAccountId: string | undefined;
  try {
    for await (const { answer, context } of accountPages(client, call)) {
      for (const account of accountsIn(answer, context)) {
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

async function* accountPages(
  client: OrganizationsClient,
  call: Omit<AwsCall, "action" | "service">,
): AsyncGenerator<{ readonly answer: Answer; readonly context: ErrorContext }, void, undefined> {
  const { ListAccountsCommand } = sdk();
  const tokens = new Set<string>();
  let token: string | undefined;
  do {
    const command = new ListAccountsCommand({ ...(token !== undefined && { NextToken: token }) });
    const answer: Answer = await callAws({ ...call, action: "organizations:ListAccounts", service }, (options) =>
      client.send(command, options),
    );
    const { packName, region } = call;
    const context = { packName, region, service, requestId: answer.$metadata.requestId };
    yield { answer, context };
    token = nextTokenOf(answer, context);
    if (token !== undefined && tokens.has(token)) {
      throw new Failure(PaginationError, { ...context, problem: "repeatedToken", count: tokens.size + 1 });
    }
    if (token !== undefined) tokens.add(token);
  } while (token !== undefined);
}

/** The entries of a page. The SDK's types promise what the wire may break. */
function accountsIn({ Accounts: accounts }: Answer, context: ErrorContext): readonly (Account | null)[] {
  // An answer without the list, say "{}", must not pass for the last page.
  if (!Array.isArray(accounts)) throw badAnswer("it has no list of accounts", context);
  return accounts;
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

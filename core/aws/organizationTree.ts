import type { OrganizationsClient } from "@aws-sdk/client-organizations";
import { anySignal } from "./anySignal";
import { BadResponseError, type ErrorContext, Failure, ServiceError } from "../errors";
import type { OrganizationTree, TreeAccount } from "../status/organization";
import { clientConfig, type ClientLimits } from "./awsConnection";
import { awsText } from "./awsText";
import type { AwsCall } from "./callAws";
import { watchCredentials } from "./credentialsSource";
import { endPausesOnAbort } from "./retryPauses";
import { accountOf, managementAccountOf } from "./organizationAccounts";
import { pagesOf, type SendPage } from "./pages";
import type { AwsSettings } from "./settings";
import { limitConcurrency } from "./limitConcurrency";

const service = "AWS Organizations" as const;
/** Organizations throttles an organization as a whole, and others list it too. */
const concurrentCalls = 10;

/** Where a reading of the tree begins, and how far it goes. */
export interface TreeQuestion {
  /** Ids of roots and organizational units. Default: every root. */
  readonly parentIds?: readonly string[];
  /** True if the units inside are read too. */
  readonly recursive: boolean;
}

/**
 * Reads the organizational units and their accounts, many at a time. Needs `organizations:ListAccountsForParent`, for units
 * inside units `organizations:ListOrganizationalUnitsForParent`, and for all roots `organizations:ListRoots`.
 *
 * An account that moves from a unit that is not read yet to one that is would be in neither. So everything is read twice, one
 * after the other: an account is lost only if it moves so in each of the two rounds, and where it was read last is where it is.
 *
 * @throws A `Failure`; the signal's reason when it aborts.
 */
export async function readTree(
  settings: AwsSettings,
  limits: ClientLimits,
  call: Omit<AwsCall, "action" | "service">,
  question: TreeQuestion,
): Promise<OrganizationTree> {
  const client = new (sdk().OrganizationsClient)(clientConfig("organizations", settings, call.region, limits));
  watchCredentials(client);
  endPausesOnAbort(client);
  const ended = new AbortController();
  const reading = new Reading(client, { ...call, signal: anySignal([call.signal, ended.signal]) }, question);
  try {
    await reading.round();
    await reading.round();
    return reading.tree();
  } finally {
    // When one call fails, the others have nothing left to do.
    ended.abort();
    client.destroy();
  }
}

class Reading {
  readonly #client: OrganizationsClient;
  readonly #call: Omit<AwsCall, "action" | "service">;
  readonly #question: TreeQuestion;
  readonly #inTurn = limitConcurrency(concurrentCalls);
  readonly #units = new Map<string, { id: string; name?: string; parentId?: string }>();
  readonly #accounts = new Map<string, TreeAccount>();
  #managementAccountId: string | undefined;

  constructor(client: OrganizationsClient, call: Omit<AwsCall, "action" | "service">, question: TreeQuestion) {
    this.#client = client;
    this.#call = call;
    this.#question = question;
  }

  tree(): OrganizationTree {
    return {
      units: this.#units,
      accounts: this.#accounts,
      ...(this.#managementAccountId !== undefined && { managementAccountId: this.#managementAccountId }),
    };
  }

  async round(): Promise<void> {
    const walked = new Set<string>();
    const parents = this.#question.parentIds ?? (await this.#roots());
    await Promise.all(parents.map((id) => this.#walk(id, walked)));
  }

  async #walk(id: string, walked: Set<string>): Promise<void> {
    // One that was asked for may be inside another.
    if (walked.has(id)) return;
    walked.add(id);
    if (!this.#units.has(id)) this.#units.set(id, { id });
    await Promise.all([this.#readAccounts(id), ...(this.#question.recursive ? [this.#walkUnits(id, walked)] : [])]);
  }

  async #readAccounts(parentId: string): Promise<void> {
    const { ListAccountsForParentCommand } = sdk();
    const pages = this.#pages("organizations:ListAccountsForParent", "Accounts", (page, options) =>
      this.#client.send(new ListAccountsForParentCommand({ ParentId: parentId, ...page }), options),
    );
    for await (const { context, entries } of pages) {
      for (const entry of entries) {
        const account = accountOf(entry, context);
        this.#accounts.set(account.accountId, { ...account, parentId });
        this.#managementAccountId ??= managementAccountOf(entry);
      }
    }
  }

  /** The units of a page are walked while the next page is read. */
  async #walkUnits(parentId: string, walked: Set<string>): Promise<void> {
    const { ListOrganizationalUnitsForParentCommand } = sdk();
    const pages = this.#pages(
      "organizations:ListOrganizationalUnitsForParent",
      "OrganizationalUnits",
      (page, options) =>
        this.#client.send(new ListOrganizationalUnitsForParentCommand({ ParentId: parentId, ...page }), options),
    );
    const walks: Promise<void>[] = [];
    for await (const { context, entries } of pages) {
      for (const entry of entries) {
        const { Id: id, Name: name } = (entry ?? {}) as { readonly Id?: unknown; readonly Name?: unknown };
        if (typeof id !== "string" || !unitId.test(id)) throw badAnswer("an organizational unit has no id", context);
        const text = awsText(typeof name === "string" ? name : undefined);
        this.#units.set(id, { id, ...(text !== undefined && { name: text }), parentId });
        const walk = this.#walk(id, walked);
        // It is awaited below, after what may fail first.
        walk.catch(() => undefined);
        walks.push(walk);
      }
    }
    await Promise.all(walks);
  }

  async #roots(): Promise<string[]> {
    const { ListRootsCommand } = sdk();
    const ids: string[] = [];
    const pages = this.#pages("organizations:ListRoots", "Roots", (page, options) =>
      this.#client.send(new ListRootsCommand(page), options),
    );
    for await (const { context, entries } of pages) {
      for (const entry of entries) {
        const id = (entry as { readonly Id?: unknown } | null)?.Id;
        if (typeof id !== "string" || !/^r-[0-9a-z]{4,32}$/.test(id)) throw badAnswer("a root has no id", context);
        ids.push(id);
      }
    }
    const { packName, region } = this.#call;
    if (ids.length === 0) throw badAnswer("it lists no root", { packName, region, service });
    return ids;
  }

  #pages(action: string, list: string, send: SendPage): ReturnType<typeof pagesOf> {
    return pagesOf({ ...this.#call, action, service }, list, send, (page) =>
      this.#inTurn(page).catch((error: unknown) => {
        throw withNextStep(error);
      }),
    );
  }
}

const unitId = /^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/;

/** A unit that does not exist is a mistake in the arguments, or was deleted. */
function withNextStep(error: unknown): unknown {
  if (!(error instanceof Failure) || !error.is(ServiceError)) return error;
  if (error.context.code !== "ParentNotFoundException") return error;
  const nextStep =
    "Check the ids in organizationalUnits: an organizational unit may have been deleted, or belong to another organization.";
  return new Failure(ServiceError, { ...(error.context as { code: string } & ErrorContext), nextStep });
}

function badAnswer(what: string, context: ErrorContext): Failure {
  return new Failure(BadResponseError, { ...context, what });
}

// Loaded only where it is needed.
function sdk() {
  return require("@aws-sdk/client-organizations") as typeof import("@aws-sdk/client-organizations");
}

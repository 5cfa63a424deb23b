import { performance } from "node:perf_hooks";
import type { Account, OrganizationsClient } from "@aws-sdk/client-organizations";
import { type AwsCall, unlessAborted } from "./awsCall";
import { clientConfig, type ClientLimits } from "./awsConnection";
import { fromAwsError } from "./awsError";
import { awsText } from "./awsText";
import { identityKey } from "./credentials";
import { watchCredentials } from "./credentialsSource";
import { BadResponseError, type ErrorContext, type OrgConformanceError, RepeatedTokenError } from "../errors/errors";
import type { AwsSettings } from "./settings";
import type { Organization, OrganizationAccount } from "../status/organization";

const service = "AWS Organizations" as const;

/** An error that each lookup words for itself: with its pack and its region. */
type Failure = (where: Where) => OrgConformanceError;
type Where = Pick<ErrorContext, "packName" | "region" | "service">;

/** A reading that lookups share. */
interface Reading {
  readonly outcome: Promise<Organization | Failure>;
  readonly controller: AbortController;
  /** The lookups that wait for it. */
  waiting: number;
  /** By the clock that no one sets; `undefined` while it is being read, or when it has failed. */
  readAt?: number;
}

const readings = new Map<string, Reading>();
/** A process may live for days and run many updates: accounts come and go meanwhile. */
const maxAgeMs = 300_000;

/**
 * All accounts of the caller's organization. Needs `organizations:ListAccounts`; the pages have 20 accounts each, and
 * follow one after the other.
 *
 * They are read once an identity in this process, and again after five minutes. A reading that failed, or that no one
 * waits for any more, is not kept.
 *
 * @param isAnew - Reads them now, or waits for who does.
 * @throws A subclass of `OrgConformanceError`; the signal's reason when it aborts.
 */
export async function readOrganization(
  settings: AwsSettings,
  { maxAttempts, requestTimeoutSeconds }: ClientLimits,
  call: Omit<AwsCall, "action" | "service">,
  isAnew = false,
): Promise<Organization> {
  const limits = { maxAttempts, requestTimeoutSeconds };
  const key = identityKey(settings, limits);
  let reading = readings.get(key);
  if (!reading || (reading.readAt !== undefined && (isAnew || performance.now() - reading.readAt > maxAgeMs))) {
    reading = startReading(settings, limits, call.region);
    readings.set(key, reading);
  }
  reading.waiting += 1;
  try {
    const outcome = await unlessAborted(reading.outcome, call.signal);
    if (typeof outcome === "function") throw outcome({ packName: call.packName, region: call.region, service });
    return outcome;
  } finally {
    reading.waiting -= 1;
    if (reading.waiting === 0 && reading.readAt === undefined) {
      reading.controller.abort();
      if (readings.get(key) === reading) readings.delete(key);
    }
  }
}

function startReading(settings: AwsSettings, limits: ClientLimits, region: string): Reading {
  const controller = new AbortController();
  const outcome = readAccounts(settings, limits, region, controller.signal).then((outcome) => {
    if (typeof outcome !== "function") reading.readAt = performance.now();
    return outcome;
  });
  const reading: Reading = { outcome, controller, waiting: 0 };
  return reading;
}

async function readAccounts(
  settings: AwsSettings,
  limits: ClientLimits,
  region: string,
  abortSignal: AbortSignal,
): Promise<Organization | Failure> {
  // Loaded only where it is asked for: most programs do not, and each preview would pay for it.
  const { ListAccountsCommand, OrganizationsClient } =
    require("@aws-sdk/client-organizations") as typeof import("@aws-sdk/client-organizations");
  const accounts = new Map<string, OrganizationAccount>();
  const tokens = new Set<string>();
  let managementAccountId: string | undefined;
  let token: string | undefined;
  let client: OrganizationsClient | undefined;
  try {
    client = watchCredentials(new OrganizationsClient(clientConfig("organizations", settings, region, limits)));
    do {
      const response = await client.send(
        new ListAccountsCommand({ ...(token !== undefined && { NextToken: token }) }),
        {
          abortSignal,
        },
      );
      const { requestId } = response.$metadata;
      const bad =
        (what: string): Failure =>
        (where) =>
          new BadResponseError(what, { ...where, requestId });
      // An answer without the list, say "{}", must not pass for the last page.
      if (!Array.isArray(response.Accounts)) return bad("it has no list of accounts");
      for (const account of response.Accounts as (Account | null)[]) {
        if (typeof account?.Id !== "string" || !/^\d{12}$/.test(account.Id)) {
          return bad("an account's Id is not 12 digits");
        }
        const state: string | undefined = account.State ?? account.Status;
        if (!state) return bad("an account has neither State nor Status");
        const accountName = awsText(typeof account.Name === "string" ? account.Name : undefined);
        accounts.set(account.Id, {
          accountId: account.Id,
          ...(accountName !== undefined && { accountName }),
          isActive: !inactive.has(state),
        });
        managementAccountId ??= /^arn:[\w-]+:organizations::(\d{12}):account\//.exec(account.Arn ?? "")?.[1];
      }
      const next: unknown = response.NextToken ?? "";
      if (typeof next !== "string") return bad("its NextToken is not text");
      token = next || undefined;
      const pages = tokens.size + 1;
      if (token !== undefined && tokens.has(token)) {
        return (where) => new RepeatedTokenError(pages, { ...where, requestId });
      }
      if (token !== undefined) tokens.add(token);
    } while (token !== undefined);
  } catch (error) {
    return (where) => fromAwsError(error, "organizations:ListAccounts", where);
  } finally {
    client?.destroy();
  }
  // There is always the management account; without any, nobody would be missed.
  if (accounts.size === 0) return (where) => new BadResponseError("it lists no account", where);
  return { accounts, ...(managementAccountId !== undefined && { managementAccountId }) };
}

const inactive: ReadonlySet<string> = new Set(["CLOSED", "PENDING_ACTIVATION", "PENDING_CLOSURE", "SUSPENDED"]);

import type { OrganizationsClient } from "@aws-sdk/client-organizations";
import { performance } from "node:perf_hooks";
import { Failure, ServiceError } from "../errors";
import { anySignal } from "./anySignal";
import { clientConfig, type ClientLimits } from "./awsConnection";
import { awsText } from "./awsText";
import type { AwsCall } from "./callAws";
import { identityKey } from "./credentials";
import { watchCredentials } from "./credentialsSource";
import { pagesOf } from "./pages";
import { endPausesOnAbort } from "./retryPauses";
import type { AwsSettings } from "./settings";
import { limitConcurrency } from "./limitConcurrency";
import { unlessAborted } from "./unlessAborted";

const service = "AWS Organizations" as const;
/** The IAM action of the reading. */
export const accountTagsAction = "organizations:ListTagsForResource";
/** Organizations throttles an organization as a whole, and others read it too. */
const concurrentCalls = 10;
/** A process may live for days and run many updates. */
const maxAgeMs = 300_000;

/** A tag, and the accounts that may have it. */
export interface TagQuestion {
  /** The tag's key. */
  readonly key: string;
  /** 12 digits each. */
  readonly accountIds: readonly string[];
}

/** A tag of some accounts, as far as it could be read. */
export interface AccountTags {
  /** The values, sanitized, by account id. An account without the tag, or with an empty value, has none. */
  readonly values: ReadonlyMap<string, string>;
  /** Accounts that the organization does not have. */
  readonly unknown: readonly string[];
  /** Accounts that were not read. */
  readonly unread: readonly string[];
  /** Why the reading ended before its time: a `Failure`, an error of this package, or the signal's reason. */
  readonly failure?: unknown;
}

/** A tag that was read. Without a value: the account does not have it. */
interface ReadTag {
  readonly readAt: number;
  readonly value?: string | undefined;
  readonly isUnknown?: boolean;
}

/** The tags that one identity has read in this process. */
interface Known {
  readonly tags: Map<string, ReadTag>;
  /** One reading at a time: the next one finds what the accounts have in common. */
  readonly inTurn: ReturnType<typeof limitConcurrency>;
}

const knownBy = new Map<string, Known>();

/**
 * Reads a tag of some accounts, many at a time. Needs `organizations:ListTagsForResource`. An account is read once an
 * identity in this process, and again after five minutes.
 *
 * It never fails: the first failure ends the reading, and what is known by then is what there is.
 */
export async function readAccountTags(
  settings: AwsSettings,
  { maxAttempts, requestTimeoutSeconds }: ClientLimits,
  call: Omit<AwsCall, "action" | "service">,
  question: TagQuestion,
): Promise<AccountTags> {
  const limits = { maxAttempts, requestTimeoutSeconds };
  const key = identityKey(settings, limits, question.key);
  const known = knownBy.get(key) ?? { tags: new Map<string, ReadTag>(), inTurn: limitConcurrency(1) };
  knownBy.set(key, known);
  let failure: unknown;
  try {
    const reading = known.inTurn(() => readInto(known.tags, settings, limits, call, question));
    failure = await unlessAborted(reading, call.signal);
  } catch (error) {
    failure = error;
  }
  return tagsIn(known.tags, question, failure);
}

function tagsIn(tags: ReadonlyMap<string, ReadTag>, { accountIds }: TagQuestion, failure: unknown): AccountTags {
  const values = new Map<string, string>();
  for (const accountId of accountIds) {
    const value = tags.get(accountId)?.value;
    if (value !== undefined) values.set(accountId, value);
  }
  return {
    values,
    unknown: accountIds.filter((accountId) => tags.get(accountId)?.isUnknown),
    unread: accountIds.filter((accountId) => !tags.has(accountId)),
    ...(failure !== undefined && { failure }),
  };
}

/** Reads the accounts that are not known yet. Returns the failure that ended it, if one did. */
async function readInto(
  tags: Map<string, ReadTag>,
  settings: AwsSettings,
  limits: ClientLimits,
  call: Omit<AwsCall, "action" | "service">,
  { accountIds, key }: TagQuestion,
): Promise<unknown> {
  const wanted = accountIds.filter((accountId) => !isFresh(tags.get(accountId)));
  if (wanted.length === 0) return undefined;
  for (const accountId of wanted) tags.delete(accountId);
  const client = new (sdk().OrganizationsClient)(clientConfig("organizations", settings, call.region, limits));
  watchCredentials(client);
  endPausesOnAbort(client);
  const ended = new AbortController();
  const own = { ...call, signal: anySignal([call.signal, ended.signal]) };
  const inTurn = limitConcurrency(concurrentCalls);
  let failure: unknown;
  const read = async (accountId: string): Promise<void> => {
    if (failure !== undefined) return;
    try {
      const value = await valueOf(client, own, accountId, key);
      tags.set(accountId, { readAt: performance.now(), value });
    } catch (error) {
      if (isNotFound(error)) tags.set(accountId, { readAt: performance.now(), isUnknown: true });
      else {
        // The others would most likely fail in the same way: a permission, a rate.
        failure ??= error;
        ended.abort();
      }
    }
  };
  try {
    await Promise.all(wanted.map((accountId) => inTurn(() => read(accountId))));
    return failure;
  } finally {
    client.destroy();
  }
}

function isFresh(tag: ReadTag | undefined): boolean {
  return tag !== undefined && performance.now() - tag.readAt <= maxAgeMs;
}

/** The account left the organization, or never was in it. */
function isNotFound(error: unknown): boolean {
  return error instanceof Failure && error.is(ServiceError) && error.context.code === "TargetNotFoundException";
}

/** The value of the account's tag; `undefined` where it has none that can be shown. */
async function valueOf(
  client: OrganizationsClient,
  call: Omit<AwsCall, "action" | "service">,
  accountId: string,
  key: string,
): Promise<string | undefined> {
  const { ListTagsForResourceCommand } = sdk();
  const pages = pagesOf({ ...call, action: accountTagsAction, service }, "Tags", (page, options) =>
    client.send(new ListTagsForResourceCommand({ ResourceId: accountId, ...page }), options),
  );
  for await (const { entries } of pages) {
    for (const tag of entries as readonly ({ readonly Key?: unknown; readonly Value?: unknown } | null)[]) {
      if (tag?.Key === key) return awsText(typeof tag.Value === "string" ? tag.Value : undefined);
    }
  }
  return undefined;
}

// Loaded only where it is needed.
function sdk() {
  return require("@aws-sdk/client-organizations") as typeof import("@aws-sdk/client-organizations");
}

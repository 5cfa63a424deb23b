import {
  type ConfigServiceClient,
  DescribeOrganizationConformancePacksCommand,
  DescribeOrganizationConformancePackStatusesCommand,
} from "@aws-sdk/client-config-service";
import { BadResponseError, type ErrorContext, Failure, PaginationError } from "../errors";
import { awsStatus, awsText, awsTime } from "./awsText";
import { type AwsCall, callAws } from "./callAws";
import { nextTokenOf } from "./nextToken";

/** A pack that the caller sees in a region. */
export interface ListedPack {
  readonly name: string;
  readonly region: string;
  /** AWS's status of the whole pack, for example `CREATE_SUCCESSFUL`; absent when AWS does not say. */
  readonly status?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  /** ISO 8601, UTC. */
  readonly lastUpdateTime?: string;
}

/** The answers of both actions, as far as they are read here. The SDK's types promise what the wire may break. */
interface Answer {
  readonly NextToken?: unknown;
  readonly $metadata: { readonly requestId?: string | undefined };
}

const namesAction = "config:DescribeOrganizationConformancePacks";
const statusesAction = "config:DescribeOrganizationConformancePackStatuses";
/** The IAM actions that the list needs. */
export const listActions = [namesAction, statusesAction];

type Call = Pick<AwsCall, "region" | "signal">;

/**
 * Lists the organization conformance packs that the caller sees in one region, sorted by name. Needs
 * `listActions`.
 *
 * @throws A `Failure`; the signal's reason when it aborts.
 */
export async function listPacks(client: ConfigServiceClient, call: Call): Promise<readonly ListedPack[]> {
  const [names, statuses] = await Promise.all([packNames(client, call), packStatuses(client, call)]);
  return names.sort().map((name) => ({ name, region: call.region, ...statuses.get(name) }));
}

async function packNames(client: ConfigServiceClient, call: Call): Promise<string[]> {
  const names: string[] = [];
  const pages = pagesOf(call, namesAction, (NextToken, options) =>
    client.send(new DescribeOrganizationConformancePacksCommand({ NextToken, Limit: 100 }), options),
  );
  for await (const { answer, context } of pages) {
    for (const pack of entriesOf(answer.OrganizationConformancePacks, context)) {
      if (pack.OrganizationConformancePackName === undefined) throw nameless(context);
      names.push(awsText(pack.OrganizationConformancePackName) ?? "");
    }
  }
  return names;
}

async function packStatuses(
  client: ConfigServiceClient,
  call: Call,
): Promise<ReadonlyMap<string, Omit<ListedPack, "name" | "region">>> {
  const statuses = new Map<string, Omit<ListedPack, "name" | "region">>();
  const pages = pagesOf(call, statusesAction, (NextToken, options) =>
    client.send(new DescribeOrganizationConformancePackStatusesCommand({ NextToken, Limit: 100 }), options),
  );
  for await (const { answer, context } of pages) {
    for (const entry of entriesOf(answer.OrganizationConformancePackStatuses, context)) {
      const name = awsText(entry.OrganizationConformancePackName);
      if (name === undefined) throw nameless(context);
      const [status, errorCode, errorMessage] = [entry.Status, entry.ErrorCode, entry.ErrorMessage].map((text) =>
        awsText(typeof text === "string" ? text : undefined),
      );
      const lastUpdateTime = awsTime(entry.LastUpdateTime);
      statuses.set(name, {
        ...(status !== undefined && { status: awsStatus(status) }),
        ...(errorCode !== undefined && { errorCode }),
        ...(errorMessage !== undefined && { errorMessage }),
        ...(lastUpdateTime !== undefined && { lastUpdateTime }),
      });
    }
  }
  return statuses;
}

async function* pagesOf<Page extends Answer>(
  { region, signal }: Call,
  action: string,
  send: (token: string | undefined, options: { abortSignal?: AbortSignal }) => Promise<Page>,
): AsyncGenerator<{ readonly answer: Page; readonly context: ErrorContext }, void, undefined> {
  const tokens = new Set<string>();
  let token: string | undefined;
  do {
    const asked = token;
    const answer = await callAws({ packName: "", region, signal, action }, (options) => send(asked, options));
    const context = { packName: "", region, requestId: answer.$metadata.requestId };
    yield { answer, context };
    token = nextTokenOf(answer, context);
    if (token === undefined) return;
    if (tokens.has(token)) {
      throw new Failure(PaginationError, { ...context, problem: "repeatedToken", count: tokens.size + 1 });
    }
    tokens.add(token);
  } while (token);
}

function entriesOf<Entry>(entries: Entry[] | undefined, context: ErrorContext): Entry[] {
  // An answer without the list, say "{}", must not pass for one without packs.
  if (!Array.isArray(entries)) throw new Failure(BadResponseError, { ...context, what: "it has no list of packs" });
  return entries;
}

function nameless(context: ErrorContext): Failure {
  return new Failure(BadResponseError, { ...context, what: "a pack has no name" });
}

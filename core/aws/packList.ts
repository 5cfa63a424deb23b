import {
  type ConfigServiceClient,
  DescribeOrganizationConformancePackStatusesCommand,
  type OrganizationConformancePackStatus,
} from "@aws-sdk/client-config-service";
import { BadResponseError, Failure } from "../errors";
import { awsStatus, awsText, awsTime } from "./awsText";
import type { AwsCall } from "./callAws";
import { pagesOf } from "./pages";
import { packListAction, visiblePackNames } from "./visiblePackNames";

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

const statusesAction = "config:DescribeOrganizationConformancePackStatuses";
/** The IAM actions that the list needs. */
export const listActions = [packListAction, statusesAction];

type Call = Pick<AwsCall, "region" | "signal">;

/**
 * Lists the organization conformance packs that the caller sees in one region, sorted by name. Needs
 * `listActions`.
 *
 * @throws A `Failure`; the signal's reason when it aborts.
 */
export async function listPacks(client: ConfigServiceClient, call: Call): Promise<readonly ListedPack[]> {
  const [names, statuses] = await Promise.all([
    visiblePackNames(client, { packName: "", ...call }),
    packStatuses(client, call),
  ]);
  return names.toSorted().map((name) => ({ name, region: call.region, ...statuses.get(name) }));
}

async function packStatuses(
  client: ConfigServiceClient,
  call: Call,
): Promise<ReadonlyMap<string, Omit<ListedPack, "name" | "region">>> {
  const statuses = new Map<string, Omit<ListedPack, "name" | "region">>();
  const pages = pagesOf(
    { packName: "", ...call, action: statusesAction },
    "OrganizationConformancePackStatuses",
    (page, options) =>
      client.send(new DescribeOrganizationConformancePackStatusesCommand({ Limit: 100, ...page }), options),
  );
  for await (const { context, entries } of pages) {
    for (const each of entries) {
      const entry = (each ?? {}) as Partial<OrganizationConformancePackStatus>;
      const name = awsText(entry.OrganizationConformancePackName);
      if (name === undefined) throw new Failure(BadResponseError, { ...context, what: "a pack has no name" });
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

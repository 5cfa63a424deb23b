import { outcomeOf } from "../../core/status/detailedStatus";
import type { EmulatedMember } from "./emulatedMembers";
import type { Rollout, RolloutOperation } from "./rollout";

/** The settings that `PutOrganizationConformancePack` stores. */
export interface PackSettings {
  readonly deliveryS3Bucket?: string | undefined;
  readonly deliveryS3KeyPrefix?: string | undefined;
  readonly excludedAccounts?: readonly string[] | undefined;
  readonly inputParameters?: readonly unknown[] | undefined;
}

/** A pack as it is stored. */
export interface StoredPack {
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  readonly settings: PackSettings;
  readonly lastUpdateTime: Date;
  readonly operation: RolloutOperation;
  /** The rows at the end of the rollout, including excluded accounts: a later put may include them again. */
  readonly members: readonly EmulatedMember[];
  readonly rollout: Rollout;
  /** A status to answer instead of the one that follows from the rows. */
  readonly aggregate: string | undefined;
}

/** The status that `DescribeOrganizationConformancePackStatuses` answers for a pack. */
export function aggregateStatusOf({ aggregate, operation, rollout }: StoredPack): string {
  if (aggregate !== undefined) return aggregate;
  if (rollout.inProgress) return `${operation}_IN_PROGRESS`;
  const outcomes = new Set(rollout.rows.map(({ status }) => outcomeOf(status)));
  if (outcomes.has("failed")) return `${operation}_FAILED`;
  return outcomes.has("inProgress") ? `${operation}_IN_PROGRESS` : `${operation}_SUCCESSFUL`;
}

import type { EmulatedMembers } from "./organization/emulatedMembers";
import type { EmulatedOrganization } from "./organization/emulatedOrganization";
import type { EmulatedPack } from "./organization/emulatedPack";
import type { EmulatedRequest } from "./server/emulatedRequest";
import type { RateLimit } from "./server/tokenBucket";

/** The options of `startEmulator`. */
export interface EmulatorOptions {
  readonly packs?: readonly EmulatedPack[];
  /** The members of a pack that `PutOrganizationConformancePack` creates. Default: 10 healthy accounts. */
  readonly membersOfNewPacks?: EmulatedMembers;
  /**
   * The time that `PutOrganizationConformancePack` takes to reach all members, in milliseconds. They finish one after
   * another, evenly spread. Default 0: at once.
   */
  readonly rolloutMs?: number;
  /**
   * The organization. Only its management account and delegated administrators may read packs and accounts. Default:
   * the management account and every account that has a pack, and no caller is refused.
   */
  readonly organization?: EmulatedOrganization;
  /** The time that each answer takes, in milliseconds. Default 0. */
  readonly latencyMs?: number;
  /** The rate of requests that AWS Config takes in each region; it throttles the others. Default: all. */
  readonly rateLimit?: RateLimit;
  /** The IAM actions that callers have; any other is denied. Default: all. `sts:GetCallerIdentity` needs none. */
  readonly allowedActions?: readonly string[];
  /** Is called before each answer is made, so that you can change what AWS knows between two requests. */
  readonly onRequest?: (request: EmulatedRequest) => void;
  /** Default: a free port. */
  readonly port?: number;
}

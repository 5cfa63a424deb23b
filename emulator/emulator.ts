import type { Fault } from "./faults/fault";
import type { EmulatedMembers } from "./organization/emulatedMembers";
import type { EmulatedOrganization } from "./organization/emulatedOrganization";
import type { EmulatedRequest } from "./server/emulatedRequest";

/** A running emulator. */
export interface Emulator {
  /** For example `http://127.0.0.1:41234`. Use it as the endpoint of a client. */
  readonly endpoint: string;
  /** Every request so far, the oldest first. */
  readonly requests: readonly EmulatedRequest[];
  /** Replaces all members of a pack at once, which ends its rollout. */
  setMembers(packName: string, members: EmulatedMembers, region?: string): void;
  /**
   * Plans the members that a pack has once its next `PutOrganizationConformancePack` is rolled out. A plan is used
   * once. Without a plan, a pack keeps its members, and a new pack gets `membersOfNewPacks`.
   */
  planMembers(packName: string, members: EmulatedMembers, region?: string): void;
  /** Sets the aggregate status of a pack, whatever its rows are. With `undefined` it follows from the rows again. */
  setAggregate(packName: string, status: string | undefined, region?: string): void;
  /** Replaces the organization. */
  setOrganization(organization: EmulatedOrganization): void;
  /** Makes matching requests fail from now on. */
  injectFault(fault: Fault): void;
  /** Removes all faults. */
  clearFaults(): void;
  /** Closes the port and every connection. */
  stop(): Promise<void>;
}

import type { AccountOwners } from "./accountOwner";
import type { Judgement } from "./judgement";
import type { OrganizationalUnit } from "./organizationalUnit";

/** All member statuses of one organization conformance pack, and what they say. */
export interface PackStatus extends Judgement {
  /** The organization conformance pack's name. */
  readonly name: string;
  /** The regions of the lookup. */
  readonly regions: readonly string[];
  /**
   * The organizational units of the accounts in trouble, and those that these are in. Absent unless the lookup read them:
   * for `expectedAccounts` or exceptions of organizational units, or with `accountPaths`.
   */
  readonly organizationalUnits?: readonly OrganizationalUnit[];
  /** The owners of accounts that a cause or a message names. Absent unless the lookup read them (`ownerTag`). */
  readonly accountOwners?: AccountOwners;
}

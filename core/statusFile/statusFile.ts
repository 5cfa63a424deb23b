import type { AccountCounts } from "../gate/accountCounts";
import type { Cause } from "../gate/causes";
import type { GateDecision } from "../gate/decision";
import type { Toleration } from "../gate/tolerations";
import type { AccountOwners } from "../status/accountOwner";
import type { RegionStatus } from "../status/judgement";
import type { MemberCounts } from "../status/memberCounts";
import type { MemberStatus } from "../status/memberStatus";
import type { MissingAccount } from "../status/missingAccounts";
import type { Reason } from "../status/reasons";
import type { UnexpectedMember } from "../status/unexpectedMembers";
import type { Verdict } from "../status/verdict";
import type { ExitCode } from "./exitCodes";

export type { AccountCounts, Toleration };

/** `kind` of a status file. */
export const statusFileKind = "OrganizationConformancePackStatus";

/** `kind` of a list of status files in one document. */
export const statusFileListKind = "OrganizationConformancePackStatusList";

/** The version of the format. It grows when a reader of the previous one would misread a file; a new field does not count. */
export const statusFileVersion = 1;

/** The kinds of lookup that write a status file. */
export const lookupKinds = ["commandLine", "function", "gate", "requiredPacks", "wait"] as const;
/** The kind of lookup that wrote a status file. */
export type LookupKind = (typeof lookupKinds)[number];

/** The Pulumi run in which a lookup was made, as far as the process that made it knows. */
export interface PulumiRun {
  readonly project?: string;
  readonly stack?: string;
  readonly preview?: boolean;
}

/** A row or a missing account, and what covers it. */
type Tolerable<T> = T & {
  /** Present when it is in trouble and does not keep the gate closed. */
  readonly tolerated?: Toleration;
};

/** The part that every status file has. */
interface Header {
  readonly kind: typeof statusFileKind;
  readonly schemaVersion: typeof statusFileVersion;
  readonly tool: { readonly name: "pulumi-org-conformance"; readonly version: string };
  /** The time of the lookup: ISO 8601, UTC. */
  readonly lookedUpAt: string;
  readonly by: LookupKind;
  readonly run?: PulumiRun;
  /** The account that asked, 12 digits, where it is known. */
  readonly callerAccountId?: string;
  /** The organization conformance pack's name. */
  readonly name: string;
  /** The exit code of a command that ends with this status. 9: a wait ended before the pack had settled. */
  readonly exitCode: ExitCode;
}

/** A lookup that gave a status. */
export interface FoundStatus extends Header {
  readonly regions: readonly string[];
  /**
   * The accounts that had to be members: those of the `organization` or of some `organizationalUnits`, or the number of
   * accounts in the list; absent when none were expected.
   */
  readonly expected?: "organization" | "organizationalUnits" | number;
  /** The verdict before exceptions. */
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  /** The decision after exceptions: its verdict is `PASSED` when the gate opens. */
  readonly decision: GateDecision;
  readonly counts: { readonly accounts: AccountCounts; readonly rows: MemberCounts };
  readonly regionStatuses: readonly RegionStatus[];
  /** The owners of accounts that the file names; absent unless the lookup read them (`ownerTag`). */
  readonly accountOwners?: AccountOwners;
  /** The causes that keep the gate closed, without what exceptions and limits cover. */
  readonly causes: readonly Cause[];
  /** Rows that are in progress for too long; they are in `members`, too. */
  readonly stuck: readonly MemberStatus[];
  readonly missing: readonly Tolerable<MissingAccount>[];
  readonly unexpected: readonly UnexpectedMember[];
  /** Every row, sorted by account, then region. */
  readonly members: readonly Tolerable<MemberStatus>[];
}

/** A lookup that failed. */
export interface FailedLookupFile extends Header {
  /** The regions that were to be asked, where they are known. */
  readonly regions: readonly string[];
  readonly verdict: null;
  readonly error: {
    /** The name of the error's class, for example `AccessDeniedError`. */
    readonly class: string;
    /** The whole message, with the next step. */
    readonly message: string;
    readonly region?: string;
    readonly requestId?: string;
    readonly nextStep: string;
  };
}

/** One lookup of one pack as a JSON document: the only input of every rendering. */
export type StatusFile = FoundStatus | FailedLookupFile;

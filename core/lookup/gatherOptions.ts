import type { AwsSettings } from "../aws/settings";
import type { Tolerance } from "../gate/tolerance";

/** Options of a lookup: the way to AWS, the gate's exceptions, and the signal that stops it. */
export interface GatherOptions {
  readonly settings: AwsSettings;
  /** Stops the lookup; it then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The exceptions of the gate. A missing pack or an outage that they excuse is a reason against `PASSED`, not an error. The
   * status has the accounts in trouble of the organizational units that they name, and the owners of the accounts that they
   * leave are read first. Rows and verdict stay the same: `decide` applies them.
   */
  readonly tolerate?: Tolerance | undefined;
  /** The time by which `tolerate.unanswered` expires. Default: that of the call. */
  readonly now?: Date | undefined;
  /** Throws when one of several regions does not answer. Default: its silence is a reason against `PASSED`. */
  readonly requireEveryRegion?: boolean;
  /** Makes a pack that no region knows a reason against `PASSED`. Default: it is an error unless `tolerate` excuses it. */
  readonly noSuchPackIsReason?: boolean;
  /** Reads the organization now. Default: a reading of this process within the last five minutes is good enough. */
  readonly refreshOrganization?: boolean;
}

import type { AwsSettings } from "../aws/settings";
import type { Tolerance } from "../gate/tolerance";

/** Options of a lookup: the way to AWS, and the signal that stops it. */
export interface GatherOptions {
  readonly settings: AwsSettings;
  /** Stops the lookup; it then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Throw when one of several regions does not answer. Default: its silence is a reason against `PASSED`. */
  readonly everyRegion?: boolean;
  /** Makes a pack that no region knows a reason against `PASSED`. Default: it is an error. */
  readonly noSuchPackIsReason?: boolean;
  /**
   * Makes a pack for which AWS answers in no region a reason against `PASSED`. Default: it is an error. A refusal, such as
   * a denied access, always is.
   */
  readonly unansweredIsReason?: boolean;
  /** Organizational units that exceptions name: which accounts in trouble are in them becomes part of the status. */
  readonly unitIds?: readonly string[];
  /** The exceptions of the gate. The owners of accounts that keep it closed are read first. They change nothing else. */
  readonly tolerate?: Tolerance | undefined;
  /** Reads the organization now. Default: a reading of this process within the last five minutes is good enough. */
  readonly organizationAnew?: boolean;
}

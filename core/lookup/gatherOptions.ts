import type { AwsSettings } from "../aws/settings";

/** How a lookup reaches AWS, and how it is stopped. */
export interface GatherOptions {
  readonly settings: AwsSettings;
  /** Stops the lookup; it then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Throw when one of several regions does not answer. Default: its silence is a reason against `PASSED`. */
  readonly everyRegion?: boolean;
  /** Whether a pack that no region knows is a reason against `PASSED`. Default: it is an error. */
  readonly noSuchPackIsReason?: boolean;
  /**
   * Whether a pack for which AWS answers in no region is a reason against `PASSED`. Default: it is an error. A refusal, such
   * as a denied access, always is.
   */
  readonly unansweredIsReason?: boolean;
  /** Organizational units that exceptions name: which accounts in trouble are in them becomes part of the status. */
  readonly unitIds?: readonly string[];
  /** Whether the organization is read now. Default: what this process has read within five minutes is good enough. */
  readonly organizationAnew?: boolean;
}

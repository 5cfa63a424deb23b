import type { Judgement } from "./judgement";

/** All member statuses of one organization conformance pack, and what they say. */
export interface PackStatus extends Judgement {
  /** The organization conformance pack's name. */
  readonly name: string;
  /** The regions of the lookup. */
  readonly regions: readonly string[];
}

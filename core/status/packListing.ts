/** A doubt about a lookup of all packs: a pack may be left out. */
export type ListingProblemCode = "noPacks" | "regionWithoutPacks" | "regionUnlisted" | "packAppeared" | "packVanished";

/** A doubt about which packs there are: nothing that a status of one of them could say. */
export interface ListingProblem {
  /**
   * - `noPacks`: there is no pack to judge in any region.
   * - `regionWithoutPacks`: there is none in this region.
   * - `regionUnlisted`: the region did not list its packs, or refused to.
   * - `packAppeared`: a pack that came while the others were read, and was not looked up any more.
   * - `packVanished`: a pack that was gone when the others had been read.
   */
  readonly code: ListingProblemCode;
  /** The region that it is about; absent when it is about all. */
  readonly region?: string;
  readonly packName?: string;
  /** With `regionUnlisted`: set when AWS gave no answer; absent when it refused. */
  readonly isOutage?: boolean;
  /** A sentence. */
  readonly message: string;
  /** The next step: one or more sentences. */
  readonly nextStep: string;
}

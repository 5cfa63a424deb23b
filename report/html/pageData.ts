import type { Word } from "../stateWord";

/**
 * The data for the page's script: every row of one pack, packed. 10,000 accounts in 17 regions are 170,000 rows; written
 * out they are 39 MB. Types only: the script in `browser/` is compiled apart, without Node.js.
 */
export interface PageData {
  /** The columns of the table: the regions that answered. */
  readonly regions: readonly string[];
  /** Every different cell. */
  readonly cells: readonly Cell[];
  /** Every different line of cells: for each region a place in `cells`, or -1 where there is no row. */
  readonly lines: readonly (readonly number[])[];
  /** The accounts in the order of the table: those that need a look first. */
  readonly accounts: readonly PackedAccount[];
  /** The number of accounts that need a look. */
  readonly toLookAt: number;
  /** Milliseconds since 1970: what the packed times are counted from. */
  readonly epoch: number;
  /** The organizational units of accounts, where the causes name them. */
  readonly paths?: Readonly<Record<string, string>>;
  /** The owners of accounts, for the table. */
  readonly owners?: Readonly<Record<string, string>>;
  /** The status file without what the rows tell: `members`, `missing`, `stuck`, `unexpected`, accounts of `causes`. */
  readonly document: PackedDocument;
}

/** Id, name (empty if it is not known), place in `lines`, and the times of its rows: see `packedTimes`. */
export type PackedAccount = readonly [id: string, name: string, line: number, times?: string];

/** A status file as far as the script needs to know it. */
export interface PackedDocument {
  readonly name: string;
  readonly causes: readonly { readonly kind: string; readonly errorCode?: string }[];
}

/** One account in one region. */
export interface Cell {
  readonly word: Word;
  /** AWS's words and what covers the row, for the reader who points at the cell. */
  readonly title?: string;
  /** Places in the status file's `causes`. */
  readonly causes: readonly number[];
  /** Its row, without account, region and time. `errorMessage` has U+0000 for the account's id. */
  readonly row?: {
    readonly conformancePackName: string;
    readonly status: string;
    readonly errorCode?: string;
    readonly errorMessage?: string;
  };
  /** The toleration that covers the row. */
  readonly tolerated?: Covered;
  readonly stuck?: true;
  readonly missing?: { readonly cause: string; readonly tolerated?: Covered };
  /** The cause for which the row is unexpected. */
  readonly unexpected?: string;
}

/** The toleration of a row: `Toleration` of the status file. */
export interface Covered {
  readonly by: string;
  readonly reason?: string;
  readonly expires?: string;
}

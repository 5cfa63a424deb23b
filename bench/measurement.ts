import type { PulumiCommand } from "@pulumi/pulumi/automation";

/** In what a value is given. */
export type Unit = "ratio" | "seconds" | "bytes" | "megabytes" | "count";

/** What a value must be. */
export type Limit = { readonly most: number } | { readonly below: number } | { readonly least: number };

/** One line of the results. */
export interface Measurement {
  readonly what: string;
  readonly unit: Unit;
  readonly value: number;
  /** Without one, the value is only reported. */
  readonly limit?: Limit;
  /** How many times everything was run. */
  readonly runs: number;
  /** What the value is made of. */
  readonly detail: string;
}

/** What a case found. */
export interface CaseResult {
  readonly measurements: readonly Measurement[];
  /** What stands under the table. */
  readonly notes?: readonly string[];
}

/** What a case is run with. */
export interface Bench {
  /** How many runs instead of `full`: all of them, or fewer with `--quick`. */
  readonly runs: (full: number) => number;
  readonly pulumi: PulumiCommand;
}

/** Measures something that has a limit. */
export type BenchCase = (bench: Bench) => Promise<CaseResult>;

/** Whether a measurement is within its limit. */
export function holds({ limit, value }: Measurement): boolean {
  if (!limit) return true;
  if ("most" in limit) return value <= limit.most;
  return "below" in limit ? value < limit.below : value >= limit.least;
}

/** Ends a case whose subject did not do its work: its time says nothing then. */
export function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(`The benchmark expected that ${what}. It is not so.`);
}

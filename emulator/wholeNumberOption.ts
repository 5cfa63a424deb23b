import { quoted } from "../core/checks/quoted";

/** The bounds of an option's number. */
export interface NumberBounds {
  readonly min: number;
  readonly max: number;
  /** The name of the upper bound in messages. Default: the number. */
  readonly maxName?: string;
}

/**
 * The whole number that a command-line option has.
 *
 * @throws `RangeError` that names the option
 */
export function wholeNumberOption(
  option: string,
  given: string,
  { min, max, maxName = String(max) }: NumberBounds,
): number {
  if (!/^\d{1,7}$/.test(given) || Number(given) < min || Number(given) > max) {
    throw new RangeError(`--${option}: ${quoted(given)} is not a whole number from ${String(min)} to ${maxName}.`);
  }
  return Number(given);
}

import type { Check } from "../checks/check";
import type { Problem } from "../checks/problem";
import { quoted } from "../checks/quoted";

/** Reads the text of one setting: its value, or the mistakes in it. */
export type SettingReader<T> = (text: string, key: string) => SettingValue<T>;

export interface SettingValue<T> {
  /** Absent when there are mistakes. */
  readonly value?: T;
  readonly problems: readonly Problem[];
}

/** Any text. */
export const anyText: SettingReader<string> = (value) => ({ value, problems: [] });

/** A text that is checked as it is, or once it is parsed. */
export function parsed<T>(check: Check, parse: (text: string) => unknown = (text) => text): SettingReader<T> {
  return (text, key) => {
    const value = parse(text);
    const problems = check(value, key);
    return problems.length > 0 ? { problems } : { value: value as T, problems };
  };
}

/** Objects and lists, which Pulumi hands out as JSON text. */
export function json<T>(
  check: Check,
  {
    use = (value: never): T => value,
    isSecret = false,
  }: {
    /** The value as it is used, once it is checked. Default: as it is. */
    readonly use?: (value: never) => T;
    /** Set if an error must not quote the text. */
    readonly isSecret?: boolean;
  } = {},
): SettingReader<T> {
  return (text, key) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return { problems: [{ property: key, reason: `${isSecret ? "It" : quoted(text)} is not JSON.` }] };
    }
    const problems = check(value, key);
    return problems.length > 0 ? { problems } : { value: use(value as never), problems };
  };
}

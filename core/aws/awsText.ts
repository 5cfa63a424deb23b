import { quoted } from "../checks/quoted";
import { sanitize } from "../text/sanitize";

/**
 * A text from AWS, sanitized in its whole length; `undefined` where there is none. It is sanitized where it is read,
 * since it goes further than the reports: the Pulumi CLI prints what is in state and in a program's outputs.
 */
export function awsText(text: string | undefined): string | undefined {
  return text === undefined ? undefined : sanitize(text, Infinity) || undefined;
}

/**
 * A time as the SDK reads it, as ISO 8601, UTC; `undefined` for what is none. Times are compared as text, which goes for
 * years of four digits only.
 */
export function awsTime(time: unknown): string | undefined {
  if (!(time instanceof Date)) return undefined;
  const ms = time.getTime();
  return ms >= yearZero && ms < yearTenThousand ? time.toISOString() : undefined;
}

const yearZero = Date.parse("0000-01-01T00:00:00Z");
const yearTenThousand = Date.parse("+010000-01-01T00:00:00Z");

/**
 * A status as AWS says it. What is no plain word is quoted, with what cannot be seen spelled out: nothing is taken out
 * of a status that no one knows, or it could become one that is known.
 */
export function awsStatus(status: string): string {
  return /^\w+$/.test(status) ? status : quoted(status);
}

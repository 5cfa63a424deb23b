/** The end of a day as `YYYY-MM-DD`, UTC, in milliseconds; `undefined` when there is no such day. */
export function lastMoment(day: string): number | undefined {
  const start = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`) : undefined;
  // 30 February would become 1 March.
  if (!start || Number.isNaN(start.getTime()) || start.toISOString().slice(0, 10) !== day) return undefined;
  return start.getTime() + 86_400_000 - 1;
}

/** True after the last day of an exception. */
export function isExpired(expires: string | undefined, now: Date): boolean {
  // By an invalid time, everything has expired.
  return expires !== undefined && !(now.getTime() <= (lastMoment(expires) ?? 0));
}

/** The form of a moment: `YYYY-MM-DDThh:mm[:ss[.sss]]Z`. */
export const momentPattern = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?Z$/;

/** A moment as `YYYY-MM-DDThh:mm[:ss[.sss]]Z`, in milliseconds; `undefined` when there is no such moment. */
export function momentOf(text: string): number | undefined {
  const [, day = "", hours, minutes, seconds = "00"] = momentPattern.exec(text) ?? [];
  const isOnClock = Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60;
  return lastMoment(day) !== undefined && isOnClock ? Date.parse(text) : undefined;
}

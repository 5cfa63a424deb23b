/** A time for people: `2026-11-26 17:03 UTC`. What is no ISO time in UTC is shown as it is. */
export function timeText(time: string): string {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*Z$/.exec(time);
  return parts ? `${parts[1] ?? ""} ${parts[2] ?? ""} UTC` : time;
}

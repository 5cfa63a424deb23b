/** A timestamp of the JSON protocol: seconds since 1970, with milliseconds as a fraction. */
export function timestamp(time: Date): number {
  return time.getTime() / 1_000;
}

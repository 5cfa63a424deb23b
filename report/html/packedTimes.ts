/** Times as one text: the milliseconds since `epoch` in base 36, one after the other. Empty without any time. */
export function packedTimes(times: readonly (string | undefined)[], epoch: number): string {
  if (times.every((time) => time === undefined)) return "";
  const packed = times.map((time) => {
    if (time === undefined) return "";
    const milliseconds = Date.parse(time);
    const isPlain = !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === time;
    return isPlain ? (milliseconds - epoch).toString(36) : `=${encodeURIComponent(time)}`;
  });
  const [first] = packed;
  // A rollout that reached all regions at once, or a region alone.
  return packed.every((time) => time === first) ? `*${first ?? ""}` : packed.join();
}

/** The times again. */
export function unpackTimes(packed: string, epoch: number, count: number): readonly (string | undefined)[] {
  const times = packed.startsWith("*") ? new Array<string>(count).fill(packed.slice(1)) : packed.split(",");
  return times.map((time) => {
    if (time === "") return undefined;
    if (time.startsWith("=")) return decodeURIComponent(time.slice(1));
    return new Date(Number.parseInt(time, 36) + epoch).toISOString();
  });
}

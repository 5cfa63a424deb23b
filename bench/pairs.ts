/**
 * Runs the subjects in turns, A B A B …, so that what disturbs the machine disturbs all of them. A first turn warms
 * up and is not counted.
 *
 * @returns The times of each, in milliseconds, one for each turn.
 */
export async function alternate<Subject extends string>(
  runs: number,
  subjects: Readonly<Record<Subject, () => Promise<number>>>,
): Promise<Record<Subject, number[]>> {
  const entries = Object.entries(subjects) as [Subject, () => Promise<number>][];
  const times = Object.fromEntries(entries.map(([name]) => [name, [] as number[]])) as Record<Subject, number[]>;
  for (let turn = 0; turn <= runs; turn += 1) {
    for (const [name, run] of entries) {
      const milliseconds = await run();
      if (turn > 0) times[name].push(milliseconds);
    }
  }
  return times;
}

/** The median of the ratios of the turns: a turn's two times have met the same machine. */
export function medianRatio(times: readonly number[], others: readonly number[]): number {
  return median(times.map((time, turn) => time / (others[turn] ?? NaN)));
}

/** The median of the differences of the turns. */
export function medianDifference(times: readonly number[], others: readonly number[]): number {
  return median(times.map((time, turn) => time - (others[turn] ?? NaN)));
}

/** The one in the middle, or the mean of the two there. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}

/** For people: `2.345 s (2.301 to 2.400)`, the median with the least and the most. */
export function spread(times: readonly number[]): string {
  const seconds = (time: number): string => (time / 1_000).toFixed(3);
  return `${seconds(median(times))} s (${seconds(Math.min(...times))} to ${seconds(Math.max(...times))})`;
}

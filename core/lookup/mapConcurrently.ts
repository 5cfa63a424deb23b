import { limitConcurrency } from "../aws/limitConcurrency";

/** The results of `task` for each item, in their order; at most `limit` tasks run at the same time. */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  limit: number,
  task: (item: T) => Promise<R>,
): Promise<R[]> {
  const limited = limitConcurrency(limit);
  return Promise.all(items.map((item) => limited(() => task(item))));
}

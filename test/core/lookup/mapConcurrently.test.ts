import { setTimeout } from "node:timers/promises";
import { mapConcurrently } from "../../../core/lookup/mapConcurrently";

test("the results are in the order of the items, whichever task ends first", async () => {
  const doubled = await mapConcurrently([3, 1, 2], 3, async (item) => setTimeout(item, 2 * item));
  expect(doubled).toEqual([6, 2, 4]);
  expect(await mapConcurrently([], 3, () => Promise.resolve(1))).toEqual([]);
});

test("no more tasks run at a time than the limit", async () => {
  let under = 0;
  let most = 0;
  await mapConcurrently([1, 2, 3, 4, 5], 2, async () => {
    most = Math.max(most, (under += 1));
    await setTimeout(1);
    under -= 1;
  });
  expect(most).toBe(2);
});

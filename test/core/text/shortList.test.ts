import { shortList } from "../../../core/text/shortList";

test.each<[entries: readonly string[], text: string]>([
  [[], ""],
  [["a"], "a"],
  [["a", "b"], "a, b"],
  [["a", "b", "c"], "a, b and 1 more"],
  [["a", "b", "c", "d"], "a, b and 2 more"],
])("two entries of %j are shown, and the others counted", (entries, text) => {
  expect(shortList(entries, 2)).toBe(text);
});

test("an entry has the text that is made of it", () => {
  expect(shortList([{ id: 1 }, { id: 2 }, { id: 3 }], 2, ({ id }) => `"${String(id)}"`)).toBe('"1", "2" and 1 more');
});

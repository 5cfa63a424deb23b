import { noticeLines } from "../../../core/gate/noticeLines";

const notices = (count: number): string[] => Array.from({ length: count }, (_, index) => `notice ${String(index + 1)}`);

test.each([1, 20])("%d notices are a line each", (count) => {
  expect(noticeLines(notices(count)).split("\n")).toEqual(notices(count));
});

test.each([
  [21, "and 1 more notice"],
  [23, "and 3 more notices"],
])("of %d notices, those after the 20th are counted", (count, says) => {
  expect(noticeLines(notices(count)).split("\n")).toEqual([...notices(20), says]);
});

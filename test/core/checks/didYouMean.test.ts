import { didYouMean } from "../../../core/checks/didYouMean";

const words = ["regions", "accountIds", "durationSeconds", "statuses"];

test.each<[given: string, meant: string | undefined]>([
  ["region", "regions"],
  ["REGIONS", "regions"],
  ["accountids", "accountIds"],
  ["acountid", "accountIds"],
  ["duration", "durationSeconds"],
  ["allstatusesthatthereare", "statuses"],
  // Two letters of a short word, a third of a long one.
  ["status", "statuses"],
  ["statusxyz", "statuses"],
  ["unrelated", undefined],
  ["on", undefined],
  ["", undefined],
])("of %j it asks whether %p was meant", (given, meant) => {
  expect(didYouMean(given, words)).toBe(meant === undefined ? "" : ` Did you mean "${meant}"?`);
});

test("without words it asks nothing", () => {
  expect(didYouMean("regions", [])).toBe("");
});

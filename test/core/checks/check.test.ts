import { type Check, integer, list, record, text } from "../../../core/checks/check";

const word = text(/^\w+$/, "a word");
const exception = record({ id: word, tags: list(word, 5) }, ["id"]);

describe("a list", () => {
  const twice = (index: number) => [
    { property: `list[${String(index)}]`, reason: expect.stringContaining("is listed twice.") as string },
  ];

  test.each<[what: string, element: Check, entries: unknown[], at: number]>([
    ["texts", word, ["a", "b", "a"], 2],
    ["numbers", integer(0, 9), [1, 1], 1],
    ["objects", exception, [{ id: "a" }, { id: "a" }], 1],
    [
      "objects whose keys have another order",
      exception,
      [
        { id: "a", tags: ["b"] },
        { tags: ["b"], id: "a" },
      ],
      1,
    ],
    ["an object with an undefined value", exception, [{ id: "a" }, { id: "a", tags: undefined }], 1],
  ])("takes %s once, by value", (_what, element, entries, at) => {
    expect(list(element, 10)(entries, "list")).toEqual(twice(at));
  });

  test.each<[what: string, entries: unknown[]]>([
    ["another value", [{ id: "a" }, { id: "b" }]],
    [
      "another list inside",
      [
        { id: "a", tags: ["b", "c"] },
        { id: "a", tags: ["c", "b"] },
      ],
    ],
  ])("takes objects that differ in %s", (_what, entries) => {
    expect(list(exception, 10)(entries, "list")).toEqual([]);
  });

  test("finds the one repeated entry among 10,000 objects", () => {
    const entries = Array.from({ length: 10_000 }, (_, index) => ({ id: String(index % 9_999), tags: ["a", "b"] }));
    expect(list(exception, 10_000)(entries, "list").map(({ property }) => property)).toEqual(["list[9999]"]);
  });

  test("reports the first ten mistakes, and counts the others at the next entry", () => {
    const problems = list(word, 50_000)(Array<string>(50_000).fill("?"), "list");
    expect(problems).toHaveLength(11);
    expect(problems[9]).toEqual({ property: "list[9]", reason: '"?" is not a word.' });
    expect(problems[10]).toEqual({ property: "list[10]", reason: "49990 more mistakes from here on." });
  });
});

import { accountIdCheck, regionCheck, roleArnCheck, unitIdCheck } from "../../../core/checks/awsChecks";
import {
  amount,
  boolean,
  type Check,
  either,
  entryProblems,
  integer,
  list,
  mapOf,
  oneOf,
  record,
  schemaOf,
  text,
} from "../../../core/checks/check";

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

test.each<[check: string, refuses: Check, value: unknown, reason: string | undefined]>([
  ["a text", word, "a", undefined],
  ["a text", word, "a b", '"a b" is not a word.'],
  ["a text", word, 7, "7 is not a word."],
  ["an integer", integer(2, 4), 1, "1 is not a whole number from 2 to 4."],
  ["an integer", integer(2, 4), 2, undefined],
  ["an integer", integer(2, 4), 4, undefined],
  ["an integer", integer(2, 4), 5, "5 is not a whole number from 2 to 4."],
  ["an integer", integer(2, 4), 2.5, "2.5 is not a whole number from 2 to 4."],
  ["an integer", integer(2, 4), "3", '"3" is not a whole number from 2 to 4.'],
  ["an amount", amount("minutes", 9), 0, "0 is not a number of minutes above 0, up to 9."],
  ["an amount", amount("minutes", 9), 0.5, undefined],
  ["an amount", amount("minutes", 9), 9, undefined],
  ["an amount", amount("minutes", 9), 9.1, "9.1 is not a number of minutes above 0, up to 9."],
  ["an amount", amount("minutes", 9), "5", '"5" is not a number of minutes above 0, up to 9.'],
  ["a boolean", boolean, false, undefined],
  ["a boolean", boolean, 0, "0 is not true or false."],
  ["a word of some", oneOf(["allow", "refuse"]), "allow", undefined],
  ["a word of some", oneOf(["allow", "refuse"]), "alow", '"alow" is not one of allow, refuse. Did you mean "allow"?'],
  ["a word of some", oneOf(["allow", "refuse"]), ["allow"], "A list of 1 entry is not one of allow, refuse."],
  ["either", either((value) => value === 0, boolean, integer(1, 2)), 0, "0 is not true or false."],
  ["either", either((value) => value === 0, boolean, integer(1, 2)), 3, "3 is not a whole number from 1 to 2."],
  ["a list", list(word, 2), [], "The list has 0 entries; 1 to 2 are allowed."],
  ["a list", list(word, 2, 2), ["a"], "The list has 1 entry; 2 to 2 are allowed."],
  ["a list", list(word, 2), ["a", "b"], undefined],
  ["a list", list(word, 2), ["a", "b", "c"], "The list has 3 entries; 1 to 2 are allowed."],
  ["a list", list(word, 2), "a", '"a" is not a list of 1 to 2 entries.'],
  ["a map", mapOf(word, word, 2), { a: "b", c: "d" }, undefined],
  ["a map", mapOf(word, word, 2), { a: "b", c: "d", e: "f" }, "It has 3 entries; up to 2 are allowed."],
  ["a map", mapOf(word, word, 2), "a", '"a" is not an object.'],
  ["a record", exception, [], "A list of 0 entries is not an object with id, tags."],
  ["a region", regionCheck, "us-gov-west-1", undefined],
  ["a region", regionCheck, "us-east-123", '"us-east-123" is not a region, such as "us-east-1".'],
  ["a region", regionCheck, "Us-east-1", '"Us-east-1" is not a region, such as "us-east-1".'],
  ["a role", roleArnCheck, "arn:aws:iam::222222222222:role/path/reader", undefined],
  ["a role", roleArnCheck, "arn:aws:iam::22222222222:role/reader", /^".*" is not a role's ARN\.$/.source],
  ["a role", roleArnCheck, "xarn:aws:iam::222222222222:role/reader", /^".*" is not a role's ARN\.$/.source],
  ["a unit", unitIdCheck, "r-ab12", undefined],
  ["a unit", unitIdCheck, `r-${"a".repeat(32)}`, undefined],
  ["a unit", unitIdCheck, "ou-ab12-cd34ef56", undefined],
  ["a unit", unitIdCheck, `ou-${"a".repeat(32)}-${"9".repeat(32)}`, undefined],
  ...[
    "r-ab1",
    "r-AB12",
    "xr-ab12",
    "r-ab12\n",
    `r-${"a".repeat(33)}`,
    "ou-ab1-cd34ef56",
    "ou-AB12-cd34ef56",
    "ou-ab12-cd34ef5",
    "ou-ab12-CD34EF56",
    "ou-ab12-cd34ef56-",
  ].map((id): [string, Check, unknown, string] => [
    "a unit",
    unitIdCheck,
    id,
    `${JSON.stringify(id)} is not the id of an organizational unit or a root, such as "ou-ab12-cd34ef56" or "r-ab12".`,
  ]),
  ["an account", accountIdCheck, "1".repeat(12), undefined],
  ["an account", accountIdCheck, "1".repeat(13), `"${"1".repeat(13)}" is not an account id: a text of 12 digits.`],
  [
    "an account",
    accountIdCheck,
    7,
    "7 is a number. Put the account id in quotes, all 12 digits of it: a number loses leading zeros.",
  ],
  [
    "an account",
    accountIdCheck,
    7n,
    "7n is a number. Put the account id in quotes, all 12 digits of it: a number loses leading zeros.",
  ],
])("the check of %s is right about %#", (_check, check, value, reason) => {
  const problems = check(value, "it");
  if (reason === undefined) expect(problems).toEqual([]);
  else if (reason.startsWith("^")) {
    expect(problems).toEqual([{ property: "it", reason: expect.stringMatching(reason) as string }]);
  } else expect(problems).toEqual([{ property: "it", reason }]);
});

test("a record reports what is missing, what is wrong and what is unknown, each at its own path", () => {
  expect(exception({ tags: ["?"], it: 1, unset: undefined }, "entry")).toEqual([
    { property: "entry.id", reason: "It is required: a word." },
    { property: "entry.tags[0]", reason: '"?" is not a word.' },
    { property: "entry.it", reason: 'There is no such argument. Did you mean "id"? There are: id, tags.' },
  ]);
  expect(exception({ id: "a", tags: undefined }, "entry")).toEqual([]);
});

test("entries without a prefix are named by their keys, and unknown keys are sanitized", () => {
  expect(entryProblems({ id: "?", "\u001b[31mx": 1, toString: 1 }, { id: word })).toEqual([
    { property: "id", reason: '"?" is not a word.' },
    { property: "x", reason: expect.stringContaining("There are: id.") as string },
    { property: "toString", reason: expect.stringContaining("There are: id.") as string },
  ]);
});

test("a hole in a list is an entry, and ten mistakes are reported without a count", () => {
  expect(list(word, 5)(Array<string>(1).concat("a"), "list")).toEqual([
    { property: "list[0]", reason: "undefined is not a word." },
  ]);
  expect(list(word, 50)(Array<string>(10).fill("?"), "list")).toHaveLength(10);
  expect(list(word, 50)(Array<string>(11).fill("?"), "list").at(-1)).toEqual({
    property: "list[10]",
    reason: "1 more mistake from here on.",
  });
});

test("a mistake in a map is at its key, of the key as of the value", () => {
  const problems = mapOf(word, word, 2)({ "a b": "c", d: "?" }, "it");
  expect(problems.map(({ property }) => property)).toEqual(["it.a b", "it.d"]);
});

test("a check without a JSON Schema can't be published", () => {
  expect(() => schemaOf(() => [])).toThrow("This check has no JSON Schema");
});

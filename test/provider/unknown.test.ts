import { findProblems } from "../../core/status/packStatusChecks";
import { gateInputChecks } from "../../provider/gateInputs";
import { containsUnknown, quoteUnknown, unknownText, withoutUnknown } from "../../provider/unknown";

/** The engine's texts for values that are not known until the update, one for each type. */
const unknowns = [
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

const name = "baseline";
const id = "111111111111";
const problemsOf = (args: object): readonly string[] =>
  withoutUnknown(findProblems(args, gateInputChecks), args).map(({ property }) => property);

test.each<[args: object]>([
  [{ name: unknownText }],
  [{ name, regions: unknownText }],
  [{ name, regions: ["us-east-1", unknownText, unknownText] }],
  [{ name, accountIds: Array<string>(20).fill(unknownText) }],
  [{ name, accountIds: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2" }],
  [{ name, pageSize: "3eeb2bf0-c639-47a8-9e75-3b44932eb421" }],
  [{ name, expectedAccounts: unknownText, excludedAccounts: [id] }],
  [{ name, expectedAccounts: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", excludedAccounts: [id] }],
  [{ name, assumeRole: { roleArn: unknownText } }],
  [{ name, assumeRole: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff" }],
  [{ name, aggregate: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7" }],
  [{ name, tolerate: { accounts: [{ accountId: unknownText, reason: unknownText, expires: unknownText }] } }],
  [{ name, waitForSettled: { pollSeconds: unknownText } }],
  [{ name, region: unknownText }],
])("an unknown value is no mistake: %j", (args) => {
  expect(problemsOf(args)).toEqual([]);
  expect(containsUnknown(args)).toBe(true);
});

test.each<[args: object, properties: string[]]>([
  [{ regions: unknownText }, ["name"]],
  [{ name: unknownText, pageSize: 0 }, ["pageSize"]],
  [{ name, accountIds: [unknownText, "1"] }, ["accountIds[1]"]],
  [{ name, region: [unknownText] }, ["region"]],
  [{ name, tolerate: { accounts: [{ accountId: unknownText }] } }, ["tolerate.accounts[0].reason"]],
  [{ name: unknownText, excludedAccounts: [id] }, ["excludedAccounts"]],
])("a mistake beside an unknown value is reported: %j", (args, properties) => {
  expect(problemsOf(args)).toEqual(properties);
});

test.each(unknowns)("%s from elsewhere is quoted, at any depth", (text) => {
  expect(containsUnknown({ rows: [{ text }] })).toBe(true);
  expect(quoteUnknown({ rows: [{ text }], other: 1 })).toEqual({ rows: [{ text: `"${text}"` }], other: 1 });
});

test("a value without one is not copied", () => {
  const value = { rows: [{ text: `${unknownText} and more` }] };
  expect(quoteUnknown(value)).toBe(value);
});

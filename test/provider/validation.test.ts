import { containsUnknown, findProblems, packStatusChecks, shown } from "../../provider/validation";
import { harm } from "./hostileText";

const name = "security-baseline";
const id = "111111111111";

type Case = [args: unknown, property: string, says: string];

test.each<Case>([
  [undefined, "args", "undefined is not an object with a name."],
  [null, "args", "null is not an object"],
  ["security-baseline", "args", '"security-baseline" is not an object'],
  [[name], "args", "is not an object"],
  [{}, "name", "It is required"],
  [{ name: undefined }, "name", "It is required"],
  [{ name: null }, "name", "null is not an organization conformance pack's name: 1 to 128"],
  [{ name: "" }, "name", '"" is not'],
  [{ name: 7 }, "name", "7 is not"],
  [{ name: "1st" }, "name", '"1st" is not'],
  [{ name: "-a" }, "name", '"-a" is not'],
  [{ name: "snake_case" }, "name", '"snake_case" is not'],
  [{ name: "two words" }, "name", '"two words" is not'],
  [{ name: "line\n" }, "name", '"line\\n" is not'],
  [{ name: "größe" }, "name", '"größe" is not'],
  [{ name: "a".repeat(129) }, "name", "more characters"],
  [{ name: { id: name } }, "name", "{ id: 'security-baseline' } is not"],
  [{ name: { __pulumiOutput: true } }, "name", "An Output (getOrganizationConformancePackStatusOutput takes those)"],
  [{ name, regions: "us-east-1" }, "regions", '"us-east-1" is not a list of 1 to 50 entries.'],
  [{ name, regions: null }, "regions", "null is not a list"],
  [{ name, regions: [] }, "regions", "A list of 0 is not"],
  [{ name, regions: Array<string>(51).fill("us-east-1") }, "regions", "A list of 51 is not"],
  [{ name, regions: ["us-east-1", "us-east-1"] }, "regions[1]", '"us-east-1" is listed twice.'],
  [{ name, regions: ["US-EAST-1"] }, "regions[0]", '"US-EAST-1" is not a region, such as "us-east-1".'],
  [{ name, regions: ["us-east-1", "us-east-1a"] }, "regions[1]", '"us-east-1a" is not'],
  [{ name, regions: ["us-east"] }, "regions[0]", '"us-east" is not'],
  [{ name, regions: ["evil.example/us-east-1"] }, "regions[0]", "is not a region"],
  [{ name, regions: [null] }, "regions[0]", "null is not a region"],
  [{ name, accountIds: id }, "accountIds", `"${id}" is not a list of 1 to 50000 entries.`],
  [{ name, accountIds: [] }, "accountIds", "A list of 0 is not"],
  [{ name, accountIds: [111111111111] }, "accountIds[0]", "111111111111 is not an account id: a text of 12 digits."],
  [{ name, accountIds: ["1"] }, "accountIds[0]", '"1" is not an account id'],
  [{ name, accountIds: [id, "1111-1111-1111"] }, "accountIds[1]", '"1111-1111-1111" is not'],
  [{ name, accountIds: ["१११११११११११११"] }, "accountIds[0]", "is not an account id"],
  [{ name, accountIds: [id, id] }, "accountIds[1]", `"${id}" is listed twice.`],
  [{ name, accountIds: [`${id}\n`] }, "accountIds[0]", "is not an account id"],
  [{ name, expectedAccounts: "organisation" }, "expectedAccounts", '"organisation" is not'],
  [{ name, expectedAccounts: [[id]] }, "expectedAccounts[0]", "is not an account id"],
  [{ name, expectedAccounts: [id], accountIds: [id] }, "expectedAccounts", "drop one of the two"],
  [{ name, expectedAccounts: [id], statuses: ["CREATE_FAILED"] }, "expectedAccounts", "drop one of the two"],
  [{ name, statuses: "CREATE_FAILED" }, "statuses", '"CREATE_FAILED" is not a list of 1 to 9 entries.'],
  [{ name, statuses: [] }, "statuses", "A list of 0 is not"],
  [{ name, statuses: ["CREATE_FAILD"] }, "statuses[0]", 'Did you mean "CREATE_FAILED"?'],
  [{ name, statuses: ["update_failed"] }, "statuses[0]", 'Did you mean "UPDATE_FAILED"?'],
  [{ name, statuses: ["DELETE_SUCCESFUL"] }, "statuses[0]", 'Did you mean "DELETE_SUCCESSFUL"?'],
  [{ name, statuses: [3] }, "statuses[0]", "3 is not one of CREATE_SUCCESSFUL, CREATE_IN_PROGRESS"],
  [{ name, pageSize: 0 }, "pageSize", "0 is not a whole number from 1 to 100."],
  [{ name, pageSize: 101 }, "pageSize", "101 is not"],
  [{ name, pageSize: 1.5 }, "pageSize", "1.5 is not"],
  [{ name, pageSize: "100" }, "pageSize", '"100" is not'],
  [{ name, pageSize: NaN }, "pageSize", "NaN is not"],
  [{ name, pageSize: null }, "pageSize", "null is not"],
  [{ name, maxPages: 0 }, "maxPages", "0 is not a whole number from 1 to 1000000."],
  [{ name, maxPages: Infinity }, "maxPages", "Infinity is not"],
  [{ name, maxAttempts: 0 }, "maxAttempts", "0 is not a whole number from 1 to 100."],
  [{ name, maxAttempts: true }, "maxAttempts", "true is not"],
  [{ name, requestTimeoutSeconds: 0 }, "requestTimeoutSeconds", "0 is not a number of seconds above 0, up to 900."],
  [{ name, requestTimeoutSeconds: 901 }, "requestTimeoutSeconds", "901 is not"],
  [{ name, requestTimeoutSeconds: "15s" }, "requestTimeoutSeconds", '"15s" is not'],
  [{ name, timeoutSeconds: -1 }, "timeoutSeconds", "-1 is not a number of seconds above 0, up to 86400."],
  [{ name, timeoutSeconds: NaN }, "timeoutSeconds", "NaN is not"],
  [{ name, region: "us-east-1" }, "region", 'There is no such argument. Did you mean "regions"?'],
  [{ name, accountids: [id] }, "accountids", 'Did you mean "accountIds"?'],
  [{ name, toString: 1 }, "toString", "There is no such argument."],
  [JSON.parse('{"name":"a","__proto__":{}}'), "__proto__", "There is no such argument."],
  [{ name, "\n::error::x": 1 }, ": :error::x", "There are: name, regions, accountIds"],
])("%j: %s", (args, property, says) => {
  const problems = findProblems(args, packStatusChecks);
  expect(problems.map((problem) => problem.property)).toContain(property);
  const { reason = "" } = problems.find((problem) => problem.property === property) ?? {};
  expect(reason).toContain(says);
  expect(reason).not.toMatch(harm);
});

test.each([
  [{ name: "a" }],
  [{ name: `A-9${"z".repeat(125)}` }],
  [{ name, regions: ["us-east-1", "us-gov-west-1", "us-isob-east-1", "eusc-de-east-1", "ap-southeast-10"] }],
  [{ name, accountIds: [id, "000000000000"], statuses: ["CREATE_FAILED", "UPDATE_FAILED"] }],
  [{ name, expectedAccounts: [id], regions: undefined }],
  [{ name, pageSize: 1, maxPages: 1, maxAttempts: 1, requestTimeoutSeconds: 0.001, timeoutSeconds: 0.001 }],
  [{ name, pageSize: 100, maxPages: 1_000_000, maxAttempts: 100, requestTimeoutSeconds: 900, timeoutSeconds: 86_400 }],
])("finds nothing wrong with %j", (args) => {
  expect(findProblems(args, packStatusChecks)).toEqual([]);
});

test("several mistakes are all told", () => {
  const args = { regions: [1], pageSize: 0, accountIds: ["1", "2"] };
  expect(findProblems(args, packStatusChecks).map(({ property }) => property)).toEqual([
    "name",
    "regions[0]",
    "pageSize",
    "accountIds[0]",
    "accountIds[1]",
  ]);
});

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

test.each([
  [{ name: unknown }],
  [{ name, regions: unknown }],
  [{ name, regions: ["us-east-1", unknown, unknown] }],
  [{ name, accountIds: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2" }],
  [{ name, pageSize: "3eeb2bf0-c639-47a8-9e75-3b44932eb421" }],
])("a value that Pulumi does not know yet is not judged: %j", (args) => {
  expect(findProblems(args, packStatusChecks)).toEqual([]);
  expect(containsUnknown(args)).toBe(true);
  expect(containsUnknown({ name })).toBe(false);
});

test.each([
  ["x".repeat(500), 110],
  [{ deep: { deeper: { deepest: {} } }, text: "\u001b[31m\n::error::x" }, 110],
  [{ [Symbol.for("nodejs.util.inspect.custom")]: () => "::error::custom" }, 110],
])("what is quoted back is short and harmless: %#", (value, atMost) => {
  expect(shown(value).length).toBeLessThanOrEqual(atMost);
  expect(shown(value)).not.toMatch(harm);
});

import type { Problem } from "../../../core/checks/problem";
import { toleranceCheck } from "../../../core/gate/toleranceCheck";
import { findProblems, packNameOf } from "../../../core/status/packStatusChecks";
import { harm } from "../text/hostileText";

const name = "security-baseline";
const id = "111111111111";
const role = "arn:aws:iam::222222222222:role/path/reader";

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
  [{ name: { id: name } }, "name", "An object with id is not"],
  [{ name: Promise.resolve(name) }, "name", "A Promise is not"],
  ...["", "a*", "a\n", "*a", "a".repeat(129), 7].map((ownerTag): Case => [
    { name, ownerTag },
    "ownerTag",
    "is not the key of a tag: 1 to 128 letters",
  ]),
  [{ name, regions: "us-east-1" }, "regions", '"us-east-1" is not a list of 1 to 50 entries.'],
  [{ name, regions: null }, "regions", "null is not a list"],
  [{ name, regions: [] }, "regions", "The list has 0 entries"],
  [{ name, regions: Array<string>(51).fill("us-east-1") }, "regions", "The list has 51 entries"],
  [{ name, regions: ["us-east-1", "us-east-1"] }, "regions[1]", '"us-east-1" is listed twice.'],
  [{ name, regions: ["US-EAST-1"] }, "regions[0]", '"US-EAST-1" is not a region, such as "us-east-1".'],
  [{ name, regions: ["us-east-1", "us-east-1a"] }, "regions[1]", '"us-east-1a" is not'],
  [{ name, regions: ["us-east"] }, "regions[0]", '"us-east" is not'],
  [{ name, regions: ["evil.example/us-east-1"] }, "regions[0]", "is not a region"],
  [{ name, regions: [null] }, "regions[0]", "null is not a region"],
  [{ name, accountIds: id }, "accountIds", `"${id}" is not a list of 1 to 50000 entries.`],
  [{ name, accountIds: [] }, "accountIds", "The list has 0 entries"],
  [{ name, accountIds: [[id]] }, "accountIds[0]", "A list of 1 entry is not an account id: a text of 12 digits."],
  [{ name, accountIds: ["1"] }, "accountIds[0]", '"1" is not an account id'],
  [{ name, accountIds: [id, "1111-1111-1111"] }, "accountIds[1]", '"1111-1111-1111" is not'],
  [{ name, accountIds: ["१११११११११११११"] }, "accountIds[0]", "is not an account id"],
  [{ name, accountIds: [id, id] }, "accountIds[1]", `"${id}" is listed twice.`],
  [{ name, accountIds: [`${id}\n`] }, "accountIds[0]", "is not an account id"],
  [{ name, expectedAccounts: "organisation" }, "expectedAccounts", '"organisation" is not'],
  [{ name, expectedAccounts: [[id]] }, "expectedAccounts[0]", "is not an account id"],
  [{ name, expectedAccounts: [id], accountIds: [id] }, "expectedAccounts", "drop one of the two"],
  [{ name, expectedAccounts: [id], statuses: ["CREATE_FAILED"] }, "expectedAccounts", "drop one of the two"],
  [{ name, expectedAccounts: "organization", accountIds: [id] }, "expectedAccounts", "drop one of the two"],
  [{ name, expectedAccounts: "Organization" }, "expectedAccounts", 'and not "organization".'],
  [{ name, expectedAccounts: 7 }, "expectedAccounts", "7 is not a list of account ids"],
  [{ name, expectedAccounts: null }, "expectedAccounts", "null is not a list of account ids"],
  [{ name, excludedAccounts: [id] }, "excludedAccounts", 'It goes with expectedAccounts: "organization" only'],
  [
    { name, excludedAccounts: [id], expectedAccounts: [id] },
    "excludedAccounts",
    "leave these accounts out of the list",
  ],
  [{ name, expectedAccounts: "organization", excludedAccounts: id }, "excludedAccounts", "is not a list"],
  [{ name, expectedAccounts: "organization", excludedAccounts: ["1"] }, "excludedAccounts[0]", "is not an account id"],
  [{ name, aggregate: "false" }, "aggregate", '"false" is not true or false.'],
  [{ name, aggregate: null }, "aggregate", "null is not true or false."],
  [{ name, stuckAfterMinutes: 0 }, "stuckAfterMinutes", "0 is not a number of minutes above 0, up to 100000."],
  [{ name, stuckAfterMinutes: "60" }, "stuckAfterMinutes", '"60" is not'],
  [{ name, maxConcurrentRegions: 0 }, "maxConcurrentRegions", "0 is not a whole number from 1 to 50."],
  [{ name, maxConcurrentRegions: 51 }, "maxConcurrentRegions", "51 is not"],
  [
    { name, assumeRole: role },
    "assumeRole",
    "is not an object with roleArn, externalId, sessionName, durationSeconds.",
  ],
  [{ name, assumeRole: [{ roleArn: role }] }, "assumeRole", "is not an object"],
  [{ name, assumeRole: {} }, "assumeRole.roleArn", "It is required: a role's ARN."],
  [{ name, assumeRole: { roleArn: "reader" } }, "assumeRole.roleArn", `"reader" is not a role's ARN.`],
  [{ name, assumeRole: { roleArn: `${role}\n` } }, "assumeRole.roleArn", "is not a role's ARN."],
  [{ name, assumeRole: { roleArn: role, arn: role } }, "assumeRole.arn", "There is no such argument. Did you mean"],
  [{ name, assumeRole: { roleArn: role, externalId: "x" } }, "assumeRole.externalId", "2 to 1224"],
  [{ name, assumeRole: { roleArn: role, sessionName: "two words" } }, "assumeRole.sessionName", '"two words" is not'],
  [{ name, assumeRole: { roleArn: role, durationSeconds: 899 } }, "assumeRole.durationSeconds", "from 900 to 43200"],
  [{ name, assumeRole: { roleArn: role, durationSeconds: "1h" } }, "assumeRole.durationSeconds", '"1h" is not'],
  [
    { name, assumeRole: { roleArn: role, externalId: "two words" } },
    "assumeRole.externalId",
    "It is not an external id: 2 to 1224",
  ],
  [{ name, assumeRole: { roleArn: role, externalId: "words!" } }, "assumeRole.externalId", "It is not an external id"],
  [{ name, assumeRole: { roleArn: role, externalId: 12 } }, "assumeRole.externalId", "It is not an external id"],
  [
    { name, assumeRole: { roleArn: role, sessionName: "x" } },
    "assumeRole.sessionName",
    '"x" is not a session name: 2 to 64 letters, digits and +=,.@-_.',
  ],
  [{ name, assumeRole: { roleArn: `x${role}` } }, "assumeRole.roleArn", "is not a role's ARN."],
  [{ name, detail: "some" }, "detail", '"some" is not one of all, unsuccessful.'],
  [{ name, detail: "unsuccessful", accountIds: [id] }, "detail", "can't answer what accountIds asks; drop one"],
  [{ name, detail: "unsuccessful", expectedAccounts: [id] }, "detail", "what expectedAccounts asks"],
  [{ name, detail: "unsuccessful", statuses: ["CREATE_FAILED"] }, "detail", "what statuses asks"],
  [{ name, detail: "unsuccessful", aggregate: false }, "detail", "relies on the aggregate; drop aggregate: false."],
  [{ name, statuses: "CREATE_FAILED" }, "statuses", '"CREATE_FAILED" is not a list of 1 to 9 entries.'],
  [{ name, statuses: [] }, "statuses", "The list has 0 entries"],
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
])("refuses %j at %s", (args, property, says) => {
  const problems = findProblems(args);
  expect(problems.map((problem) => problem.property)).toEqual([property]);
  const reason = problems[0]?.reason ?? "";
  expect(reason).toContain(says);
  expect(reason).not.toMatch(harm);
});

const asNumber = 200062000186;

test.each<[what: string, problems: readonly Problem[], property: string]>([
  ["accountIds", findProblems({ name, accountIds: [id, asNumber] }), "accountIds[1]"],
  ["expectedAccounts", findProblems({ name, expectedAccounts: [asNumber] }), "expectedAccounts[0]"],
  [
    "excludedAccounts",
    findProblems({ name, expectedAccounts: "organization", excludedAccounts: [asNumber] }),
    "excludedAccounts[0]",
  ],
  [
    "an exception",
    toleranceCheck({ accounts: [{ accountId: asNumber, reason: "Agreed." }] }, "tolerate"),
    "tolerate.accounts[0].accountId",
  ],
])("asks for quotes around an account id that is a number, in %s", (_what, problems, property) => {
  const reason =
    "200062000186 is a number. Put the account id in quotes, all 12 digits of it: a number loses leading zeros.";
  expect(problems).toEqual([{ property, reason }]);
});

test.each([
  [{ name: "a" }],
  [{ name: `A-9${"z".repeat(125)}` }],
  [{ name, regions: ["us-east-1", "us-gov-west-1", "us-isob-east-1", "eusc-de-east-1", "ap-southeast-10"] }],
  [{ name, accountIds: [id, "000000000000"], statuses: ["CREATE_FAILED", "UPDATE_FAILED"] }],
  [{ name, expectedAccounts: [id], regions: undefined }],
  [{ name, expectedAccounts: "organization", excludedAccounts: [id], aggregate: true, stuckAfterMinutes: 0.5 }],
  [{ name, aggregate: false, maxConcurrentRegions: 50, assumeRole: { roleArn: role } }],
  [{ name, assumeRole: { roleArn: role, externalId: "a/b", sessionName: "me@x", durationSeconds: 43_200 } }],
  [{ name, detail: "all", accountIds: [id], statuses: ["CREATE_FAILED"], aggregate: false }],
  [{ name, detail: "unsuccessful", aggregate: true, regions: ["us-east-1"] }],
  [{ name, pageSize: 1, maxPages: 1, maxAttempts: 1, requestTimeoutSeconds: 0.001, timeoutSeconds: 0.001 }],
  [{ name, pageSize: 100, maxPages: 1_000_000, maxAttempts: 100, requestTimeoutSeconds: 900, timeoutSeconds: 86_400 }],
])("finds nothing wrong with %j", (args) => {
  expect(findProblems(args)).toEqual([]);
});

test("all mistakes are reported, the missing name first", () => {
  const args = { regions: [1], pageSize: 0, accountIds: ["1", "2"] };
  expect(findProblems(args).map(({ property }) => property)).toEqual([
    "name",
    "regions[0]",
    "pageSize",
    "accountIds[0]",
    "accountIds[1]",
  ]);
});

test.each<[args: unknown, packName: string]>([
  [{ name: "baseline" }, "baseline"],
  [{ name: 7 }, ""],
  [{}, ""],
  [null, ""],
  [undefined, ""],
  ["baseline", ""],
])("the pack's name for an error about the arguments %j is %j", (args, packName) => {
  expect(packNameOf(args)).toBe(packName);
});

test("an external id is not quoted back: to some it is a secret", () => {
  const args = { name, assumeRole: { roleArn: role, externalId: "s3cr3t id" } };
  expect(JSON.stringify(findProblems(args))).not.toContain("s3cr3t");
});

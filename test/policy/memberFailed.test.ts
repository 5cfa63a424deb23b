import { memberFailed } from "../../policy/index";
import { noRecorder, rows, stateOf, violationsOf } from "./evaluate";

test("it is mandatory", () => {
  expect(memberFailed).toMatchObject({
    name: "organization-conformance-pack-member-failed",
    enforcementLevel: "mandatory",
  });
});

test("it says the pack, the region, how many of how many, who, why and what to do", async () => {
  const props = stateOf([
    ...rows(2, noRecorder),
    ...rows(1, { status: "UPDATE_FAILED", errorCode: "SomethingNewException", errorMessage: "Denied." }, 3),
    ...rows(247, {}, 4),
  ]);
  expect(await violationsOf(memberFailed, { props })).toEqual([
    `Organization conformance pack "security-baseline" in us-east-1: 3 of 250 accounts failed.
  NoAvailableConfigurationRecorderException (CREATE_FAILED), 2 accounts: 100000000001, 100000000002
    AWS says: There are no configuration recorders available to put the conformance pack.
    Next: turn the AWS Config recorder on in these accounts, in this region. AWS retries for only 7 hours; after that the pack must be put again.
  SomethingNewException (UPDATE_FAILED), 1 account: 100000000003
    AWS says: Denied.
    Next: open AWS Config in one of these accounts, correct what AWS says, then put the pack again.`,
  ]);
});

test("a failure without a code is told by its status", async () => {
  const [violation] = await violationsOf(memberFailed, { props: stateOf(rows(1, { status: "DELETE_FAILED" })) });
  expect(violation).toContain("\n  DELETE_FAILED (DELETE_FAILED), 1 account: 100000000001\n    Next: ");
  expect(violation).not.toContain("AWS says:");
});

test.each([
  { words: {}, says: "" },
  { words: { errorCode: "InternalError" }, says: " (InternalError)" },
  { words: { errorCode: "InternalError", errorMessage: "Sorry.\u001b[31m" }, says: " (InternalError: Sorry.)" },
])("an aggregate that failed over clean rows is a failure, in AWS's words: $words", async ({ says, words }) => {
  const props = stateOf(rows(3), { aggregates: { "us-east-1": { status: "CREATE_FAILED", ...words } } });
  expect(await violationsOf(memberFailed, { props })).toEqual([
    `Organization conformance pack "security-baseline" in us-east-1: AWS reports the pack in us-east-1 as CREATE_FAILED, although no row failed${says}.
    Next: look at the pack in AWS Config; AWS knows of a failure that no row here shows. Then put the pack again.`,
  ]);
});

test("an aggregate that failed in one region counts beside failed rows of another", async () => {
  const props = stateOf([...rows(1, noRecorder), ...rows(1, { region: "eu-west-1" })], {
    regions: ["us-east-1", "eu-west-1"],
    aggregates: { "us-east-1": { status: "CREATE_FAILED" }, "eu-west-1": { status: "UPDATE_FAILED" } },
  });
  const [violation] = await violationsOf(memberFailed, { props });
  expect(violation).toContain("1 of 2 rows failed. AWS reports the pack in eu-west-1 as UPDATE_FAILED, although");
  expect(violation).not.toContain("the pack in us-east-1 as");
});

test.each(["CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL"])(
  "an aggregate that is %s over a failed row is noted beside the failure",
  async (status) => {
    const props = stateOf([...rows(1, noRecorder), ...rows(2, {}, 2)], { aggregates: { "us-east-1": { status } } });
    const [violation] = await violationsOf(memberFailed, { props });
    expect(violation?.split("\n").slice(0, 2)).toEqual([
      'Organization conformance pack "security-baseline" in us-east-1: 1 of 3 accounts failed.',
      `  Note: AWS reports the pack in us-east-1 as ${status}, although 1 row failed.`,
    ]);
  },
);

test("AWS's text cannot drive a terminal or a CI system", async () => {
  const errorMessage = "bad\u001b[31mred\u001b[0m\r\n::error file=a::oops\n##vso[task.complete]\u202e<{%fg 1%}>\u0007";
  const props = stateOf(rows(1, { ...noRecorder, errorMessage }));
  const [violation = ""] = await violationsOf(memberFailed, { props });
  expect(violation).toContain("AWS says: badred");
  // eslint-disable-next-line no-control-regex -- They are what must not be there.
  expect(violation).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|::error|##vso|<\{%/);
  expect(violation.split("\n")).toHaveLength(4);
});

test.each([
  { what: "healthy", members: rows(3) },
  { what: "in progress", members: rows(3, { status: "UPDATE_IN_PROGRESS" }) },
  { what: "of an unknown status", members: rows(3, { status: "CREATE_PAUSED" }) },
  { what: "former", members: rows(3, { status: "DELETE_SUCCESSFUL" }) },
  { what: "none", members: [] },
  { what: "healthy while the aggregate is in progress", members: rows(3), aggregate: "UPDATE_IN_PROGRESS" },
])("members that are $what are no failure", async ({ aggregate, members }) => {
  const props = stateOf(members, { ...(aggregate && { aggregates: { "us-east-1": { status: aggregate } } }) });
  expect(await violationsOf(memberFailed, { props })).toEqual([]);
});

test.each([
  { config: {}, shown: 20, more: " and 5 more" },
  { config: { maxAccountsShown: 3 }, shown: 3, more: " and 22 more" },
  { config: { maxAccountsShown: 24 }, shown: 24, more: " and 1 more" },
  { config: { maxAccountsShown: 25 }, shown: 25, more: "" },
])("of 25 accounts, $config lists $shown", async ({ config, more, shown }) => {
  const [violation = ""] = await violationsOf(memberFailed, { props: stateOf(rows(25, noRecorder)) }, config);
  const [, list] = /25 accounts: (.*)\n/.exec(violation) ?? [];
  expect(list?.match(/\d{12}/g)).toHaveLength(shown);
  expect(list?.replace(/[\d, ]*\d{12}/, "")).toBe(more);
});

test.each([
  { config: {}, groups: 10, rest: "\n  and 2 accounts with 2 other causes" },
  { config: { maxGroupsShown: 1 }, groups: 1, rest: "\n  and 11 accounts with 11 other causes" },
  { config: { maxGroupsShown: 11 }, groups: 11, rest: "\n  and 1 account with 1 other cause" },
  { config: { maxGroupsShown: 12 }, groups: 12, rest: "" },
])("of 12 causes, $config lists $groups, the most frequent first", async ({ config, groups, rest }) => {
  const members = [
    ...Array.from({ length: 11 }, (_, index) => index + 1).flatMap((cause) =>
      rows(1, { status: "CREATE_FAILED", errorCode: `Cause${String(cause)}` }, cause),
    ),
    ...rows(2, { status: "CREATE_FAILED", errorCode: "Cause12" }, 100),
  ];
  const [violation = ""] = await violationsOf(memberFailed, { props: stateOf(members) }, config);
  const listed = [...violation.matchAll(/^ {2}(Cause\d+) /gm)].map(([, cause]) => cause);
  expect(listed).toHaveLength(groups);
  expect(listed[0]).toBe("Cause12");
  expect(/\n {2}and .*/.exec(violation)?.[0] ?? "").toBe(rest);
});

import type { ResourceValidationPolicy } from "@pulumi/policy";
import { incomplete, inProgress, memberFailed } from "../../policy/index";
import { account, noRecorder, rows, stateOf, statusType, unknown, UnknownValueError, violationsOf } from "./evaluate";

const resourcePolicies = { memberFailed, incomplete, inProgress };
type Name = keyof typeof resourcePolicies;
const everyPolicy = Object.entries(resourcePolicies) as [Name, ResourceValidationPolicy][];

/** The policies that report something, with the first line of what they report. */
async function reportedBy(props: object): Promise<Partial<Record<Name, string>>> {
  const reported: Partial<Record<Name, string>> = {};
  for (const [name, policy] of everyPolicy) {
    const violations = await violationsOf(policy, { props });
    if (violations.length > 0) reported[name] = violations.join("\n").split("\n", 1).join();
  }
  return reported;
}

const prefix = 'Organization conformance pack "security-baseline" in us-east-1: ';

test("each policy reports its own reasons, whichever of them made the verdict", async () => {
  const props = stateOf(
    [
      ...rows(1, noRecorder),
      ...rows(2, { status: "UPDATE_IN_PROGRESS" }, 2),
      ...rows(1, { status: "CREATE_PAUSED" }, 4),
    ],
    { expectedAccounts: [account(1), account(9)] },
  );
  expect(props.verdict).toBe("FAILED");
  expect(await reportedBy(props)).toEqual({
    memberFailed: `${prefix}1 of 4 accounts failed.`,
    inProgress: `${prefix}2 of 4 accounts are in progress.`,
    incomplete: `${prefix}1 of 4 accounts has a status that this version does not know: CREATE_PAUSED. 1 expected account is no member of the pack.`,
  });
});

test("a healthy pack is no violation of any policy", async () => {
  expect(await reportedBy(stateOf(rows(250)))).toEqual({});
});

test("two packs of one stack are judged each for itself", async () => {
  expect(Object.keys(await reportedBy(stateOf(rows(1, noRecorder))))).toEqual(["memberFailed"]);
  expect(Object.keys(await reportedBy(stateOf(rows(1))))).toEqual([]);
});

test("several regions are told apart", async () => {
  const props = stateOf(
    [
      ...rows(1, { ...noRecorder, region: "us-east-1" }),
      ...rows(1, { ...noRecorder, region: "eu-west-1" }),
      ...rows(1, {}, 2),
    ],
    { regions: ["us-east-1", "eu-west-1"] },
  );
  const [violation] = await violationsOf(memberFailed, { props });
  expect(violation).toContain('"security-baseline" in us-east-1, eu-west-1: 2 of 3 rows failed.');
  expect(violation).toContain("Exception in us-east-1 (CREATE_FAILED), 1 account: 100000000001");
  expect(violation).toContain("Exception in eu-west-1 (CREATE_FAILED), 1 account: 100000000001");
});

describe.each(everyPolicy)("%s", (_, policy) => {
  test.each([
    "aws:cfg/organizationConformancePack:OrganizationConformancePack",
    "pulumi:pulumi:Stack",
    `${statusType}2`,
    "conformance:OrganizationConformancePackStatus",
    "",
  ])("leaves a resource of the type %j alone", async (type) => {
    expect(await violationsOf(policy, { type, props: stateOf(rows(1, noRecorder)) })).toEqual([]);
    expect(await violationsOf(policy, { type, props: { name: unknown } })).toEqual([]);
  });
});

describe("what is not known before the update", () => {
  const { members, verdict, ...known } = { members: rows(1, noRecorder), ...stateOf(rows(1, noRecorder)) };
  const group = stateOf(members).failedGroups[0];
  const cases: [string, object][] = [
    ["the name, before any lookup", { name: unknown }],
    ["one of the regions", { ...known, verdict, regions: ["us-east-1", unknown] }],
    ["the verdict", { ...known, verdict: unknown }],
    ["a part of a row", { ...known, verdict, failedGroups: [{ ...group, accounts: unknown }] }],
    ["a list, whole", { ...known, verdict, failedGroups: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2" }],
    ["an argument that no policy reads", { ...known, verdict, expectedAccounts: [unknown] }],
  ];

  test.each(cases)("%s: only memberFailed says so, in the policy SDK's own words", async (_, props) => {
    await expect(violationsOf(memberFailed, { props })).rejects.toThrow(UnknownValueError);
    await expect(violationsOf(memberFailed, { props })).rejects.toThrow(/can't be known during preview$/);
    expect(await violationsOf(incomplete, { props })).toEqual([]);
    expect(await violationsOf(inProgress, { props })).toEqual([]);
  });
});

import type { EmulatedMember } from "../../emulator";
import { createPolicies } from "../../policy/policies";
import "../core/aws/awsEnvironment";
import { emulate } from "../core/aws/emulate";
import { newUrn, stackViolationsOf, violationsOf } from "./evaluate";
import { stackProvider } from "./stackProvider";
import { account, noRecorder } from "./stateOf";

const unit = "ou-root-production";
const organization = {
  accounts: [{ id: "111111111111" }, { id: account(1), parentId: unit }, { id: account(2) }],
  organizationalUnits: [{ id: unit, name: "Production" }],
};
const members: EmulatedMember[] = [
  { accountId: account(1), ...noRecorder },
  { accountId: account(2), status: "CREATE_SUCCESSFUL" },
];
const excepting = (id: string) => ({ tolerate: { organizationalUnits: [{ id, reason: "Ann decided it." }] } });

/** The state of a gate over an emulator, whose requests since then are given too. */
async function gateOver(args: object = {}, packMembers = members) {
  const emulator = await emulate({ organization, packs: [{ name: "baseline", members: packMembers }] });
  const provider = await stackProvider(emulator);
  const { failures, inputs } = await provider.check({}, { name: "baseline", ...args });
  expect(failures).toEqual([]);
  const before = emulator.requests.length;
  return {
    emulator,
    props: inputs as object,
    since: () => emulator.requests.slice(before).map(({ operation }) => operation),
  };
}

test("the gate's own exceptions for units travel in its state: a policy reads nothing", async () => {
  const { props, since } = await gateOver({ ...excepting(unit), failOn: "notPassed" });
  expect(props).toMatchObject({ verdict: "FAILED", decision: { verdict: "PASSED" } });
  const policies = createPolicies();
  expect(await violationsOf(policies.memberFailed, { props, urn: newUrn() }, {})).toEqual([]);
  expect(await stackViolationsOf(policies.settled, [{ props, urn: newUrn() }], {})).toEqual([]);
  expect(since()).toEqual([]);
});

test("a policy's own exceptions for units are read by the policy", async () => {
  const { props, since } = await gateOver();
  const policies = createPolicies();
  expect(await violationsOf(policies.memberFailed, { props, urn: newUrn() }, excepting(unit))).toEqual([]);
  expect(await stackViolationsOf(policies.settled, [{ props, urn: newUrn() }], excepting(unit))).toEqual([]);
  expect(new Set(since())).toEqual(new Set(["ListAccountsForParent", "ListOrganizationalUnitsForParent"]));
  expect(await violationsOf(policies.memberFailed, { props, urn: newUrn() }, {})).toHaveLength(1);
});

test("they are read with the gate's role", async () => {
  const roleArn = "arn:aws:iam::111111111111:role/auditor";
  const { emulator, props } = await gateOver({ assumeRole: { roleArn, sessionName: "gate" } });
  expect(await violationsOf(createPolicies().memberFailed, { props, urn: newUrn() }, excepting(unit))).toEqual([]);
  expect(emulator.requests.at(-1)).toMatchObject({
    operation: expect.stringMatching(/^List.*ForParent$/) as string,
    principal: "arn:aws:sts::111111111111:assumed-role/auditor/gate",
  });
});

test.each<[what: string, packMembers: typeof members, config: object]>([
  ["of a pack that has passed", members.slice(1), excepting(unit)],
  ["with other exceptions", members, { tolerate: { maxFailedAccounts: 1 } }],
  ["without one", members, { tolerate: { organizationalUnits: [] } }],
])("a policy %s reads no unit", async (_what, packMembers, config) => {
  const { props, since } = await gateOver({}, packMembers);
  const policies = createPolicies();
  await violationsOf(policies.memberFailed, { props, urn: newUrn() }, config);
  await stackViolationsOf(policies.settled, [{ props, urn: newUrn() }], config);
  expect(since()).toEqual([]);
});

test("where the policy can't read them they cover nothing, and the violation says why", async () => {
  const { emulator, props } = await gateOver();
  emulator.injectFault({ kind: "accessDenied", operation: "ListAccountsForParent" });
  const policies = createPolicies();
  const denied = expect.stringMatching(
    /^Access denied by AWS Organizations: organizations:ListAccountsForParent/,
  ) as string;
  const failed = expect.stringContaining("1 of 2 accounts failed.") as string;
  expect(await violationsOf(policies.memberFailed, { props, urn: newUrn() }, excepting(unit))).toEqual([
    denied,
    failed,
  ]);
  expect(await stackViolationsOf(policies.settled, [{ props, urn: newUrn() }], excepting(unit))).toMatchObject([
    [denied, expect.anything()],
    [failed, expect.anything()],
  ]);
});

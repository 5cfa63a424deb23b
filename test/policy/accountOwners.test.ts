import type { Fault } from "../../emulator";
import { createPolicies } from "../../policy/policies";
import "../core/aws/awsEnvironment";
import { emulate } from "../core/aws/emulate";
import { newUrn, stackViolationsOf, violationsOf } from "./evaluate";
import { stackProvider } from "./stackProvider";
import { account, noRecorder } from "./stateOf";

const operation = "ListTagsForResource";
const organization = {
  accounts: [{ id: "111111111111" }, { id: account(1), tags: { owner: "team-payments" } }, { id: account(2) }],
};
const members = [
  { accountId: account(1), ...noRecorder },
  { accountId: account(2), status: "CREATE_SUCCESSFUL" },
];
const note = `  Note: The owner of 1 account could not be read: AWS Organizations denied organizations:${operation}.`;

/** A provider of a stack over an emulator. */
async function providerOver(fault?: Partial<Fault>) {
  const emulator = await emulate({ organization, packs: [{ name: "baseline", members }] });
  if (fault) emulator.injectFault({ kind: "accessDenied", operation, ...fault });
  const provider = await stackProvider(emulator);
  const check = async (args: object) => {
    const { failures = [], inputs } = await provider.check({}, { name: "baseline", ...args });
    return { failures, props: inputs as Readonly<Record<string, unknown>> };
  };
  return { check, emulator };
}

describe("owners in the state of a gate", () => {
  test("are named by the policies, which read nothing", async () => {
    const { check, emulator } = await providerOver();
    const { props } = await check({ ownerTag: "owner" });
    expect(props.accountOwners).toEqual({ owners: [{ owner: "team-payments", accountIds: [account(1)] }] });
    const before = emulator.requests.length;
    const { memberFailed } = createPolicies();
    expect(await violationsOf(memberFailed, { props, urn: newUrn() }, {})).toEqual([
      expect.stringContaining(`: ${account(1)} (owner team-payments)\n`),
    ]);
    expect(emulator.requests).toHaveLength(before);
  });

  test("are named by failOn", async () => {
    const { check } = await providerOver();
    const { failures } = await check({ ownerTag: "owner", failOn: "failed" });
    expect(failures).toEqual([
      { property: "failOn", reason: expect.stringContaining(`${account(1)} (owner team-payments)`) as string },
    ]);
  });

  test("are not in it unless the gate asks for them", async () => {
    const { check, emulator } = await providerOver();
    expect((await check({})).props).not.toHaveProperty("accountOwners");
    expect(emulator.requests.map((request) => request.operation)).not.toContain(operation);
  });

  test("that are denied change nothing but a note, and nothing else in the state", async () => {
    const { check } = await providerOver({});
    const times = { lookedUpAt: undefined, ownerTag: undefined, accountOwners: undefined };
    const { props: without } = await check({});
    const { failures, props } = await check({ ownerTag: "owner", failOn: "failed" });
    expect({ ...props, ...times, failOn: undefined }).toEqual({ ...without, ...times, failOn: undefined });
    expect(failures[0]?.reason.split(note)).toHaveLength(2);
    const { memberFailed, tolerated } = createPolicies();
    const [message] = await violationsOf(memberFailed, { props, urn: newUrn() }, {});
    expect(message?.split(note)).toHaveLength(2);
    expect(message?.split("\n").filter((line) => !line.startsWith(note))).toEqual(
      (await violationsOf(createPolicies().memberFailed, { props: without, urn: newUrn() }, {}))[0]?.split("\n"),
    );
    expect(await stackViolationsOf(tolerated, [{ props, urn: newUrn() }])).toEqual([]);
  });
});

test.each<[what: string, fault: Partial<Fault> | undefined, says: string]>([
  ["names the owners of accounts", undefined, ": 100000000001 (owner team-payments)\n"],
  ["whose owners are denied says so, and blocks as before", {}, note],
])("a required pack %s", async (_what, fault, says) => {
  await providerOver(fault);
  const { requiredPacks } = createPolicies();
  const [[message] = [""], ...others] = await stackViolationsOf(requiredPacks, [], {
    packs: [{ name: "baseline", ownerTag: "owner" }],
  });
  expect(others).toEqual([]);
  expect(message).toContain("1 of 2 accounts failed.");
  expect(message).toContain(says);
});

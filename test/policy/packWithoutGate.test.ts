import { packWithoutGatePolicy } from "../../policy/packWithoutGate";
import { type EvaluatedResource, newUrn, pluginType, stackViolationsOf, statusType, unknown } from "./evaluate";
import { rows, stateOf } from "./stateOf";

const packType = "aws:cfg/organizationConformancePack:OrganizationConformancePack";

const packUrn = "urn:pulumi:test::test::aws:cfg/organizationConformancePack:OrganizationConformancePack::pack";
const pack = (name: string | undefined, urn = packUrn): EvaluatedResource => ({ type: packType, urn, props: { name } });

/** A gate on the pack of this name, whose name comes from these resources. */
const gate = (name: string, ...from: string[]): EvaluatedResource => ({
  props: { ...stateOf(rows(1)), name },
  ...(from.length > 0 && { propertyDependencies: { name: from } }),
});

const saysOf = (what: string): string =>
  `No resource of this stack looks up the status of ${what} in the member accounts.\n    Next: add an OrganizationConformancePackStatus of pulumi-org-conformance whose name is the pack's id, and let what relies on the pack depend on it (dependsOn).`;

test("a pack without a gate is reported on its URN, with its name and the next step", async () => {
  expect(await stackViolationsOf(packWithoutGatePolicy, [pack("baseline")])).toEqual([[saysOf('"baseline"'), packUrn]]);
});

const other = "urn:pulumi:test::test::aws:cfg/organizationConformancePack:OrganizationConformancePack::other";

test.each<{ what: string; resources: EvaluatedResource[]; reported: boolean }>([
  { what: "a gate of the plugin", resources: [{ ...gate("baseline"), type: pluginType }], reported: false },
  { what: "a gate of the same name", resources: [gate("baseline")], reported: false },
  { what: "a gate that has its name from the pack", resources: [gate("baseline", packUrn)], reported: false },
  { what: "a gate whose name is not known, from the pack", resources: [gate(unknown, packUrn)], reported: false },
  { what: "a gate from this pack and another", resources: [gate(unknown, other, packUrn)], reported: false },
  { what: "two gates, the second one its own", resources: [gate("other"), gate("baseline")], reported: false },
  { what: "a gate of another name", resources: [gate("baseline-2")], reported: true },
  { what: "a gate whose name differs in case", resources: [gate("Baseline")], reported: true },
  { what: "a gate whose name is not known", resources: [gate(unknown)], reported: true },
  { what: "a gate on another pack", resources: [pack("other", other), gate(unknown, other)], reported: true },
  {
    what: "a gate that depends on it by another property",
    resources: [{ props: { name: unknown }, propertyDependencies: { expectedAccounts: [packUrn] } }],
    reported: true,
  },
  {
    what: "some other resource with the pack's name",
    resources: [{ type: `${statusType}2`, props: { name: "baseline" }, propertyDependencies: { name: [packUrn] } }],
    reported: true,
  },
])("a pack with $what is reported: $reported", async ({ reported, resources }) => {
  for (const stack of [
    [pack("baseline"), ...resources],
    [...resources, pack("baseline")],
  ]) {
    const violations = await stackViolationsOf(packWithoutGatePolicy, stack);
    expect(violations).toEqual(reported ? [[saysOf('"baseline"'), packUrn]] : []);
  }
});

test.each([
  { what: "not known until the update", name: unknown },
  { what: "absent", name: undefined },
])("a pack whose name is $what is reported, unless a gate depends on it", async ({ name }) => {
  const nameless = pack(name);
  const [[message, urn] = []] = await stackViolationsOf(packWithoutGatePolicy, [
    nameless,
    gate("baseline"),
    gate(unknown),
  ]);
  expect([message, urn]).toEqual([saysOf("this pack"), packUrn]);
  expect(await stackViolationsOf(packWithoutGatePolicy, [nameless, gate(unknown, packUrn)])).toEqual([]);
});

test("each pack without a gate is reported", async () => {
  const violations = await stackViolationsOf(packWithoutGatePolicy, [
    pack("a", newUrn()),
    pack("b", packUrn),
    pack("c", other),
    gate("a"),
  ]);
  expect(violations).toEqual([
    [saysOf('"b"'), packUrn],
    [saysOf('"c"'), other],
  ]);
});

test("a stack without packs has nothing to report", async () => {
  expect(await stackViolationsOf(packWithoutGatePolicy, [])).toEqual([]);
  expect(
    await stackViolationsOf(packWithoutGatePolicy, [gate("baseline"), { type: "a:b:C", props: { name: "x" } }]),
  ).toEqual([]);
});

import { organizationResourceDetailedStatuses } from "pulumi-org-conformance/core";
import { policies } from "pulumi-org-conformance/policy";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packStatusChecks } from "../../core/status/packStatusChecks";
import type { Problem } from "../../core/checks/problem";
import { gateChecks } from "../../core/gate/gateChecks";
import { namesBelow, page, repository } from "./pages";
import { publicTypes } from "./publicTypes";

// The types are read from the built declarations, so that neither the checks nor the pages can hide a difference.
const [program, testing] = publicTypes("dist/sdk/nodejs/index.d.ts", "dist/emulator/index.d.ts") as [Types, Types];
type Types = ReturnType<typeof publicTypes>[number];

const lookup = program.propertiesOf("GetOrganizationConformancePackStatusArgs");
const gate = program
  .propertiesOf("OrganizationConformancePackStatusArgs")
  .filter((argument) => !lookup.includes(argument));
const result = program.propertiesOf("GetOrganizationConformancePackStatusResult");
const row = program.propertiesOf("MemberStatus");

describe("each page lists what the types have, once, and nothing else:", () => {
  test.each([
    ["docs/reference.md", "Arguments of a lookup", lookup],
    ["docs/reference.md", "assumeRole", program.propertiesOf("AssumeRole")],
    ["docs/reference.md", "Arguments of the gate", gate],
    ["docs/reference.md", "waitForSettled", program.propertiesOf("WaitForSettledArgs")],
    [
      "docs/reference.md",
      "Options of the function and the stream",
      program.propertiesOf("GetOrganizationConformancePackStatusOutputOptions"),
    ],
    ["docs/reference.md", "Outputs", [...result, "decision"]],
    ["docs/reference.md", "MemberStatus", row],
    ["docs/reference.md", "MissingAccount", program.propertiesOf("MissingAccount")],
    [
      "docs/reference.md",
      "UnexpectedMember",
      program.propertiesOf("UnexpectedMember").filter((property) => !row.includes(property)),
    ],
    ["docs/reference.md", "Reason", program.propertiesOf("Reason")],
    ["docs/reference.md", "MemberCounts", program.propertiesOf("MemberCounts")],
    ["docs/reference.md", "RegionStatus", program.propertiesOf("RegionStatus")],
    ["docs/reference.md", "AggregateStatus", program.propertiesOf("AggregateStatus")],
    ["docs/reference.md", "GateDecision", program.propertiesOf("GateDecision")],
    ["docs/reference.md", "MemberGroup", propertiesInSchema("MemberGroup")],
    ["docs/reference.md", "MissingGroup", propertiesInSchema("MissingGroup")],
    ["docs/reference.md", "UnexpectedGroup", propertiesInSchema("UnexpectedGroup")],
    ["docs/programs.md", "failOn", program.textsOf("FailOn")],
    ["docs/exceptions.md", "Settings", program.propertiesOf("Tolerance")],
    ["docs/exceptions.md", "Exceptions for accounts", program.propertiesOf("ToleratedAccount")],
    ["docs/exceptions.md", "Exceptions for organizational units", program.propertiesOf("ToleratedUnit")],
    ["docs/reference.md", "OrganizationalUnit", program.propertiesOf("OrganizationalUnit")],
    ["docs/reference.md", "AccountOwners", program.propertiesOf("AccountOwners")],
    ["docs/reference.md", "AccountOwner", program.propertiesOf("AccountOwner")],
    ["docs/reference.md", "expectedAccounts", program.propertiesOf("ExpectedUnits")],
    ["docs/exceptions.md", "Break glass", program.propertiesOf("ToleratedOutage")],
    ["docs/verdict.md", "Verdicts", program.textsOf("Verdict")],
    ["docs/verdict.md", "Reasons", program.textsOf("ReasonCode")],
    ["docs/aws-api.md", "Statuses of rows", organizationResourceDetailedStatuses],
    ["docs/errors.md", "Errors", program.subclassesOf("OrgConformanceError")],
    ["docs/policies.md", "Policies", policies.map(({ name }) => name)],
    ["docs/policies.md", "Settings", settingsOf(() => true)],
    ["docs/testing.md", "Mocks", testing.propertiesOf("MockPackStatusArgs")],
    ["docs/testing.md", "Options of startEmulator", testing.propertiesOf("EmulatorOptions")],
    ["docs/testing.md", "Packs of the emulator", testing.propertiesOf("EmulatedPack")],
    ["docs/testing.md", "Faults", testing.textsOf("FaultKind")],
  ])("%s, %s", (path, heading, expected) => {
    expect(expected).not.toEqual([]);
    expect(namesBelow(page(path), heading).sort()).toEqual([...expected].sort());
  });
});

test("the gate has each output of the function, and the decision", () => {
  expect(program.propertiesOf("OrganizationConformancePackStatus")).toEqual(
    expect.arrayContaining([...result, "decision"]),
  );
});

describe("the checks accept the arguments that the types have, and no others:", () => {
  const inWait = (value: unknown): Problem[] => gateChecks.waitForSettled(value, "");
  const inTolerate = (value: unknown): Problem[] => gateChecks.tolerate(value, "");
  test.each([
    ["a lookup", Object.keys(packStatusChecks), lookup],
    ["assumeRole", allowedIn((value) => packStatusChecks.assumeRole(value, "")), program.propertiesOf("AssumeRole")],
    ["the gate", Object.keys(gateChecks), gate],
    ["waitForSettled", allowedIn(inWait), program.propertiesOf("WaitForSettledArgs")],
    ["tolerate", allowedIn(inTolerate), program.propertiesOf("Tolerance")],
    ["an exception", allowedIn((value) => inTolerate({ accounts: [value] })), program.propertiesOf("ToleratedAccount")],
    ["break glass", allowedIn((value) => inTolerate({ unanswered: value })), program.propertiesOf("ToleratedOutage")],
  ])("%s", (_, checked, typed) => {
    expect([...checked].sort()).toEqual([...typed].sort());
  });
});

/** The properties of a type of the plugin. */
function propertiesInSchema(type: string): string[] {
  const { types } = JSON.parse(readFileSync(join(repository, "provider", "schema.json"), "utf8")) as {
    types: Readonly<Record<string, { readonly properties: object }>>;
  };
  return Object.keys(types[`org-conformance:index:${type}`]?.properties ?? {});
}

/** The keys of an object that a check allows: a refusal of another key lists them. */
function allowedIn(check: (value: unknown) => Problem[]): string[] {
  const reasons = check({ notAnArgument: true }).map(({ reason }) => reason);
  const [, keys = ""] = /There are: ([^.]+)\./.exec(reasons.join(" ")) ?? [];
  return keys.split(", ");
}

test("docs/policies.md says of each setting which policies have it", () => {
  const rows = page("docs/policies.md")
    .text.split("\n")
    .flatMap((line) => {
      const [, setting, of] = /^\| `(\w+)` +\| ([^|]+?) +\|/.exec(line) ?? [];
      return setting === undefined || of === undefined ? [] : [[setting, of] as const];
    });
  for (const [setting, of] of rows) {
    const named = [...of.matchAll(/`…-([a-z-]+)`/g)].map(([, name]) => `organization-conformance-pack-${name ?? ""}`);
    const having = policies.filter((policy) => settingsOf(({ name }) => name === policy.name).includes(setting));
    const expected = of.startsWith("all but")
      ? policies.map(({ name }) => name).filter((name) => !named.includes(name))
      : named;
    expect([setting, having.map(({ name }) => name).sort()]).toEqual([setting, expected.sort()]);
  }
});

/** The settings that the policies themselves describe. */
function settingsOf(isMeant: (policy: { readonly name: string }) => boolean): string[] {
  return [
    ...new Set(policies.filter(isMeant).flatMap(({ configSchema }) => Object.keys(configSchema?.properties ?? {}))),
  ];
}

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configuredLookups } from "../../../cli/init/configuredLookups";
import { requiredPack } from "../../../cli/init/findPacks";
import { readerPolicy } from "../../../cli/init/readerPolicy";
import type { RequiredPack } from "../../../core/gate/requiredPacks";
import { atTheEnd } from "../../builders/cleanUp";

const rows = [
  "config:DescribeOrganizationConformancePackStatuses",
  "config:GetOrganizationConformancePackDetailedStatus",
];
const units = ["organizations:ListAccountsForParent", "organizations:ListOrganizationalUnitsForParent"];
const tags = "organizations:ListTagsForResource";
const packs = "config:DescribeOrganizationConformancePacks";
const excepted = { organizationalUnits: [{ id: "ou-root-workloads", reason: "GOV-1" }] };

const flat = { expectedAccounts: { organizationalUnits: ["ou-root-workloads"], recursive: false } };

/** The actions that the gate needs. */
function gateActions(lookups: Parameters<typeof readerPolicy>[0]): readonly string[] {
  return readerPolicy(lookups).Statement.find(({ Sid }) => Sid === "Gate")?.Action ?? [];
}

test.each<[what: string, pack: Omit<RequiredPack, "name">, more: readonly string[]]>([
  ["a plain one", {}, []],
  ["one with owners", { ownerTag: "owner" }, [tags]],
  ["one with exceptions for accounts", { tolerate: { maxFailedAccounts: 1 } }, []],
  ["one with exceptions for organizational units", { tolerate: excepted }, units],
  ["one with both", { ownerTag: "owner", tolerate: excepted }, [...units, tags]],
  ["one that expects the accounts of units alone", flat, [packs, "organizations:ListAccountsForParent"]],
  ["one that also has paths", { ...flat, accountPaths: true }, [packs, "organizations:ListRoots", ...units]],
  ["one that also has exceptions for units", { ...flat, tolerate: excepted }, [packs, ...units]],
  [
    "one that expects the accounts of the units in them",
    { expectedAccounts: { organizationalUnits: ["ou-root-workloads"] } },
    [packs, ...units],
  ],
  ["one that expects the organization", { expectedAccounts: "organization" }, [packs, "organizations:ListAccounts"]],
])("the IAM policy for required packs has what they need, and nothing else: %s", (_what, pack, more) => {
  const actions = gateActions({ packs: [{ name: "baseline", ...pack }], unitIds: [] });
  expect(actions).toEqual([...rows, ...more].sort());
  expect(gateActions({ packs: [{ name: "other" }, { name: "baseline", ...pack }], unitIds: [] })).toEqual(actions);
});

test("the IAM policy for gates has the exceptions of the policies", () => {
  expect(gateActions({ packs: [], unitIds: [] })).toEqual(rows);
  expect(gateActions({ packs: [], unitIds: ["ou-root-workloads"] })).toEqual([...rows, ...units].sort());
});

test("a pack that init requires has owners only if they are asked for", () => {
  expect(requiredPack("baseline", undefined, {})).not.toHaveProperty("ownerTag");
  expect(requiredPack("baseline", undefined, { ownerTag: "owner" })).toHaveProperty("ownerTag", "owner");
});

async function configured(text: string) {
  const folder = await mkdtemp(join(tmpdir(), "org-conformance-init-"));
  atTheEnd(() => rm(folder, { recursive: true }));
  const file = join(folder, "required-packs.json");
  await writeFile(file, text);
  return configuredLookups(file, "conformance/required-packs.json");
}

describe("of a configuration that is there already", () => {
  const required = "organization-conformance-pack-required-packs";
  const pack = { name: "baseline", ownerTag: "owner" };

  test("the packs and the policies' exceptions count, in each form of the file", async () => {
    const policies = {
      [required]: { packs: [pack] },
      "organization-conformance-pack-member-failed": { tolerate: excepted },
      "my-own-policy": { enforcementLevel: "advisory" },
    };
    const found = { packs: [pack], unitIds: ["ou-root-workloads"] };
    expect(await configured(JSON.stringify(policies))).toEqual(found);
    expect(await configured(JSON.stringify({ version: 2, policies }))).toEqual(found);
    expect(await configured(JSON.stringify({ [required]: "disabled" }))).toEqual({ packs: [], unitIds: [] });
  });

  test.each([
    ["no JSON", "{"],
    ["a wrong argument", JSON.stringify({ [required]: { packs: [{ name: "baseline", ownerTag: "" }] } })],
  ])("a mistake is said, and nothing is taken from it: %s", async (_what, text) => {
    expect(await configured(text)).toBe(
      "conformance/required-packs.json has mistakes, so the IAM policy may lack what it needs: run config check conformance/required-packs.json.",
    );
  });

  test("none is none", async () => {
    expect(await configuredLookups(join(tmpdir(), "nowhere", "required-packs.json"), "x")).toBeUndefined();
  });
});

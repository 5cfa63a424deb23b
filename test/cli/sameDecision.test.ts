import * as pulumi from "@pulumi/pulumi";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EmulatedMember, EmulatedPack, EmulatorOptions, Fault } from "../../emulator";
import type { RequiredPack } from "../../core/gate/requiredPacks";
import { readStatusFiles } from "../../core/statusFile/readStatusFiles";
import { readStatusFolder } from "../../core/statusFile/readStatusFolder";
import type { StatusFile } from "../../core/statusFile/statusFile";
import { createPolicies } from "../../policy/policies";
import { atTheEnd } from "../builders/cleanUp";
import { excepting, silent } from "../builders/exceptions";
import { account } from "../builders/members";
import { emulate } from "../builders/emulator";
import "../core/aws/awsEnvironment";
import { stackViolationsOf } from "../policy/evaluate";
import { run } from "./commandLine";

// The gate in a policy pack and the command line take the same file. Nothing is mocked: both ask the emulator.

interface Situation {
  readonly title: string;
  readonly packs?: readonly Partial<RequiredPack>[];
  readonly emulated?: readonly Partial<EmulatedPack>[];
  readonly options?: EmulatorOptions;
  readonly fault?: Fault;
  readonly aggregate?: string;
}

const members = (...statuses: readonly string[]): EmulatedMember[] =>
  statuses.map((status, index) => ({
    accountId: account(index + 1),
    status,
    ...(status.endsWith("FAILED") && { errorCode: "NoAvailableConfigurationRecorderException", errorMessage: "None." }),
  }));
const ok = "CREATE_SUCCESSFUL";
const failed = "CREATE_FAILED";
const moving = "CREATE_IN_PROGRESS";
const leaving = "DELETE_SUCCESSFUL";
const listing = "DescribeOrganizationConformancePacks";
const bothRegions = { regions: ["us-east-1", "eu-west-1"] };
const inBoth = (own: readonly EmulatedMember[], other = own): Partial<EmulatedPack>[] => [
  { members: own },
  { region: "eu-west-1", members: other },
];
const organization = {
  accounts: [1, 2, 3].map((number) => ({ id: account(number), name: `account-${String(number)}` })),
};

const situations: readonly Situation[] = [
  { title: "all are well" },
  { title: "one failed", emulated: [{ members: members(ok, failed) }] },
  { title: "an update failed", emulated: [{ members: members(ok, "UPDATE_FAILED") }] },
  { title: "one is in progress", emulated: [{ members: members(ok, moving) }] },
  {
    title: "one is in progress, and that warns",
    emulated: [{ members: members(ok, moving) }],
    packs: [{ tolerate: { inProgress: "warn" } }],
  },
  {
    title: "one is in progress, and that is allowed",
    emulated: [{ members: members(ok, moving) }],
    packs: [{ tolerate: { inProgress: "allow" } }],
  },
  {
    title: "one is stuck in spite of that",
    emulated: [{ members: [...members(ok), { accountId: account(2), status: moving, lastUpdateTime: new Date(0) }] }],
    packs: [{ stuckAfterMinutes: 5, tolerate: { inProgress: "allow" } }],
  },
  { title: "failed and in progress", emulated: [{ members: members(failed, moving) }] },
  {
    title: "the one that failed is excepted",
    emulated: [{ members: members(ok, failed) }],
    packs: [{ tolerate: excepting(2) }],
  },
  {
    title: "one of two that failed is excepted",
    emulated: [{ members: members(failed, failed) }],
    packs: [{ tolerate: excepting(2) }],
  },
  {
    title: "the exception has expired",
    emulated: [{ members: members(ok, failed) }],
    packs: [{ tolerate: { accounts: [{ accountId: account(2), reason: "Old.", expires: "2020-01-01" }] } }],
  },
  {
    title: "the exception is for another region",
    emulated: [{ members: members(ok, failed) }],
    packs: [{ tolerate: { accounts: [{ accountId: account(2), reason: "There.", regions: ["eu-west-1"] }] } }],
  },
  { title: "the exception matches nothing", packs: [{ tolerate: excepting(9) }] },
  {
    title: "within maxFailedAccounts",
    emulated: [{ members: members(ok, failed) }],
    packs: [{ tolerate: { maxFailedAccounts: 1 } }],
  },
  {
    title: "beyond maxFailedAccounts",
    emulated: [{ members: members(failed, failed, ok) }],
    packs: [{ tolerate: { maxFailedAccounts: 1 } }],
  },
  {
    title: "within maxFailedPercent",
    emulated: [{ members: 100, failing: 2 }],
    packs: [{ tolerate: { maxFailedPercent: 2 } }],
  },
  {
    title: "beyond maxFailedPercent",
    emulated: [{ members: 100, failing: 3 }],
    packs: [{ tolerate: { maxFailedPercent: 2 } }],
  },
  { title: "both regions are well", emulated: inBoth(members(ok, ok)), packs: [bothRegions] },
  { title: "one region failed", emulated: inBoth(members(ok, ok), members(ok, failed)), packs: [bothRegions] },
  { title: "one region does not know the pack", packs: [bothRegions] },
  {
    title: "one region does not know the pack, and that is allowed",
    packs: [{ ...bothRegions, tolerate: { noSuchPack: "allow" } }],
  },
  { title: "no region knows the pack", packs: [{ name: "other" }] },
  { title: "no region knows the pack, and that warns", packs: [{ name: "other", tolerate: { noSuchPack: "warn" } }] },
  {
    title: "one region is silent",
    emulated: inBoth(members(ok)),
    packs: [{ ...bothRegions, maxAttempts: 1 }],
    fault: { kind: "accessDenied", region: "eu-west-1" },
  },
  { title: "access is denied", fault: { kind: "accessDenied" } },
  { title: "the response is invalid", packs: [{ maxAttempts: 1 }], fault: { kind: "missingField" } },
  { title: "AWS throttles", packs: [{ maxAttempts: 1 }], fault: { kind: "throttling" } },
  { title: "a status is unknown", fault: { kind: "unknownStatus" } },
  { title: "the aggregate alone failed", aggregate: "CREATE_FAILED" },
  { title: "the aggregate alone is in progress", aggregate: "UPDATE_IN_PROGRESS" },
  { title: "the aggregate alone failed, and is left out", aggregate: "CREATE_FAILED", packs: [{ aggregate: false }] },
  { title: "the pack is being deleted", aggregate: "DELETE_IN_PROGRESS" },
  { title: "a listed account is missing", packs: [{ expectedAccounts: [account(1), account(9)] }] },
  {
    title: "a listed account is missing and excepted",
    packs: [{ expectedAccounts: [account(1), account(9)], tolerate: excepting(9) }],
  },
  {
    title: "an account of the organization is missing",
    options: { organization },
    packs: [{ expectedAccounts: "organization" }],
  },
  {
    title: "that one is excluded",
    options: { organization },
    packs: [{ expectedAccounts: "organization", excludedAccounts: [account(3)] }],
  },
  { title: "a member has left", emulated: [{ members: members(ok, leaving) }] },
  { title: "there is no member", emulated: [{ members: [] }] },
  {
    title: "only failed and unfinished rows are read",
    emulated: [{ members: members(ok, failed) }],
    packs: [{ detail: "unsuccessful" }],
  },
  {
    title: "one account is judged",
    emulated: [{ members: members(ok, failed) }],
    packs: [{ accountIds: [account(1)] }],
  },
  {
    title: "one of two packs failed",
    emulated: [{}, { name: "other", members: members(failed) }],
    packs: [{}, { name: "other" }],
  },
  {
    title: "one region does not answer",
    emulated: inBoth(members(ok)),
    packs: [{ ...bothRegions, maxAttempts: 1 }],
    fault: { kind: "serverError", region: "eu-west-1" },
  },
  {
    title: "one region does not answer, and the glass is broken",
    emulated: inBoth(members(ok)),
    packs: [{ ...bothRegions, maxAttempts: 1, tolerate: silent(4) }],
    fault: { kind: "serverError", region: "eu-west-1" },
  },
  {
    title: "no region answers, and the glass is broken",
    packs: [{ maxAttempts: 1, tolerate: silent(4) }],
    fault: { kind: "serverError" },
  },
  { title: "all packs are well", emulated: [{}, { name: "other" }], packs: [{ name: "*" }] },
  {
    title: "one of all packs failed",
    emulated: [{}, { name: "other", members: members(failed) }],
    packs: [{ name: "*" }],
  },
  { title: "there is no pack at all", emulated: [], packs: [{ name: "*", tolerate: { noSuchPack: "allow" } }] },
  { title: "one region has no pack", packs: [{ name: "*", ...bothRegions }] },
  {
    title: "one region has no pack, and that is allowed",
    packs: [{ name: "*", ...bothRegions, tolerate: { noSuchPack: "allow" } }],
  },
  {
    title: "one region does not list its packs",
    emulated: inBoth(members(ok)),
    packs: [{ name: "*", ...bothRegions, maxAttempts: 1 }],
    fault: { kind: "serverError", operation: listing, region: "eu-west-1" },
  },
  {
    title: "one region does not list its packs, and the glass is broken",
    emulated: inBoth(members(ok)),
    packs: [{ name: "*", ...bothRegions, maxAttempts: 1, tolerate: silent(4) }],
    fault: { kind: "serverError", operation: listing, region: "eu-west-1" },
  },
  {
    title: "no region lists its packs",
    packs: [{ name: "*", ...bothRegions, maxAttempts: 1 }],
    fault: { kind: "serverError", operation: listing },
  },
  {
    title: "no region lists its packs, and the glass is broken",
    packs: [{ name: "*", ...bothRegions, maxAttempts: 1, tolerate: silent(4) }],
    fault: { kind: "serverError", operation: listing },
  },
  {
    title: "no region may list its packs, whatever glass is broken",
    packs: [{ name: "*", ...bothRegions, maxAttempts: 1, tolerate: silent(4) }],
    fault: { kind: "accessDenied", operation: listing },
  },
];

test("there are at least thirty situations, of every end", () => {
  expect(situations.length).toBeGreaterThanOrEqual(30);
});

const ends = new Set<number | null>();

test.each(situations)("the gate and the command line decide the same when $title", async (situation) => {
  const { aggregate, emulated = [{}], fault, options, packs = [{}] } = situation;
  const emulator = await emulate({
    ...options,
    packs: emulated.map((pack) => ({ name: "baseline", members: members(ok, ok), ...pack }) as EmulatedPack),
  });
  if (aggregate !== undefined) emulator.setAggregate("baseline", aggregate);
  if (fault) emulator.injectFault(fault);
  const required = packs.map((pack) => ({ name: "baseline", ...pack }));
  const folder = await mkdtemp(join(tmpdir(), "org-conformance-same-"));
  atTheEnd(() => rm(folder, { recursive: true }));

  const gate = await gateOf(required, emulator.endpoint, join(folder, "status"));
  const config = join(folder, "required-packs.json");
  await writeFile(config, JSON.stringify({ "organization-conformance-pack-required-packs": { packs: required } }));
  const ended = await run(["status", "--config", config, "--endpoint-url", emulator.endpoint, "-o", "json"]);
  const files = readStatusFiles(ended.stdout);

  expect(files.map(decisionOf).sort(byName)).toEqual(gate.files.map(decisionOf).sort(byName));
  const passed = files.filter((file) => file.verdict !== null && file.decision.verdict === "PASSED");
  expect(gate.violations).toHaveLength(files.length - passed.length);
  expect(ended.code === 0).toBe(gate.violations.length === 0);
  ends.add(ended.code);
});

test("the situations end in every way that a lookup can", () => {
  expect([...ends].sort()).toEqual([0, 10, 11, 12, 3, 4]);
});

/** What the policy reports for these packs, and the status files that it writes. */
async function gateOf(packs: readonly RequiredPack[], endpoint: string, folder: string) {
  pulumi.runtime.setAllConfig({
    "aws:region": "us-east-1",
    "aws:accessKey": "AKIAOFTHESTACK",
    "aws:secretKey": "the-secret-of-the-stack",
    "aws:endpoints": JSON.stringify([{ configservice: endpoint, organizations: endpoint, sts: endpoint }]),
  });
  process.env.PULUMI_ORG_CONFORMANCE_STATUS_DIR = folder;
  const violations = await stackViolationsOf(createPolicies().requiredPacks, [], { packs });
  return { violations, files: await readStatusFolder(folder) };
}

/** All that both must say the same: not the times, the request ids, and who asked. */
function decisionOf(file: StatusFile) {
  const { exitCode, name, verdict } = file;
  if (file.verdict === null) return { exitCode, name, verdict, error: file.error.class };
  const { causes, counts, decision, missing, reasons, regions } = file;
  return JSON.parse(
    JSON.stringify(
      { causes, counts, decision, exitCode, missing, name, reasons, regions, verdict },
      (key, value: unknown) => (key === "since" || key === "lastUpdateTime" ? undefined : value),
    ),
  ) as { readonly name: string };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

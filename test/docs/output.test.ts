import {
  decide,
  gatherPackStatus,
  judge,
  type MemberStatus,
  type OrgConformanceError,
  type PackStatus,
  report,
} from "pulumi-org-conformance/core";
import { policies } from "pulumi-org-conformance/policy";
import { startEmulator } from "pulumi-org-conformance/testing";
import { blocksOf, page } from "./pages";

/** What a page shows of a policy's violation, without line breaks and indents: a page wraps it. */
function shownBy(path: string, policy: string): string {
  const violations = blocksOf(page(path))
    .filter(({ language }) => language === "text")
    .flatMap(({ code }) => code.split(/^ *- (?=\[)/m));
  const [shown, ...others] = violations.filter((text) => text.includes(` ${policy} `) || text.includes(` ${policy}\n`));
  if (shown === undefined || others.length > 0) throw new Error(`${path} does not show ${policy} once.`);
  return oneLine(shown);
}

function violation(policy: string, message: string | undefined): string {
  const { description, enforcementLevel } = policies.find(({ name }) => name === policy) ?? {};
  return oneLine(
    `[${String(enforcementLevel)}] ${policy} (pulumi:pulumi:Stack: payments-production) ${String(description)} ${String(message)}`,
  );
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}

const requiredPacks = "organization-conformance-pack-required-packs";
const tolerated = "organization-conformance-pack-tolerated";

const noRecorder = {
  status: "CREATE_FAILED",
  errorCode: "NoAvailableConfigurationRecorderException",
  errorMessage: "There are no configuration recorders available to put the conformance pack.",
  lastUpdateTime: "2026-11-26T08:12:00.000Z",
};
const denied = {
  ...noRecorder,
  errorCode: "InsufficientPermissionsException",
  errorMessage:
    "The service-linked role AWSServiceRoleForConfigConforms could not be created: an explicit deny is in a service control policy.",
};

/** Healthy rows of the accounts `<prefix>000…`, `<prefix>001…` in each region, but for `others` by index. */
function rows(
  prefix: string,
  count: number,
  regions: readonly string[],
  others: (index: number, region: string) => object | undefined,
): MemberStatus[] {
  return Array.from({ length: count }, (_, index) => index).flatMap((index) =>
    regions.flatMap((region) => {
      const other = others(index, region);
      const healthy = { conformancePackName: "OrgConformsPack-1a2b3c", status: "CREATE_SUCCESSFUL" };
      return other && "missing" in other ? [] : [{ accountId: accountId(prefix, index), region, ...healthy, ...other }];
    }),
  );
}

function accountId(prefix: string, index: number): string {
  return `${prefix}${String(index).padStart(3, "0")}${String(index * 3).padStart(6, "0")}`;
}

test("the README shows a blocked preview as the policy reports it", () => {
  const regions = ["us-east-1", "eu-west-1"];
  const members = rows("200", 250, regions, (index, region) => {
    if (index === 41 || index === 125) return noRecorder;
    return index === 208 && region === "us-east-1" ? denied : undefined;
  });
  const status = { name: "security-baseline", regions, ...judge({ regions: regions.map(inRegion), members }) };
  expect(shownBy("README.md", requiredPacks)).toBe(violation(requiredPacks, report(status, ["FAILED"])));
});

test("docs/governance.md shows a blocked pull request as the policies report it", () => {
  const regions = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-1", "ap-southeast-2"];
  const accountNames = new Map([
    [accountId("300", 37), "payments-staging"],
    [accountId("300", 399), "sandbox-7"],
  ]);
  const members = rows("300", 400, regions, (index, region) => {
    if (index === 399 && region === "ap-southeast-2") return { missing: true };
    if (index === 37 && region === "eu-west-1") return { ...noRecorder, accountName: "payments-staging" };
    return index === 211 && region === "eu-west-1" ? noRecorder : undefined;
  });
  const required = new Set(members.map((member) => member.accountId));
  const expectation = { required, optional: new Set<string>(), unexpected: new Map(), otherwise: "notActive" } as const;
  const evidence = { regions: regions.map((region) => ({ region, expectation })), members, accountNames };
  const status: PackStatus = { name: "security-baseline", regions, ...judge(evidence) };
  const [exception] = exceptionsOf("docs/governance.md");
  const decision = decide(status, { accounts: [exception as never] }, new Date("2026-11-26T09:00:00Z"));

  expect(shownBy("docs/governance.md", requiredPacks)).toBe(
    violation(requiredPacks, report(decision.remaining, ["FAILED", "INCOMPLETE"])),
  );
  expect(shownBy("docs/governance.md", tolerated)).toBe(
    violation(tolerated, `Required pack "security-baseline": ${decision.tolerated.join("\n")}`),
  );
});

test("docs/errors.md shows the error for an unknown pack as a lookup throws it", async () => {
  const [shown] = blocksOf(page("docs/errors.md")).filter(({ language }) => language === "text");
  const accountId = "222233334444";
  const emulator = await startEmulator({
    packs: [{ name: "security-baseline", members: 1 }],
    organization: { accounts: [{ id: "111111111111" }, { id: accountId }], delegatedAdministrators: [accountId] },
  });
  const { endpoint } = emulator;
  try {
    const args = {
      name: "security-basline",
      regions: ["us-east-1"],
      assumeRole: { roleArn: `arn:aws:iam::${accountId}:role/conformance-gate-reader` },
    };
    const settings = {
      credentials: { accessKeyId: "any", secretAccessKey: "any" },
      assumeRoles: [],
      endpoints: { configservice: endpoint, organizations: endpoint, sts: endpoint },
    };
    const error = await gatherPackStatus(args, { settings }).catch((thrown: unknown) => thrown as OrgConformanceError);
    const withoutId = (text: string): string => text.trim().replace(/(?<=request id: )\S+/, "…");
    expect(withoutId(shown?.code ?? "")).toBe(withoutId("message" in error ? error.message : "no error"));
  } finally {
    await emulator.stop();
  }
});

function inRegion(region: string): { readonly region: string } {
  return { region };
}

/** The exceptions in the configuration that a page shows. */
function exceptionsOf(path: string): unknown[] {
  const configurations = blocksOf(page(path)).filter(({ code }) => code.includes('"tolerate"'));
  return configurations.flatMap(({ code }) => {
    const { [requiredPacks]: settings } = JSON.parse(code) as Record<
      string,
      { readonly packs: readonly { readonly tolerate: { readonly accounts: readonly unknown[] } }[] }
    >;
    return settings?.packs.flatMap(({ tolerate }) => tolerate.accounts) ?? [];
  });
}

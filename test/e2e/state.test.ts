import * as pulumi from "@pulumi/pulumi";
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  getOrganizationConformancePackStatus,
  type MemberStatus,
  OrganizationConformancePackStatus,
} from "pulumi-org-conformance";
import { hermeticEnvironment, policyPack } from "../../tools/localStack";
import { findPulumiCli } from "../../tools/pulumi-cli/pulumiCli";
import { expectNoSecretIn, watchWireSecrets } from "../security/wireSecrets";
import { gateAndService, testOnOneFront } from "./fronts";
import { credentialsInConfig, gatedStack, packName, statusIn, untilLater } from "./gatedStack";

const gate = () => {
  const status = new OrganizationConformancePackStatus("gate", { name: packName });
  return Promise.resolve({ verdict: status.verdict, members: status.members.apply((rows) => rows.length) });
};

test("10,000 accounts are known in preview and take at most 16 bytes each in inputs and in outputs, with their failures in plain fields", async () => {
  const stack = await gatedStack(gate, { packs: [{ name: packName, members: 10_000, failing: 20 }] });
  const inPreview: MemberStatus[][] = [];
  const program = () => {
    // What is unknown is not applied.
    new OrganizationConformancePackStatus("gate", { name: packName }).members.apply((rows) => inPreview.push(rows));
    return Promise.resolve({});
  };
  expect(await stack.preview({ program, withPolicyPack: false })).toMatchObject({ succeeded: true });
  expect(inPreview.map((rows) => rows.length)).toEqual([10_000]);
  expect(inPreview[0]?.filter(({ status }) => status === "CREATE_FAILED")).toHaveLength(20);

  await stack.deploy();
  expect((await stack.stack.outputs()).members?.value).toBe(10_000);

  const resource = statusIn(await stack.resources());
  expect(JSON.stringify(resource).length).toBeLessThan(2 * 16 * 10_000);
  expect((resource?.inputs?.__provider as string).length).toBeLessThan(2_000);
  expect(resource?.outputs?.failedGroups).toMatchObject([
    { errorCode: "NoAvailableConfigurationRecorderException", status: "CREATE_FAILED" },
    { errorCode: "InsufficientPermissionsException", status: "CREATE_FAILED" },
  ]);
});

test("with detail unsuccessful, 10,000 accounts take a few kB", async () => {
  const program = () => {
    new OrganizationConformancePackStatus("gate", { name: packName, detail: "unsuccessful" });
    return Promise.resolve({});
  };
  const stack = await gatedStack(program, { packs: [{ name: packName, members: 10_000, failing: 20 }] });
  await stack.deploy();
  const resource = statusIn(await stack.resources());
  expect(resource?.outputs?.failedGroups).toHaveLength(2);
  expect(JSON.stringify(resource).length).toBeLessThan(20_000);
});

test("no credential reaches the state, the outputs or what the CLI prints", async () => {
  const wire = watchWireSecrets();
  const roleArn = "arn:aws:iam::222222222222:role/reader";
  const secrets = { key: "AKIAPLANTEDINCONFIG", secret: "planted/Secret+Key", token: "planted-session-token" };
  const stack = await gatedStack(
    gate,
    { packs: [{ name: packName, members: 3, failing: 1 }] },
    {
      config: {
        "aws:accessKey": { value: secrets.key, secret: true },
        "aws:secretKey": { value: secrets.secret, secret: true },
        "aws:token": { value: secrets.token, secret: true },
        "aws:assumeRoles": { value: JSON.stringify([{ roleArn, externalId: "planted-external-id" }]) },
      },
      environment: { AWS_ACCESS_KEY_ID: "AKIAPLANTEDINENV", AWS_SECRET_ACCESS_KEY: "planted-env-secret" },
    },
  );
  const runs = [await stack.up({ withPolicyPack: false }), await stack.preview()];
  stack.emulator.injectFault({ kind: "accessDenied" });
  runs.push(await stack.preview(), await stack.refresh());
  expect(runs.map(({ succeeded }) => succeeded)).toEqual([true, false, false, false]);
  expect(stack.emulator.requests.length).toBeGreaterThan(2);

  // Each lookup assumed the role: a key, a secret key and a token.
  expect(wire.issued.length).toBeGreaterThanOrEqual(2 * 3);
  expect(wire.sent.join("\n")).toContain(secrets.key);
  wire.restore();
  // All but the modules, to which there is a link.
  const files = (await readdir(stack.folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  expect(files.length).toBeGreaterThan(5);
  const texts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), "utf8")));
  const all = [...texts, ...runs.map(({ output }) => output), JSON.stringify(stack.emulator.requests)].join("\n");
  expectNoSecretIn(all, [...Object.values(secrets), "AKIAPLANTEDINENV", "planted-env-secret", ...wire.issued]);
});

testOnOneFront("a gate whose name is a secret is judged too", async (front) => {
  const stack = await front.start(() => gateAndService(front, { name: pulumi.secret(packName) })(), {
    packs: [{ name: packName, members: 250, failing: 3 }],
  });
  const { succeeded, output } = await stack.preview();
  expect(succeeded).toBe(false);
  expect(output).toContain("3 of 250 accounts failed.");
});

testOnOneFront("pulumi policy analyze judges the saved state", async (front) => {
  const stack = await front.start(gateAndService(front), { packs: [{ name: packName, members: 250, failing: 3 }] });
  await stack.deploy();
  await untilLater();
  const { command } = await findPulumiCli();
  const args = ["policy", "analyze", "--policy-pack", policyPack, "--stack", "local", "--non-interactive"];
  const { stdout, stderr } = await promisify(execFile)(command, args, {
    cwd: stack.stack.workspace.workDir,
    env: {
      ...process.env,
      ...hermeticEnvironment(stack.folder),
      PULUMI_HOME: join(stack.folder, "home"),
    },
  }).catch((error: unknown) => error as { stdout: string; stderr: string });
  expect(stdout + stderr).toContain("3 of 250 accounts failed.");
  // A saved status is of another run, and the violation says so.
  expect(stdout + stderr).toContain("not by this run");
});

testOnOneFront("the configuration of the pack reaches the policies", async (front) => {
  const stack = await front.start(gateAndService(front), { packs: [{ name: packName, members: 250, failing: 30 }] });
  const failed = "organization-conformance-pack-member-failed";
  const policyConfig = { [failed]: { enforcementLevel: "advisory", maxAccountsShown: 2 } };
  const { output } = await stack.preview({ policyConfig });
  expect(output).toContain(`[advisory]  ${failed}`);
  expect(output).toMatch(/20 accounts, since .*: \d{12}, \d{12} and 18 more/);
});

test("the function gives a program typed rows", async () => {
  const lookUp = async () => {
    const status = await getOrganizationConformancePackStatus({ name: packName });
    return { verdict: status.verdict, failed: status.failed.map(({ accountId }) => accountId) };
  };
  const stack = await gatedStack(
    lookUp,
    { packs: [{ name: packName, members: 10, failing: 1 }] },
    { config: credentialsInConfig },
  );
  await stack.deploy();
  const outputs = await stack.stack.outputs();
  expect(outputs.verdict?.value).toBe("FAILED");
  expect(outputs.failed?.value).toEqual(["200005000015"]);
});

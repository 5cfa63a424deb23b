import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "../../../emulator";
import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import type { PackStatus } from "../../../core/status/packStatus";
import { type AwsSettings, readAwsSettings } from "../../../core/aws/settings";
import "./awsEnvironment";
import { emulate, rejectionOf, settingsFor } from "./emulate";

function gather(settings: AwsSettings): Promise<PackStatus> {
  return gatherPackStatus({ name: "baseline", maxAttempts: 1 }, { settings });
}

function without(settings: AwsSettings, key: keyof AwsSettings): AwsSettings {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== key)) as unknown as AwsSettings;
}

function emulateIn(region: string): Promise<Emulator> {
  return emulate({ packs: [{ name: "baseline", region, members: 1 }] });
}

/** A file of profiles, with its own name: the SDK reads each name once. */
async function withConfigFile(text: string, run: () => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "pulumi-org-conformance-"));
  process.env.AWS_CONFIG_FILE = join(folder, "config");
  try {
    await writeFile(process.env.AWS_CONFIG_FILE, text);
    await run();
  } finally {
    await rm(folder, { recursive: true });
  }
}

test.each([
  [{ AWS_REGION: "eu-west-1" }, "eu-west-1"],
  [{ AWS_DEFAULT_REGION: "eu-west-2" }, "eu-west-2"],
  [{ AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-2" }, "eu-west-1"],
])("%j: the region that is asked is %s", async (env, region) => {
  const emulator = await emulateIn(region);
  Object.assign(process.env, env);
  const { settings } = readAwsSettings(
    (key) => ({ "aws:endpoints": JSON.stringify([{ configservice: emulator.endpoint }]) })[key],
  );
  const { credentials } = settingsFor("");
  expect((await gather({ ...settings, ...(credentials && { credentials }) })).regions).toEqual([region]);
  // The rows and the aggregate.
  expect(emulator.requests.map((request) => request.region)).toEqual([region, region]);
});

test("without another, the region and the credentials are the profile's", async () => {
  const emulator = await emulateIn("eu-north-1");
  const text = "[profile audit]\nregion = eu-north-1\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = s\n";
  await withConfigFile(text, async () => {
    const settings = without(without(settingsFor(emulator.endpoint, { profile: "audit" }), "region"), "credentials");
    expect((await gather(settings)).regions).toEqual(["eu-north-1"]);
  });
});

test("a lookup without any region is a mistake in regions", async () => {
  const emulator = await emulateIn("us-east-1");
  const error = await rejectionOf(gather(without(settingsFor(emulator.endpoint), "region")));
  expect(error).toMatchObject({ name: "InvalidArgumentsError", problems: [{ property: "regions" }] });
  expect(error.message).toContain("AWS_REGION");
  expect(emulator.requests).toEqual([]);
});

test.each(["no such!", "US-EAST-1", "us-east-1\n", "evil.example/us-east-1"])(
  "the configured region %j is refused before any call",
  async (region) => {
    const emulator = await emulateIn("us-east-1");
    const error = await rejectionOf(gather(settingsFor(emulator.endpoint, { region })));
    expect(error).toMatchObject({ name: "InvalidArgumentsError", problems: [{ property: "regions" }] });
    expect(error.message).toContain("is not a region");
    expect(emulator.requests).toEqual([]);
  },
);

test("a lookup without credentials is a CredentialsError", async () => {
  const emulator = await emulateIn("us-east-1");
  const error = await rejectionOf(gather(without(settingsFor(emulator.endpoint), "credentials")));
  expect(error).toMatchObject({ name: "CredentialsError", problem: "missing", region: "us-east-1" });
  expect(error.message).toContain("Next: Set credentials as for @pulumi/aws: aws:profile");
  expect(emulator.requests).toEqual([]);
});

test("a profile that does not exist does not fall back to other credentials", async () => {
  const emulator = await emulateIn("us-east-1");
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "AKIAOTHER", AWS_SECRET_ACCESS_KEY: "s" });
  const settings = without(settingsFor(emulator.endpoint, { profile: "nowhere" }), "credentials");
  expect(await rejectionOf(gather(settings))).toMatchObject({ name: "CredentialsError", problem: "missing" });
  expect(emulator.requests).toEqual([]);
});

test("credentials of the environment are used", async () => {
  const emulator = await emulateIn("us-east-1");
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "s" });
  expect((await gather(without(settingsFor(emulator.endpoint), "credentials"))).verdict).toBe("PASSED");
});

const first = "arn:aws:iam::222222222222:role/first";
const second = "arn:aws:iam::333333333333:role/path/second";

test("roles are assumed one after the other, and the last one asks", async () => {
  const emulator = await emulateIn("us-east-1");
  const assumeRoles = [
    { roleArn: first },
    { roleArn: second, sessionName: "me", externalId: "x", durationSeconds: 900 },
  ];
  await gather(settingsFor(emulator.endpoint, { assumeRoles }));
  expect(emulator.requests).toMatchObject([
    {
      operation: "AssumeRole",
      principal: "arn:aws:iam::111111111111:user/emulated-caller",
      input: { RoleArn: first, RoleSessionName: "pulumi-org-conformance" },
    },
    {
      operation: "AssumeRole",
      principal: "arn:aws:sts::222222222222:assumed-role/first/pulumi-org-conformance",
      input: { RoleArn: second, RoleSessionName: "me", ExternalId: "x", DurationSeconds: "900" },
    },
    {
      operation: "GetOrganizationConformancePackDetailedStatus",
      principal: expect.stringMatching(/^arn:aws:sts::333333333333:assumed-role\/.*second\/me$/) as string,
    },
    {
      operation: "DescribeOrganizationConformancePackStatuses",
      principal: expect.stringMatching(/^arn:aws:sts::333333333333:assumed-role\/.*second\/me$/) as string,
    },
  ]);
});

test("a role that may not be assumed is an access that is denied, to sts:AssumeRole", async () => {
  const emulator = await emulateIn("us-east-1");
  emulator.injectFault({ kind: "accessDenied", operation: "AssumeRole" });
  const error = await rejectionOf(gather(settingsFor(emulator.endpoint, { assumeRoles: [{ roleArn: first }] })));
  expect(error).toMatchObject({ name: "AccessDeniedError", action: "sts:AssumeRole" });
});

test.each([
  [[], "111111111111"],
  [[{ roleArn: first }], "222222222222"],
])("an unknown pack: with the roles %j, the account that asked is %s", async (assumeRoles, callerAccountId) => {
  const emulator = await emulateIn("eu-west-1");
  const error = await rejectionOf(gather(settingsFor(emulator.endpoint, { assumeRoles })));
  expect(error).toMatchObject({ name: "NoSuchOrganizationConformancePackError", callerAccountId, region: "us-east-1" });
  expect(error.message).toContain(`of account ${callerAccountId}`);
  expect(emulator.requests.map(({ operation }) => operation)).toContain("GetCallerIdentity");
});

test.each(["accessDenied", "htmlBody", "serverError", "resetConnection"] as const)(
  "an unknown pack is one also where STS answers with %s",
  async (kind) => {
    const emulator = await emulate();
    emulator.injectFault({ kind, operation: "GetCallerIdentity" });
    const error = await rejectionOf(gather(settingsFor(emulator.endpoint)));
    expect(error).toMatchObject({ name: "NoSuchOrganizationConformancePackError", callerAccountId: undefined });
    expect(error.message).not.toContain("The caller is");
    expect(error.message).toContain("AWS request id: ");
  },
);

import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import type { PackStatus } from "../../../core/status/packStatus";
import type { PackStatusArgs } from "../../../core/status/packStatusArgs";
import { readAwsSettings } from "../../../core/aws/settings";
import { type AwsBehindProxy, awsBehindProxy } from "./awsBehindProxy";
import "./awsEnvironment";
import { emulate, rejectionOf } from "./emulate";

type Texts = Readonly<Record<string, string>>;

const role = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
const startUrl = "https://corp.awsapps.com/start";
const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");

let home: string;
const inHome = (name: string) => join(home, name);

/** What a person may have in his files: the key ids say where the credentials come from. */
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "pulumi-org-conformance-home-"));
  process.env.HOME = home;
  process.env.AWS_CONFIG_FILE = inHome("config");
  const sso = "sso_account_id = 222222222222\nsso_role_name = reader\n";
  writeFileSync(
    inHome("config"),
    `[default]
aws_access_key_id = AKIADEFAULT
aws_secret_access_key = s
[profile audit]
region = us-east-1
aws_access_key_id = AKIAAUDIT
aws_secret_access_key = s
[profile chained]
role_arn = ${role("chained")}
source_profile = audit
[profile itself]
role_arn = ${role("itself")}
source_profile = itself
aws_access_key_id = AKIAITSELF
aws_secret_access_key = s
[profile empty]
region = us-east-1
[profile fromEmpty]
role_arn = ${role("x")}
source_profile = empty
[profile mfa]
role_arn = ${role("x")}
source_profile = audit
mfa_serial = arn:aws:iam::222222222222:mfa/me
[profile web]
role_arn = ${role("web")}
web_identity_token_file = ${inHome("token")}
[profile session]
sso_session = corp
${sso}[profile legacy]
sso_start_url = ${startUrl}
sso_region = eu-west-1
${sso}[profile chainedToSession]
role_arn = ${role("chained")}
source_profile = session
[profile sessionAndProcess]
credential_process = false
sso_session = corp
${sso}[profile process]
credential_process = ${inHome("process")}
[sso-session corp]
sso_start_url = ${startUrl}
sso_region = eu-west-1
`,
  );
  writeFileSync(inHome("other"), "[default]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = s\n");
  writeFileSync(inHome("token"), "the-token-of-the-job");
  const cache = inHome(".aws/sso/cache");
  mkdirSync(cache, { recursive: true });
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  for (const name of ["corp", startUrl]) {
    writeFileSync(join(cache, `${sha1(name)}.json`), JSON.stringify({ accessToken: "the-token-of-sso", expiresAt }));
  }
  // It counts its runs.
  writeFileSync(
    inHome("process"),
    `#!/bin/sh
echo run >> ${inHome("runs")}
sleep 0.2
echo '{"Version":1,"AccessKeyId":"ASIAPROCESS","SecretAccessKey":"s","SessionToken":"t","Expiration":"'$(cat ${inHome("expiration")})'"}'
`,
  );
  chmodSync(inHome("process"), 0o755);
  expireIn(3_600);
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

function expireIn(seconds: number): void {
  writeFileSync(inHome("expiration"), new Date(Date.now() + seconds * 1_000).toISOString());
}

const runs = () => readFileSync(inHome("runs"), "utf8").trim().split("\n").length;

const regions = ["us-east-1", "eu-west-1"];

/** AWS behind a proxy, which sees each host that is asked. */
async function aws(): Promise<AwsBehindProxy> {
  const emulator = await emulate({ packs: regions.map((region) => ({ name: "baseline", region, members: 1 })) });
  const behind = await awsBehindProxy(emulator);
  Object.assign(process.env, { HTTPS_PROXY: behind.proxy, AWS_CA_BUNDLE: behind.caBundle });
  return behind;
}

function gather(config: Texts, args: Partial<PackStatusArgs> = {}): Promise<PackStatus> {
  const { settings, problems } = readAwsSettings((key) => ({ "aws:region": "us-east-1", ...config })[key]);
  expect(problems).toEqual([]);
  return gatherPackStatus({ name: "baseline", maxAttempts: 1, ...args }, { settings });
}

const hostsOf = ({ requests }: AwsBehindProxy) => [...new Set(requests.map(({ host }) => host))];
const keysAt = ({ requests }: AwsBehindProxy, host: string) => [
  ...new Set(requests.filter((request) => request.host === host).map(({ accessKeyId }) => accessKeyId)),
];

const environmentKeys = { AWS_ACCESS_KEY_ID: "AKIAENVIRONMENT", AWS_SECRET_ACCESS_KEY: "s" };
const webIdentity = () => ({ AWS_WEB_IDENTITY_TOKEN_FILE: inHome("token"), AWS_ROLE_ARN: role("job") });
const files = (name: string) => JSON.stringify([inHome(name)]);

test.each<[asks: string, given: string, config: () => Texts, env: () => Texts]>([
  ["AKIADEFAULT", "nothing", () => ({}), () => ({})],
  ["AKIAENVIRONMENT", "keys in the environment", () => ({}), () => environmentKeys],
  [
    "AKIAENVIRONMENT",
    "keys of the old names",
    () => ({}),
    () => ({ AWS_ACCESS_KEY: "AKIAENVIRONMENT", AWS_SECRET_KEY: "s" }),
  ],
  ["AKIAENVIRONMENT", "keys beside AWS_PROFILE", () => ({}), () => ({ ...environmentKeys, AWS_PROFILE: "audit" })],
  [
    "AKIAENVIRONMENT",
    "keys beside an AWS_PROFILE that does not exist",
    () => ({}),
    () => ({ ...environmentKeys, AWS_PROFILE: "nowhere" }),
  ],
  ["AKIAENVIRONMENT", "keys beside a web identity", () => ({}), () => ({ ...environmentKeys, ...webIdentity() })],
  ["ASIAWEB", "a web identity beside AWS_PROFILE", () => ({}), () => ({ ...webIdentity(), AWS_PROFILE: "audit" })],
  ["ASIAWEB", "a web identity beside a default profile", () => ({}), webIdentity],
  ["AKIAAUDIT", "AWS_PROFILE", () => ({}), () => ({ AWS_PROFILE: "audit" })],
  ["AKIAAUDIT", "AWS_DEFAULT_PROFILE", () => ({}), () => ({ AWS_DEFAULT_PROFILE: "audit" })],
  ["AKIAAUDIT", "aws:profile beside keys", () => ({ "aws:profile": "audit" }), () => environmentKeys],
  [
    "AKIASTACK",
    "aws:accessKey beside all others",
    () => ({ "aws:accessKey": "AKIASTACK", "aws:secretKey": "s", "aws:profile": "audit" }),
    () => environmentKeys,
  ],
  [
    "ASIAWEB",
    "aws:assumeRoleWithWebIdentity beside keys",
    () => ({
      "aws:assumeRoleWithWebIdentity": JSON.stringify({ roleArn: role("job"), webIdentityToken: "a-token" }),
      "aws:profile": "audit",
    }),
    () => environmentKeys,
  ],
  ["AKIAOTHER", "aws:sharedConfigFiles", () => ({ "aws:sharedConfigFiles": files("other") }), () => ({})],
  ["AKIAOTHER", "aws:sharedCredentialsFiles", () => ({ "aws:sharedCredentialsFiles": files("other") }), () => ({})],
  ["ASIAWEB", "a profile's web identity", () => ({ "aws:profile": "web" }), () => ({})],
  ["ASIASSO", "a profile's SSO session", () => ({ "aws:profile": "session" }), () => ({})],
  ["ASIASSO", "a profile's SSO of the old keys", () => ({ "aws:profile": "legacy" }), () => ({})],
  ["ASIASSO", "an SSO session beside a process", () => ({ "aws:profile": "sessionAndProcess" }), () => ({})],
  ["ASIAPROCESS", "a profile's process", () => ({ "aws:profile": "process" }), () => ({})],
])("%s asks where there is %s", async (asks, _given, config, env) => {
  const behind = await aws();
  Object.assign(process.env, env());
  expect((await gather(config())).verdict).toBe("PASSED");
  expect(keysAt(behind, "config.us-east-1.amazonaws.com")).toEqual([asks]);
});

test.each([
  ["chained", "AKIAAUDIT"],
  ["itself", "AKIAITSELF"],
  ["chainedToSession", "ASIASSO"],
])("the role of the profile %s is assumed by %s", async (profile, by) => {
  const behind = await aws();
  expect((await gather({ "aws:profile": profile })).verdict).toBe("PASSED");
  expect(keysAt(behind, "sts.us-east-1.amazonaws.com")).toEqual([by]);
});

test.each(["session", "legacy", "chainedToSession"])(
  "the profile %s asks SSO in its own region and at its own endpoint, whatever STS's are",
  async (profile) => {
    const behind = await aws();
    const endpoints = JSON.stringify([{ sts: "https://sts.eu-central-1.amazonaws.com" }]);
    const status = await gather({ "aws:profile": profile, "aws:endpoints": endpoints }, { regions });
    expect(status).toMatchObject({ verdict: "PASSED", counts: { total: 2 } });
    expect(hostsOf(behind).filter((host) => host.includes("sso"))).toEqual(["portal.sso.eu-west-1.amazonaws.com"]);
    const withToken = behind.requests.filter(({ headers }) => JSON.stringify(headers).includes("the-token-of-sso"));
    expect(withToken.map(({ host }) => host)).toEqual(["portal.sso.eu-west-1.amazonaws.com"]);
  },
);

test.each<[problem: string, config: Texts, env: Texts]>([
  ['"nowhere" does not exist', { "aws:profile": "nowhere" }, environmentKeys],
  ['"nowhere" does not exist', {}, { AWS_PROFILE: "nowhere" }],
  ["from any providers", { "aws:profile": "empty" }, environmentKeys],
  ["has no credentials", { "aws:profile": "fromEmpty" }, {}],
  ["MFA device", { "aws:profile": "mfa" }, {}],
  ["AWS_ROLE_ARN is not", {}, { AWS_WEB_IDENTITY_TOKEN_FILE: "/nowhere" }],
  ["token can't be read", {}, { AWS_WEB_IDENTITY_TOKEN_FILE: "/nowhere", AWS_ROLE_ARN: role("job") }],
  ["AWS_ENDPOINT_URL_SSO", { "aws:profile": "session", "aws:endpoints": '[{"sso":"https://sso.example"}]' }, {}],
])("there are no credentials, and no other identity steps in: %s", async (problem, config, env) => {
  const behind = await aws();
  Object.assign(process.env, env);
  const error = await rejectionOf(gather(config));
  expect(error).toMatchObject({ name: "CredentialsError" });
  expect(error.message).toContain(problem);
  expect(behind.connected).toEqual([]);
});

test.each<[setting: string, config: Texts, sts: string]>([
  ["the stack's region", {}, "sts.us-east-1.amazonaws.com"],
  ["aws:stsRegion", { "aws:stsRegion": "eu-west-1" }, "sts.eu-west-1.amazonaws.com"],
  ["aws:useFipsEndpoint", { "aws:useFipsEndpoint": "true" }, "sts-fips.us-east-1.amazonaws.com"],
])("STS is asked as %s says", async (_setting, config, sts) => {
  const behind = await aws();
  await gather({ "aws:assumeRoles": JSON.stringify([{ roleArn: role("a") }]), ...config });
  expect(hostsOf(behind).filter((host) => host.startsWith("sts"))).toEqual([sts]);
});

test("STS is asked again as often as aws:maxRetries says", async () => {
  const emulator = await emulate();
  emulator.injectFault({ kind: "serverError", operation: "AssumeRole" });
  await rejectionOf(
    gather({
      "aws:maxRetries": "2",
      "aws:retryMode": "standard",
      "aws:endpoints": JSON.stringify([{ sts: emulator.endpoint, configservice: emulator.endpoint }]),
      "aws:assumeRoles": JSON.stringify([{ roleArn: role("a") }]),
    }),
  );
  expect(emulator.requests.map(({ operation }) => operation)).toEqual(["AssumeRole", "AssumeRole", "AssumeRole"]);
});

test.each<[what: string, config: Texts, parts: readonly string[]]>([
  [
    "aws:assumeRole, as version 6 names it, with all that restricts the session",
    {
      "aws:assumeRole": JSON.stringify({
        roleArn: role("a"),
        policy: '{"Statement":[]}',
        policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
        sourceIdentity: "me",
        tags: { team: "platform" },
        transitiveTagKeys: ["team"],
      }),
    },
    [
      "Action=AssumeRole&",
      "Policy=%7B%22Statement%22%3A%5B%5D%7D",
      "PolicyArns.member.1.arn=arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FReadOnlyAccess",
      "SourceIdentity=me",
      "Tags.member.1.Key=team",
      "TransitiveTagKeys.member.1=team",
    ],
  ],
  [
    "aws:assumeRoleWithWebIdentity",
    {
      "aws:assumeRoleWithWebIdentity": JSON.stringify({
        roleArn: role("a"),
        webIdentityTokenFile: "$HOME/token",
        sessionName: "gate",
        duration: "15m",
        policy: "{}",
      }),
    },
    [
      "Action=AssumeRoleWithWebIdentity",
      "WebIdentityToken=the-token-of-the-job",
      "RoleSessionName=gate",
      "DurationSeconds=900",
      "Policy=%7B%7D",
    ],
  ],
])("%s: STS is asked for just that", async (_what, config, parts) => {
  const behind = await aws();
  await gather(config);
  const bodies = behind.requests.filter(({ host }) => host.startsWith("sts")).map(({ body }) => body);
  expect(bodies).toHaveLength(1);
  for (const part of parts) expect(bodies[0]).toContain(part);
});

describe("credentials are fetched once a process", () => {
  test("for all regions and lookups at the same time", async () => {
    await aws();
    const config = { "aws:profile": "process" };
    await Promise.all([gather(config, { regions }), gather(config, { regions }), gather(config)]);
    await gather(config);
    expect(runs()).toBe(1);
  });

  test("and anew when half of a short time is over", async () => {
    await aws();
    expireIn(6);
    await gather({ "aws:profile": "process" });
    const before = runs();
    await delay(4_000);
    expireIn(3_600);
    await gather({ "aws:profile": "process" }, { regions });
    await gather({ "aws:profile": "process" });
    expect(runs()).toBe(before + 1);
  });

  test("and not with each request where the source has only short ones", async () => {
    await aws();
    expireIn(120);
    await gather({ "aws:profile": "process" }, { regions });
    expect(runs()).toBe(1);
  });

  test("and anew after they could not be fetched", async () => {
    await aws();
    expireIn(-60);
    await rejectionOf(gather({ "aws:profile": "process" }));
    const failed = runs();
    expireIn(3_600);
    expect((await gather({ "aws:profile": "process" })).verdict).toBe("PASSED");
    expect(runs()).toBe(failed + 1);
  });

  test("and those without an expiry anew after five minutes, with their account", async () => {
    const behind = await aws();
    const config = { "aws:profile": "audit", "aws:allowedAccountIds": '["111111111111"]' };
    const accountRequests = () =>
      behind.requests.filter(({ body }) => body.includes("Action=GetCallerIdentity")).length;
    await gather(config);
    await gather(config);
    expect(accountRequests()).toBe(1);
    writeFileSync(inHome("config"), readFileSync(inHome("config"), "utf8").replace("AKIAAUDIT", "AKIARENEWED"));
    const now = performance.now();
    const clock = jest.spyOn(performance, "now").mockImplementation(() => now + 301_000);
    try {
      await gather(config);
    } finally {
      clock.mockRestore();
    }
    expect(keysAt(behind, "config.us-east-1.amazonaws.com")).toEqual(["AKIAAUDIT", "AKIARENEWED"]);
    expect(accountRequests()).toBe(2);
  });

  test("and a role of the arguments rests on them", async () => {
    const behind = await aws();
    const assumeRole = { roleArn: role("reader") };
    await gather({ "aws:profile": "process" }, { assumeRole, regions });
    await gather({ "aws:profile": "process" });
    expect(runs()).toBe(1);
    expect(keysAt(behind, "sts.us-east-1.amazonaws.com")).toEqual(["ASIAPROCESS"]);
  });
});

describe("the account of the credentials", () => {
  // Who the emulator takes anyone for that has no role.
  const own = "111111111111";
  const list = (...ids: string[]) => JSON.stringify(ids);
  const identityRequests = ({ requests }: AwsBehindProxy) =>
    requests.filter(({ body }) => body.includes("Action=GetCallerIdentity"));

  test.each<[setting: string, config: Texts]>([
    ["aws:allowedAccountIds", { "aws:allowedAccountIds": list("333333333333") }],
    ["aws:forbiddenAccountIds", { "aws:forbiddenAccountIds": list("333333333333", own) }],
  ])("is refused by %s before AWS Config is asked", async (setting, config) => {
    const behind = await aws();
    const error = await rejectionOf(gather(config, { regions }));
    expect(error).toMatchObject({ name: "AccountRefusedError", callerAccountId: own, packName: "baseline" });
    expect(error.message).toContain(`belong to account ${own}, which ${setting} does not allow`);
    expect(hostsOf(behind)).toEqual(["sts.us-east-1.amazonaws.com"]);
    expect(identityRequests(behind)).toHaveLength(1);
  });

  test("is asked for once where it is allowed", async () => {
    const behind = await aws();
    const config = { "aws:allowedAccountIds": list(own), "aws:forbiddenAccountIds": list("333333333333") };
    await Promise.all([gather(config, { regions }), gather(config)]);
    expect((await gather(config)).verdict).toBe("PASSED");
    expect(identityRequests(behind)).toHaveLength(1);
  });

  test("is that behind aws:assumeRoles, and before the role of the arguments", async () => {
    await aws();
    const config = {
      "aws:assumeRoles": JSON.stringify([{ roleArn: role("a") }]),
      "aws:allowedAccountIds": list("222222222222"),
    };
    const assumeRole = { roleArn: "arn:aws:iam::333333333333:role/reader" };
    expect((await gather(config, { assumeRole })).verdict).toBe("PASSED");
  });

  test("is never taken as allowed when STS does not say it", async () => {
    const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
    emulator.injectFault({ kind: "serverError", operation: "GetCallerIdentity" });
    const endpoints = { configservice: emulator.endpoint, organizations: emulator.endpoint, sts: emulator.endpoint };
    const config = {
      "aws:allowedAccountIds": list(own),
      "aws:maxRetries": "0",
      "aws:endpoints": JSON.stringify([endpoints]),
    };
    expect(await rejectionOf(gather(config))).toMatchObject({ name: "ServiceError" });
    expect(emulator.requests.map(({ operation }) => operation)).toEqual(["GetCallerIdentity"]);
    // It is asked again.
    emulator.clearFaults();
    expect((await gather(config)).verdict).toBe("PASSED");
  });
});

import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OrgConformanceError } from "../../../core/errors";
import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import type { AwsSettings } from "../../../core/aws/settings";
import "./awsEnvironment";
import { emulate, lookupErrorOf, settingsFor } from "./emulate";
import "./nodeErrors";

const roleArn = "arn:aws:iam::222222222222:role/reader";
let folder: string;
let stop: () => void = () => undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pulumi-org-conformance-"));
});

afterEach(async () => {
  stop();
  stop = () => undefined;
  await rm(folder, { recursive: true });
});

/** An AWS STS that refuses everything. */
async function stsAnswering(code: string, message: string): Promise<string> {
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`;
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(400, { "content-type": "text/xml", "x-amzn-requestid": "sts-request" });
    response.end(body);
  }).listen(0, "127.0.0.1");
  stop = () => server.close();
  await once(server, "listening");
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

async function errorOf(sts: string, others: Partial<AwsSettings>, keepKeys = true): Promise<OrgConformanceError> {
  const { endpoint } = await emulate({ packs: [{ name: "baseline", members: 1 }] });
  const { credentials, ...settings } = settingsFor(endpoint, others);
  const all = {
    ...settings,
    endpoints: { ...settings.endpoints, sts },
    ...(keepKeys && credentials && { credentials }),
  };
  return lookupErrorOf(gatherPackStatus({ name: "baseline", maxAttempts: 1 }, { settings: all }));
}

const assuming = (sts: string) => errorOf(sts, { assumeRoles: [{ roleArn }] });

/** As in CI: a token in a file, which the SDK's own chain finds. */
async function withWebIdentity(sts: string): Promise<OrgConformanceError> {
  const token = join(folder, "token");
  await writeFile(token, "a.b.c");
  Object.assign(process.env, {
    AWS_WEB_IDENTITY_TOKEN_FILE: token,
    AWS_ROLE_ARN: roleArn,
    AWS_ENDPOINT_URL_STS: sts,
  });
  return errorOf(sts, {}, false);
}

const subject = "User: arn:aws:iam::111111111111:user/x is";
const chaining = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining";

test.each<
  [code: string, message: string, ask: (sts: string) => Promise<OrgConformanceError>, known: object, next: RegExp]
>([
  [
    "AccessDenied",
    `${subject} not authorized to perform: sts:AssumeRole on resource: y`,
    assuming,
    { name: "AccessDeniedError", action: "sts:AssumeRole" },
    /trust policy.*iam\/lookup\.json/,
  ],
  [
    "AccessDenied",
    `${subject} not authorized to perform sts:AssumeRole`,
    assuming,
    { name: "AccessDeniedError", action: "sts:AssumeRole" },
    /trust policy/,
  ],
  ["AccessDenied", "Access denied", assuming, { name: "AccessDeniedError", action: "sts:AssumeRole" }, /trust policy/],
  [
    "AccessDenied",
    "Not authorized to perform sts:AssumeRoleWithWebIdentity",
    withWebIdentity,
    { name: "AccessDeniedError", action: "sts:AssumeRoleWithWebIdentity" },
    /subject and audience/,
  ],
  [
    "InvalidIdentityToken",
    "No OpenIDConnect provider found in your account for https://token.example",
    withWebIdentity,
    { name: "CredentialsError", problem: "refused" },
    /create the IAM identity provider/,
  ],
  [
    "InvalidIdentityToken",
    "Incorrect token audience",
    withWebIdentity,
    { name: "CredentialsError", problem: "refused" },
    /for an audience/,
  ],
  [
    "InvalidIdentityToken",
    "Couldn't retrieve verification key",
    withWebIdentity,
    { name: "CredentialsError", problem: "refused" },
    /token's issuer/,
  ],
  [
    "IDPRejectedClaim",
    "The claim is not accepted",
    withWebIdentity,
    { name: "CredentialsError", problem: "refused" },
    /^Get a new token/,
  ],
  [
    "IDPCommunicationError",
    "The provider did not answer",
    withWebIdentity,
    { name: "ServiceError" },
    /reach the identity provider/,
  ],
  [
    "ExpiredTokenException",
    "Token expired: current date/time 2 must be before the expiration date/time 1",
    withWebIdentity,
    { name: "CredentialsError", problem: "expired" },
    /^Get a new token from the identity provider, in CI/,
  ],
  [
    "ExpiredToken",
    "The security token included in the request is expired",
    assuming,
    { name: "CredentialsError", problem: "expired" },
    /^Get new ones/,
  ],
  ["ValidationError", chaining, assuming, { name: "ServiceError", code: "ValidationError" }, /at most 1 hour/],
  [
    "ValidationError",
    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    assuming,
    { name: "ServiceError" },
    /maximum session duration/,
  ],
  [
    "RegionDisabledException",
    "STS is not activated in this region",
    assuming,
    { name: "ServiceError" },
    /^Activate AWS STS/,
  ],
  ["MalformedPolicyDocument", "Syntax", assuming, { name: "ServiceError" }, /session policy/],
  ["PackedPolicyTooLarge", "Too large", assuming, { name: "ServiceError" }, /session tags/],
])(
  "%s (%s) of STS is reported as an answer of AWS STS, with a step that fits",
  async (code, message, ask, known, next) => {
    const error = await ask(await stsAnswering(code, message));
    expect(error).toMatchObject({ ...known, service: "AWS STS", packName: "baseline", region: "us-east-1" });
    expect(error.message.split("\n")[0]).toContain("AWS STS");
    expect(error.message).not.toMatch(/AWS Config|aws sso login/);
    expect(error.message).toContain(`: ${message}\n`);
    expect(error.message).toContain("AWS request id: sts-request");
    expect(error.nextStep).toMatch(next);
  },
);

test("an AWS STS that can't be reached is what could not be reached, not AWS Config", async () => {
  const sts = await stsAnswering("X", "x");
  stop();
  const error = await assuming(sts);
  expect(error).toMatchObject({ name: "UnreachableError", service: "The source of the AWS credentials" });
  expect(error.message).not.toContain("AWS Config");
});

test("a token file that is not there is missing credentials", async () => {
  Object.assign(process.env, { AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, "none"), AWS_ROLE_ARN: roleArn });
  const error = await errorOf("http://127.0.0.1:9", {}, false);
  expect(error).toMatchObject({ name: "CredentialsError", problem: "missing" });
  expect(error.message).toContain("ENOENT");
});

test.each([
  [
    "an SSO session that is over",
    "sso_start_url = https://x.example\nsso_region = us-east-1\nsso_account_id = 222222222222\nsso_role_name = x\n",
    "expired",
    /^Run aws sso login/,
  ],
  [
    "a credential_process that fails",
    "credential_process = false\n",
    "missing",
    /^Run the profile's credential_process by hand/,
  ],
  ["a profile that does not exist", undefined, "missing", /^Check that the profile exists/],
])("%s has a step of its own", async (_what, profile, problem, next) => {
  const config = join(folder, "config");
  await writeFile(config, profile === undefined ? "" : `[profile audit]\n${profile}`);
  process.env.AWS_CONFIG_FILE = config;
  const error = await errorOf("http://127.0.0.1:9", { profile: "audit" }, false);
  expect(error).toMatchObject({ name: "CredentialsError", problem });
  expect(error.nextStep).toMatch(next);
});

test.each([
  [
    "keys of the environment",
    { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "s" },
    /^Set new values for AWS_ACCESS_KEY_ID/,
  ],
  ["keys of the stack", undefined, /^Set new values for aws:accessKey/],
])("when AWS Config says that %s have expired, the step is about these", async (_what, env, next) => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
  emulator.injectFault({ kind: "expiredToken" });
  Object.assign(process.env, env);
  const { credentials, ...others } = settingsFor(emulator.endpoint);
  const settings = env ? others : { ...others, ...(credentials && { credentials }) };
  const error = await lookupErrorOf(gatherPackStatus({ name: "baseline", maxAttempts: 1 }, { settings }));
  expect(error).toMatchObject({ name: "CredentialsError", problem: "expired", service: "AWS Config" });
  expect(error.nextStep).toMatch(next);
});

import type { AwsSettings } from "../../../core/aws/settings";
import { settingsIdentity } from "../../../core/aws/settingsIdentity";

const none: AwsSettings = { assumeRoles: [], endpoints: {} };
const roleArn = "arn:aws:iam::222222222222:role/reader";
const credentials = { accessKeyId: "AKIA", secretAccessKey: "hidden", sessionToken: "hidden" };

const identities: readonly (readonly [what: string, settings: Partial<AwsSettings>])[] = [
  ["an access key", { credentials }],
  ["a profile", { profile: "audit" }],
  ["a role", { assumeRoles: [{ roleArn, externalId: "hidden" }] }],
  ["a role by a web identity", { assumeRoleWithWebIdentity: { roleArn, webIdentityToken: "hidden" } }],
  ["a configuration file", { sharedConfigFile: "/one/config" }],
  ["a credentials file", { sharedCredentialsFile: "/one/credentials" }],
  ["an endpoint", { endpoints: { configservice: "https://one.example" } }],
];

test.each(identities)("settings with %s have an identity of their own, without a secret", (_what, settings) => {
  const identity = settingsIdentity({ ...none, ...settings });
  const others = identities.filter(([, other]) => other !== settings);
  expect(others.map(([, other]) => settingsIdentity({ ...none, ...other }))).not.toContain(identity);
  expect(identity).toEqual(expect.any(String));
  expect(identity).not.toContain("hidden");
});

test("what is not about an identity changes nothing", () => {
  expect(settingsIdentity({ ...none, region: "eu-west-1", maxRetries: 3, httpsProxy: "http://me:hidden@proxy" })).toBe(
    settingsIdentity(none),
  );
});

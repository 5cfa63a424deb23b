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
  ["a token file", { assumeRoleWithWebIdentity: { roleArn, webIdentityTokenFile: "/one/token" } }],
  ["a session policy", { assumeRoles: [{ roleArn, policy: "{}" }] }],
  ["allowed accounts", { allowedAccountIds: ["111111111111"] }],
  ["an endpoint", { endpoints: { configservice: "https://one.example" } }],
];

test.each(identities)("settings with %s have an identity of their own, without a secret", (_what, settings) => {
  const identity = settingsIdentity({ ...none, ...settings });
  const others = identities.filter(([, other]) => other !== settings);
  expect(others.map(([, other]) => settingsIdentity({ ...none, ...other }))).not.toContain(identity);
  expect(identity).toEqual(expect.any(String));
  expect(identity).not.toContain("hidden");
});

test("the same settings with other secrets have the same identity", () => {
  const other = { ...credentials, secretAccessKey: "new", sessionToken: "new" };
  expect(settingsIdentity({ ...none, credentials: other })).toBe(settingsIdentity({ ...none, credentials }));
  const httpsProxy = "http://me:hidden@proxy";
  expect(settingsIdentity({ ...none, httpsProxy })).toBe(settingsIdentity(none));
});

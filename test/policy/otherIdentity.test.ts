import * as pulumi from "@pulumi/pulumi";
import { otherIdentityPolicy } from "../../policy/otherIdentity";
import { newUrn, pluginType, stackViolationsOf, statusType, unknown } from "./evaluate";

afterEach(() => {
  pulumi.runtime.setAllConfig({});
  delete process.env.PULUMI_NODEJS_PROJECT;
});

interface Case {
  readonly what: string;
  readonly config: Readonly<Record<string, string>>;
  readonly type?: string;
  readonly provider?: object;
  readonly project?: string;
  readonly reports: boolean;
}

const profile = { "aws:profile": "deploy", "aws:region": "eu-west-1" };

test.each<Case>([
  { what: "a gate of the plugin beside an aws:profile", config: profile, reports: true },
  { what: "the same with a provider of its own, without settings", config: profile, provider: {}, reports: true },
  { what: "aws:assumeRoles", config: { "aws:assumeRoles": "[]" }, reports: true },
  { what: "a region alone, which is no identity", config: { "aws:region": "eu-west-1" }, reports: false },
  {
    what: "a region of the plugin, which is no identity",
    config: { ...profile, "org-conformance:region": "eu-west-1" },
    reports: true,
  },
  {
    what: "an identity of the plugin",
    config: { ...profile, "org-conformance:assumeRoles": "[]" },
    reports: false,
  },
  {
    what: "settings of a project with the plugin's name, none of the plugin",
    config: { ...profile, "org-conformance:replicas": "3" },
    project: "org-conformance",
    reports: true,
  },
  {
    what: "a region in a project with the plugin's name, which may be the project's own",
    config: { ...profile, "org-conformance:region": "eu-west-1" },
    project: "org-conformance",
    reports: true,
  },
  {
    what: "an identity of the plugin in a project with its name",
    config: { ...profile, "org-conformance:profile": "deploy" },
    project: "org-conformance",
    reports: false,
  },
  { what: "an explicit provider with an identity", config: profile, provider: { profile: "audit" }, reports: false },
  { what: "an explicit provider with a region", config: profile, provider: { region: "eu-west-1" }, reports: true },
  {
    what: "an explicit provider without an identity, beside an identity of the plugin",
    config: { ...profile, "org-conformance:profile": "deploy" },
    provider: { region: "eu-west-1" },
    reports: true,
  },
  {
    what: "the default provider, which has the plugin's settings",
    config: { ...profile, "org-conformance:profile": "deploy" },
    provider: { profile: "deploy", version: "0.1.0" },
    reports: false,
  },
  { what: "a provider whose settings are unknown", config: profile, provider: { profile: unknown }, reports: false },
  { what: "a dynamic gate, which sees aws:*", config: profile, type: statusType, reports: false },
  { what: "no configuration", config: {}, reports: false },
])("$what is reported: $reports", async ({ config, project = "platform", provider, reports, type = pluginType }) => {
  process.env.PULUMI_NODEJS_PROJECT = project;
  pulumi.runtime.setAllConfig({ ...config });
  const urn = newUrn();
  const violations = await stackViolationsOf(otherIdentityPolicy, [
    { type, urn, props: {}, ...(provider && { provider }) },
  ]);
  expect(violations).toEqual(
    reports ? [[expect.stringContaining("The provider plugin can't see aws:* settings.") as string, urn]] : [],
  );
});

test.each([
  "accessKey",
  "assumeRole",
  "assumeRoles",
  "assumeRoleWithWebIdentity",
  "profile",
  "secretKey",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
  "token",
])("aws:%s names an identity", async (setting) => {
  pulumi.runtime.setAllConfig({ [`aws:${setting}`]: "given" });
  const [[message] = []] = await stackViolationsOf(otherIdentityPolicy, [{ type: pluginType, props: {} }]);
  expect(message).toMatch(new RegExp(`: aws:${setting}\\.[^]*\n {4}Next: set the same values as .*:${setting}\\. If`));
});

test("the report names the settings of the stack, and those to set", async () => {
  pulumi.runtime.setAllConfig({ "aws:token": "t", "aws:secretKey": "planted", "aws:accessKey": "a" });
  const [[message] = []] = await stackViolationsOf(otherIdentityPolicy, [{ type: pluginType, props: {} }]);
  expect(message).toContain("aws:accessKey, aws:secretKey, aws:token");
  expect(message).toContain("org-conformance:accessKey, org-conformance:secretKey, org-conformance:token");
  expect(message).not.toContain("planted");
});

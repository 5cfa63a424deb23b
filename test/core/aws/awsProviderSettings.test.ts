import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { awsProviderSettings } from "../../../core/aws/awsProviderSettings";
import { roleFields } from "../../../core/aws/roleSettings";
import { readAwsSettings } from "../../../core/aws/settings";

const repository = resolve(__dirname, "../../..");
const awsPackage = join(repository, "node_modules/@pulumi/aws");
const read = (...path: string[]) => readFileSync(join(...path), "utf8");

/** The names in the first group of `pattern`. */
const namesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = ""]) => name).sort();

test("the table has each setting of @pulumi/aws 7, and no other", () => {
  expect((JSON.parse(read(awsPackage, "package.json")) as { version: string }).version).toMatch(/^v?7\./);
  const configured = namesIn(read(awsPackage, "config/vars.d.ts"), /^export declare const (\w+):/gm);
  expect(configured.length).toBeGreaterThan(30);
  expect(Object.keys(awsProviderSettings).sort()).toEqual(configured);
  const [, args = ""] = /export interface ProviderArgs \{([^]*?)\n\}/.exec(read(awsPackage, "provider.d.ts")) ?? [];
  expect(namesIn(args, /^ {4}(\w+)\?:/gm)).toEqual(configured);
});

test.each([
  ["ProviderAssumeRole", roleFields.assumeRoles],
  ["ProviderAssumeRoleWithWebIdentity", roleFields.assumeRoleWithWebIdentity],
])("each field of %s is heeded", (name, fields) => {
  const types = read(awsPackage, "types/input.d.ts");
  const [, body = ""] = new RegExp(`export interface ${name} \\{([^]*?)\n\\}`).exec(types) ?? [];
  expect(namesIn(body, /^ {4}(\w+)\?:/gm)).toEqual(Object.keys(fields).sort());
});

test("docs/credentials.md names what is heeded and what is refused", () => {
  const page = read(repository, "docs/credentials.md");
  const named = Object.entries(awsProviderSettings).filter(
    ([, treatment]) => treatment === "heeded" || "refused" in treatment,
  );
  expect(named.filter(([name]) => !page.includes(`aws:${name}\``)).map(([name]) => name)).toEqual([]);
});

/** A value that is allowed, or that is not looked at. */
const values: Readonly<Record<string, string>> = {
  allowedAccountIds: '["111111111111"]',
  assumeRoleWithWebIdentity: '{"roleArn":"arn:aws:iam::222222222222:role/a","webIdentityToken":"t"}',
  assumeRoles: '[{"roleArn":"arn:aws:iam::222222222222:role/a"}]',
  endpoints: '[{"sts":"https://sts.example"}]',
  forbiddenAccountIds: '["111111111111"]',
  httpProxy: "http://proxy.example",
  httpsProxy: "http://proxy.example",
  maxRetries: "3",
  region: "eu-west-1",
  retryMode: "standard",
  sharedConfigFiles: '["a"]',
  sharedCredentialsFiles: '["a"]',
  skipMetadataApiCheck: "true",
  stsRegion: "eu-west-1",
  useDualstackEndpoint: "true",
  useFipsEndpoint: "true",
};

test.each(Object.entries(awsProviderSettings))("aws:%s is treated as the table says", (name, treatment) => {
  const pair: Readonly<Record<string, string>> = { "aws:accessKey": "AKIA", "aws:secretKey": "s" };
  const config = { ...pair, [`aws:${name}`]: values[name] ?? "a value" };
  const { settings, problems } = readAwsSettings((key) => (config as Record<string, string>)[key], {});
  const { settings: without } = readAwsSettings(
    (key) => (name === "accessKey" || name === "secretKey" ? undefined : pair[key]),
    {},
  );
  if (treatment === "heeded") {
    expect(problems).toEqual([]);
    expect(settings).not.toEqual(without);
  } else if ("refused" in treatment) {
    expect(problems).toEqual([
      { property: `aws:${name}`, reason: expect.stringContaining(treatment.refused) as string },
    ]);
    expect(readAwsSettings((key) => (key === `aws:${name}` ? "false" : undefined), {}).problems).toEqual([]);
  } else {
    expect(treatment.noEffect).toMatch(/\.$/);
    expect({ settings, problems }).toEqual({ settings: without, problems: [] });
  }
});

import { type AwsSettings, readAwsSettings } from "../../../core/aws/settings";

function read(config: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
  return readAwsSettings((key) => config[key], env);
}

const nothing = { assumeRoles: [], endpoints: {} };
const role = "arn:aws:iam::222222222222:role/path/reader";

test.each<[config: Readonly<Record<string, string>>, expected: Partial<AwsSettings>]>([
  [{}, {}],
  [{ "aws:region": " eu-west-1 " }, { region: "eu-west-1" }],
  [{ "aws:profile": "audit" }, { profile: "audit" }],
  [{ "aws:profile": "  " }, {}],
  [{ "aws:accessKey": "AKIA", "aws:secretKey": "s" }, { credentials: { accessKeyId: "AKIA", secretAccessKey: "s" } }],
  [
    { "aws:accessKey": "AKIA", "aws:secretKey": "s", "aws:token": "t" },
    { credentials: { accessKeyId: "AKIA", secretAccessKey: "s", sessionToken: "t" } },
  ],
  [{ "aws:maxRetries": "0" }, { maxRetries: 0 }],
  [{ "aws:maxRetries": "25" }, { maxRetries: 25 }],
  [{ "aws:retryMode": "standard" }, { retryMode: "standard" }],
  [
    { "aws:useFipsEndpoint": "true", "aws:useDualstackEndpoint": "false" },
    { useFipsEndpoint: true, useDualstackEndpoint: false },
  ],
  [{ "aws:assumeRoles": "[]" }, {}],
  [
    {
      "aws:assumeRoles": JSON.stringify([
        { roleArn: role },
        { roleArn: role, sessionName: "me", externalId: "x", duration: "1h30m5s", policy: "{}" },
      ]),
    },
    {
      assumeRoles: [
        { roleArn: role },
        { roleArn: role, sessionName: "me", externalId: "x", durationSeconds: 5_405, policy: "{}" },
      ],
    },
  ],
  [
    { "aws:assumeRoles": JSON.stringify([{ roleArn: "arn:aws-us-gov:iam::222222222222:role/r", duration: "900s" }]) },
    { assumeRoles: [{ roleArn: "arn:aws-us-gov:iam::222222222222:role/r", durationSeconds: 900 }] },
  ],
  [{ "aws:assumeRole": JSON.stringify({ roleArn: role, externalId: "" }) }, { assumeRoles: [{ roleArn: role }] }],
  [
    { "aws:assumeRoleWithWebIdentity": JSON.stringify({ roleArn: role, webIdentityTokenFile: "~/token" }) },
    { assumeRoleWithWebIdentity: { roleArn: role, webIdentityTokenFile: "~/token" } },
  ],
  [{ "aws:allowedAccountIds": '["111111111111"]' }, { allowedAccountIds: ["111111111111"] }],
  [{ "aws:sharedConfigFiles": '["~/a"]' }, { sharedConfigFile: "~/a" }],
  [{ "aws:httpsProxy": "" }, { httpsProxy: "" }],
  [{ "aws:insecure": "false" }, {}],
  [
    { "aws:endpoints": '[{"configservice":"http://127.0.0.1:4566"},{"sts":"https://sts.example","s3":"no matter"}]' },
    { endpoints: { configservice: "http://127.0.0.1:4566", sts: "https://sts.example" } },
  ],
  [
    { "aws:endpoints": '[{"organizations":"http://127.0.0.1:4566"}]' },
    { endpoints: { organizations: "http://127.0.0.1:4566" } },
  ],
  [{ "aws:endpoints": '{"config":"http://localhost:1"}' }, { endpoints: { configservice: "http://localhost:1" } }],
  [
    { "aws:endpoints": '[{"configservice":"http://first"},{"configservice":"http://last"}]' },
    { endpoints: { configservice: "http://last" } },
  ],
])("the settings %j are read", (config, expected) => {
  expect(read(config)).toEqual({ settings: { ...nothing, ...expected }, problems: [] });
});

test.each([
  [{ "aws:region": "eu-west-1" }, { AWS_REGION: "eu-west-2", AWS_DEFAULT_REGION: "eu-west-3" }, "eu-west-1"],
  [{}, { AWS_REGION: "eu-west-2", AWS_DEFAULT_REGION: "eu-west-3" }, "eu-west-2"],
  [{}, { AWS_DEFAULT_REGION: "eu-west-3" }, "eu-west-3"],
  [{ "aws:region": "" }, { AWS_REGION: "", AWS_DEFAULT_REGION: "eu-west-3" }, "eu-west-3"],
  [{}, { AWS_REGION: "" }, undefined],
])("with the configuration %j and the environment %j, the region is %p", (config, env, region) => {
  expect(read(config, env)).toEqual({ settings: { ...nothing, ...(region && { region }) }, problems: [] });
});

test.each([
  [{ "aws:region": "Ireland" }, "aws:region", '"Ireland" is not a region'],
  [{ "aws:maxRetries": "-1" }, "aws:maxRetries", '"-1" is not a whole number from 0 to 9999.'],
  [{ "aws:maxRetries": "many" }, "aws:maxRetries", '"many" is not'],
  [{ "aws:retryMode": "legacy" }, "aws:retryMode", '"legacy" is not "standard" or "adaptive".'],
  [{ "aws:useFipsEndpoint": "yes" }, "aws:useFipsEndpoint", '"yes" is not true or false.'],
  [{ "aws:useDualstackEndpoint": "constructor" }, "aws:useDualstackEndpoint", "is not true or false."],
  [{ "aws:accessKey": "AKIA" }, "aws:secretKey", "go together"],
  [{ "aws:secretKey": "s3cr3t" }, "aws:accessKey", "go together"],
  [{ "aws:assumeRoles": "{not json" }, "aws:assumeRoles", "is not JSON."],
  [{ "aws:assumeRoles": "{}" }, "aws:assumeRoles", "It is not a list of roles."],
  [{ "aws:assumeRoles": "null" }, "aws:assumeRoles", "It is not a list of roles."],
  [{ "aws:assumeRoles": "[null]" }, "aws:assumeRoles[0].roleArn", "undefined is not a role's ARN."],
  [
    { "aws:assumeRoles": `[{"roleArn":"${role}"},{"roleArn":"reader"}]` },
    "aws:assumeRoles[1].roleArn",
    '"reader" is not',
  ],
  [
    { "aws:assumeRoles": `[{"roleArn":"${role}","duration":900}]` },
    "aws:assumeRoles[0].duration",
    "900 is not a duration",
  ],
  [
    { "aws:assumeRoles": `[{"roleArn":"${role}","duration":""}]` },
    "aws:assumeRoles[0].duration",
    '"" is not a duration',
  ],
  [{ "aws:assumeRoles": `[{"roleArn":"${role}","duration":"1d"}]` }, "aws:assumeRoles[0].duration", '"1d" is not'],
  [
    { "aws:assumeRoles": `[{"roleArn":"${role}","policy":"{}","policies":[]}]` },
    "aws:assumeRoles[0].policies",
    "no such field",
  ],
  [
    { "aws:assumeRoles": `[{"roleArn":"${role}","tags":{"s3cr3t":1}}]` },
    "aws:assumeRoles[0].tags",
    "an object of texts",
  ],
  [
    { "aws:assumeRole": `{"roleArn":"${role}"}`, "aws:assumeRoles": `[{"roleArn":"${role}"}]` },
    "aws:assumeRole",
    "aws:assumeRoles is set too",
  ],
  [{ "aws:assumeRole": '"s3cr3t"' }, "aws:assumeRole.roleArn", "is not a role's ARN"],
  [{ "aws:assumeRoleWithWebIdentity": "s3cr3t" }, "aws:assumeRoleWithWebIdentity", "It is not JSON."],
  [
    { "aws:assumeRoleWithWebIdentity": `{"roleArn":"${role}"}` },
    "aws:assumeRoleWithWebIdentity",
    "webIdentityToken or webIdentityTokenFile",
  ],
  [
    { "aws:assumeRoleWithWebIdentity": `{"roleArn":"${role}","webIdentityToken":["s3cr3t"]}` },
    "aws:assumeRoleWithWebIdentity.webIdentityToken",
    "It is not a text.",
  ],
  [{ "aws:allowedAccountIds": "[111111111111]" }, "aws:allowedAccountIds[0]", "12 digits"],
  [{ "aws:forbiddenAccountIds": '"111111111111"' }, "aws:forbiddenAccountIds", "is not a list"],
  [{ "aws:sharedConfigFiles": '["a","b"]' }, "aws:sharedConfigFiles", "Only one file"],
  [{ "aws:httpsProxy": "socks5://s3cr3t@proxy" }, "aws:httpsProxy", "is not a URL"],
  [{ "aws:stsRegion": "Ireland" }, "aws:stsRegion", '"Ireland" is not a region'],
  [{ "aws:insecure": "true" }, "aws:insecure", "aws:customCaBundle"],
  [{ "aws:endpoints": "http://localhost" }, "aws:endpoints", "is not JSON."],
  [{ "aws:endpoints": '"http://localhost"' }, "aws:endpoints", "is not an object"],
  [{ "aws:endpoints": '[{"configservice":"localhost:4566"}]' }, "aws:endpoints.configservice", "is not a URL"],
  [{ "aws:endpoints": '[{"configservice":"file:///etc/passwd"}]' }, "aws:endpoints.configservice", "is not a URL"],
  [{ "aws:endpoints": '[{"organizations":"localhost"}]' }, "aws:endpoints.organizations", "is not a URL"],
  [{ "aws:endpoints": '[{"sts":7}]' }, "aws:endpoints.sts", "7 is not a URL"],
  [{ "aws:endpoints": '[{"sts":"http://"}]' }, "aws:endpoints.sts", '"http://" is not a URL'],
])("%j is refused at %s", (config: Readonly<Record<string, string>>, property, says) => {
  const { problems } = read(config);
  expect(problems.map((problem) => problem.property)).toEqual([property]);
  expect(problems[0]?.reason).toContain(says);
  // The other one of a pair of keys is a secret.
  expect(problems[0]?.reason).not.toContain("s3cr3t");
});

test("by default the environment is this process's", () => {
  const before = { ...process.env };
  process.env.AWS_REGION = "ca-central-1";
  try {
    expect(readAwsSettings(() => undefined).settings.region).toBe("ca-central-1");
  } finally {
    process.env = before;
  }
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkConfig } from "../../../cli/config/checkConfig";
import { explainConfig } from "../../../cli/config/explainConfig";
import { repository } from "../../../tools/localStack";

const now = new Date("2026-11-26T12:00:00Z");
const requiredPacks = "organization-conformance-pack-required-packs";
const memberFailed = "organization-conformance-pack-member-failed";

/** What is found, as `severity property: message`. */
const found = (config: unknown, ownPolicies?: readonly string[]): string[] =>
  checkConfig(typeof config === "string" ? config : JSON.stringify(config), now, ownPolicies).map(
    ({ message, property, severity }) => `${severity} ${property}: ${message}`,
  );

const excepting = (...accounts: object[]) => ({
  [memberFailed]: { tolerate: { accounts: accounts.map((account) => ({ reason: "GOV-7", ...account })) } },
});
const id = "100000000001";
const other = "100000000002";

test.each<[title: string, config: unknown]>([
  ["an empty file, which Pulumi takes", ""],
  ["levels", { all: "advisory", [memberFailed]: "mandatory", [requiredPacks]: "disabled" }],
  ["version 2", { version: 2, $schema: "x", environments: ["prod"], policies: { all: "advisory" }, exceptions: {} }],
  [
    "one account in different regions",
    excepting({ accountId: id, regions: ["us-east-1"] }, { accountId: id, regions: ["eu-west-1"] }),
  ],
  ["an exception that expires in 15 days", excepting({ accountId: id, expires: "2026-12-11" })],
  [
    "one pack in different regions, or in different accounts",
    {
      [requiredPacks]: {
        packs: [
          { name: "a", regions: ["us-east-1"] },
          { name: "a", regions: ["eu-west-1"] },
          { name: "a", assumeRole: { roleArn: "arn:aws:iam::222222222222:role/reader" } },
        ],
      },
    },
  ],
])("finds nothing in %s", (_, config) => {
  expect(found(config)).toEqual([]);
});

const pulumiException = (...policies: readonly string[]) => ({
  version: 2,
  policies: { all: "mandatory" },
  exceptions: { "GOV-7": { reason: "Ann.", match: [{ policies, targets: ["urn:pulumi:a::b::c:d:E::f"] }] } },
});

test("warns of Pulumi's own exceptions for policies of this package, and says where nothing holds", () => {
  const config = pulumiException("other", memberFailed, requiredPacks);
  const names = `${memberFailed}, ${requiredPacks}`;
  expect(found(config)).toEqual([
    `warning exceptions.GOV-7: Pulumi lets every violation of ${names} pass where this matches, without a last day, and no report of this package shows it. Use tolerate instead.`,
  ]);
  expect(explainConfig(JSON.stringify(config), new Date())).toContain(
    `where Pulumi's own exception GOV-7 matches: violations of ${names} pass there.`,
  );
  expect(found(pulumiException("other"))).toEqual([]);
});

const noSuchPolicy = "There is no such policy, and Pulumi ignores it.";
test.each<[title: string, config: unknown, finds: readonly string[]]>([
  ["a list", [], ["error : A list of 0 entries is not an object."]],
  ["no JSON", '{ "all": }', ["error : The file is not JSON: value expected."]],
  ["a comment", "{ // all\n}", ["error : The file is not JSON: invalid comment token."]],
  ["a byte order mark", "\uFEFF{}", ["error : The file begins with a byte order mark. Save it as UTF-8 without one."]],
  [
    "a key that is there twice",
    `{ "${memberFailed}": "mandatory", "${memberFailed}": { "tolerate": { "inProgress": "warn", "inProgress": "allow" } } }`,
    [
      `error ${memberFailed}: The key is there twice, and only the last one counts. Put both into one.`,
      `error ${memberFailed}.tolerate.inProgress: The key is there twice, and only the last one counts. Put both into one.`,
    ],
  ],
  [
    "a misspelled policy",
    { [`${memberFailed}s`]: "mandatory" },
    [`error ${memberFailed}s: ${noSuchPolicy} Did you mean "${memberFailed}"?`],
  ],
  [
    "a shortened policy",
    { "required-packs": {} },
    [`error required-packs: ${noSuchPolicy} Did you mean "${requiredPacks}"?`],
  ],
  ["a misspelled all", { All: "advisory" }, [`error All: ${noSuchPolicy} Did you mean "all"?`]],
  [
    "a policy that may be your own",
    { "stack-has-owner": "mandatory" },
    [
      "warning stack-has-owner: This package has no such policy. If your pack has it, name it with --own-policy; otherwise Pulumi ignores it.",
    ],
  ],
  [
    "a level that Pulumi does not know",
    { [memberFailed]: "mandatroy", all: { enforcementLevel: true } },
    [
      `error ${memberFailed}: "mandatroy" is not one of advisory, mandatory, remediate, disabled. Did you mean "mandatory"?`,
      "error all.enforcementLevel: true is not one of advisory, mandatory, remediate, disabled.",
    ],
  ],
  [
    "a policy without settings",
    { [memberFailed]: 1 },
    [`error ${memberFailed}: 1 is neither a level nor an object with settings.`],
  ],
  [
    "settings for all policies",
    { all: { enforcementLevel: "advisory", tolerate: {} } },
    ["error all.tolerate: It is ignored: only a level can be set for all policies. Set it for each policy."],
  ],
  [
    "a setting of a policy that has none",
    { "organization-conformance-pack-tolerated": { maxAccountsShown: 3 } },
    [
      "error organization-conformance-pack-tolerated.maxAccountsShown: There is no such argument: none is allowed here.",
    ],
  ],
  [
    "a setting that is not allowed",
    { [requiredPacks]: { packs: [{ name: "a", region: "us-east-1" }] } },
    [
      expect.stringContaining(
        `error ${requiredPacks}.packs[0].region: There is no such argument. Did you mean "regions"?`,
      ) as string,
    ],
  ],
  [
    "a version that nobody knows, and policies beside it",
    { version: 3, [memberFailed]: "mandatory", environments: [1], policies: { [memberFailed]: "x" } },
    [
      "error version: 3 is not 2, the only version that Pulumi knows.",
      "error environments[0]: 1 is not a text.",
      `error ${memberFailed}: It is ignored. In version 2, policies are under "policies".`,
      `error policies.${memberFailed}: "x" is not one of advisory, mandatory, remediate, disabled.`,
    ],
  ],
  [
    "an account that is excepted twice",
    excepting({ accountId: id }, { accountId: other }, { accountId: id, regions: ["us-east-1"] }),
    [
      `error ${memberFailed}.tolerate.accounts[2]: Account ${id} is excepted twice: accounts[0] covers the same region. Keep one.`,
    ],
  ],
  [
    "exceptions that have expired or soon will",
    excepting(
      { accountId: id, expires: "2026-11-25" },
      { accountId: other, expires: "2026-11-26" },
      { accountId: "100000000003", expires: "2026-11-27" },
      { accountId: "100000000004", expires: "2026-12-10" },
    ),
    [
      `warning ${memberFailed}.tolerate.accounts[0].expires: The exception for ${id} expired on 2026-11-25 and has no effect. Remove it, or agree on a new day.`,
      ...["today (2026-11-26)", "tomorrow (2026-11-27)", "in 14 days (2026-12-10)"].map(
        (when, index) =>
          `warning ${memberFailed}.tolerate.accounts[${String(index + 1)}].expires: The exception for 10000000000${String(index + 2)} expires ${when}. Repair the account, or agree on a new day.`,
      ),
    ],
  ],
  [
    "break glass that is over",
    { [memberFailed]: { tolerate: { unanswered: { reason: "Ann decided it.", expires: "2026-11-25T23:59Z" } } } },
    [
      `warning ${memberFailed}.tolerate.unanswered.expires: The exception for regions that AWS does not answer for ended at 2026-11-25T23:59Z and has no effect. Remove it.`,
    ],
  ],
  [
    "a policy that has the name of something in every object",
    { constructor: { maxAccountsShown: 3 } },
    [expect.stringMatching(/^warning constructor: This package has no such policy/) as string],
  ],
  [
    "an organizational unit that is excepted twice, for too long or not much longer",
    {
      [memberFailed]: {
        tolerate: {
          organizationalUnits: [
            { id: "ou-ab12-sandbox1", reason: "Why.", regions: ["us-east-1"], expires: "2026-11-25" },
            { id: "ou-ab12-sandbox1", reason: "Why.", regions: ["eu-west-1"], expires: "2026-12-10" },
            { id: "ou-ab12-sandbox1", reason: "Why." },
          ],
        },
      },
    },
    [
      `warning ${memberFailed}.tolerate.organizationalUnits[0].expires: The exception for organizational unit ou-ab12-sandbox1 expired on 2026-11-25 and has no effect. Remove it, or agree on a new day.`,
      `warning ${memberFailed}.tolerate.organizationalUnits[1].expires: The exception for organizational unit ou-ab12-sandbox1 expires in 14 days (2026-12-10). Repair its accounts, or agree on a new day.`,
      `error ${memberFailed}.tolerate.organizationalUnits[2]: Organizational unit ou-ab12-sandbox1 is excepted twice: organizationalUnits[0] covers the same regions. Keep one.`,
    ],
  ],
  [
    "a pack that is named, and is one of all",
    {
      [requiredPacks]: {
        packs: [
          { name: "a", regions: ["us-east-1"] },
          { name: "b" },
          { name: "c", regions: ["eu-west-1"] },
          { name: "d", assumeRole: { roleArn: "arn:aws:iam::111111111111:role/r" } },
          { name: "*", regions: ["us-east-1"], except: ["b"] },
        ],
      },
    },
    [
      `warning ${requiredPacks}.packs[0]: Pack "a" is looked up twice: packs[4] is for all packs in the same region, and both must pass. Name it in the except of packs[4].`,
    ],
  ],
  [
    "a pack that is named twice",
    {
      [requiredPacks]: {
        packs: [
          { name: "a", regions: ["us-east-1"] },
          { name: "a", detail: "unsuccessful" },
        ],
      },
    },
    [
      `error ${requiredPacks}.packs[1]: Pack "a" is named twice: packs[0] looks it up in the same region, and both must pass. Put them into one.`,
    ],
  ],
])("finds %s", (_, config, finds) => {
  expect(found(config)).toEqual(finds);
});

test("takes the policies that are named as your own", () => {
  expect(found({ "stack-has-owner": { anything: 1 } }, ["stack-has-owner"])).toEqual([]);
});

test("says on which line it is", () => {
  const text = JSON.stringify(
    { all: "advisory", [requiredPacks]: { packs: [{ name: "a" }, { name: "b", region: "x" }] } },
    undefined,
    2,
  );
  const [finding] = checkConfig(text, now);
  expect(text.split("\n")[(finding?.line ?? 0) - 1]).toContain('"region": "x"');
});

test("finds nothing in the configuration of the example", () => {
  expect(found(readFileSync(join(repository, "examples", "policy-pack", "required-packs.json"), "utf8"))).toEqual([]);
});

import { explainConfig } from "../../../cli/config/explainConfig";

const prefix = "organization-conformance-pack-";
const required = `${prefix}required-packs`;

const now = new Date("2026-11-26T08:00Z");

function explained(config: object): string[] {
  return explainConfig(JSON.stringify(config), now).split("\n");
}

const defaults = [
  "Gates in programs (OrganizationConformancePackStatus):",
  "  What depends on a gate is blocked if its pack has failed or is incomplete.",
  "  It is only reported if a pack is in progress.",
  "  Each gate's own exceptions apply.",
];

test("explains what an empty configuration gates", () => {
  expect(explained({})).toEqual(["Required packs: none. Programs without a gate are not gated.", ...defaults]);
});

test("explains required packs, their accounts and their exceptions", () => {
  const packs = [
    {
      name: "security-baseline",
      regions: ["us-east-1", "eu-west-1"],
      expectedAccounts: "organization",
      excludedAccounts: ["100000000009"],
      stuckAfterMinutes: 60,
      assumeRole: { roleArn: "arn:aws:iam::222222222222:role/reader" },
      tolerate: {
        inProgress: "warn",
        noSuchPack: "allow",
        maxFailedAccounts: 1,
        maxFailedPercent: 0.5,
        accounts: [
          { accountId: "100000000001", regions: ["eu-west-1"], reason: "GOV-7\u001b[31m", expires: "2027-03-31" },
          { accountId: "100000000002", reason: "GOV-8" },
        ],
      },
    },
    { name: "logging", detail: "unsuccessful", ownerTag: "owner" },
    { name: "few", accountIds: ["100000000001"], aggregate: false },
    { name: "some", expectedAccounts: Array.from({ length: 12 }, (_, index) => String(100000000000 + index)) },
  ];
  expect(explained({ [required]: { packs } }).slice(0, -defaults.length)).toEqual([
    "Required packs, for every program: 4. Unless each has passed, previews fail, and updates stop before anything changes.",
    '  "security-baseline" in us-east-1, eu-west-1, looked up with arn:aws:iam::222222222222:role/reader',
    "    Every active account of the organization must be a member, except 100000000009.",
    "    An account that is in progress for more than 60 minutes is stuck, and does not pass.",
    "    Up to 1 account, and up to 0.5 % of the accounts may have failed.",
    "    While it is in progress, it passes with a warning.",
    "    Where there is no such pack, it passes: a misspelled name, too.",
    expect.stringMatching(/^ {4}Excepted: 100000000001 in eu-west-1 until 2027-03-31: GOV-7\P{C}*$/u),
    "    Excepted: 100000000002, without a last day: GOV-8",
    '  "logging" in the region of the stack that is deployed (aws:region)',
    "    An account that the pack never reached is not missed: expectedAccounts is not set.",
    "    Only failed and unfinished rows are read; AWS's status of the pack stands for the others.",
    '    Reports name the owners of accounts in trouble, by their tag "owner".',
    '  "few" in the region of the stack that is deployed (aws:region)',
    "    Only 1 account of it: 100000000001.",
    "    AWS's status of the pack is not judged.",
    '  "some" in the region of the stack that is deployed (aws:region)',
    expect.stringMatching(/^ {4}These must be members: 100000000000, .* and 2 more\.$/),
  ]);
});

test.each([
  [
    { [required]: { enforcementLevel: "advisory", packs: [{ name: "a" }] } },
    "Previews and updates report those that have not passed, and go on.",
  ],
  [{ all: "disabled", [required]: { packs: [{ name: "a" }] } }, "The policy is disabled: they are not looked up."],
  [
    { all: "disabled", [required]: { enforcementLevel: "mandatory", packs: [{ name: "a" }] } },
    "previews fail, and updates stop",
  ],
])("explains the level of required packs: %j", (config, says) => {
  expect(explained(config)[0]).toContain(says);
});

test("explains the levels of the policies over gates, and whose exceptions apply", () => {
  const tolerate = { maxFailedAccounts: 2 };
  const config = {
    version: 2,
    policies: {
      all: { enforcementLevel: "advisory" },
      [`${prefix}in-progress`]: "mandatory",
      [`${prefix}incomplete`]: "disabled",
      [`${prefix}settled`]: { enforcementLevel: "disabled", tolerate: {} },
      [`${prefix}member-failed`]: { tolerate },
    },
  };
  expect(explained(config).slice(1)).toEqual([
    defaults[0],
    "  What depends on a gate is blocked if its pack is in progress.",
    "  It is only reported if a pack has failed.",
    "  Not judged before a change: whether a pack is incomplete.",
    "  What could not be judged before is not judged at the end of the run either.",
    `  For ${prefix}member-failed, these exceptions apply instead of the gate's own:`,
    "    Up to 2 accounts may have failed.",
    `  For ${prefix}settled, these exceptions apply instead of the gate's own: none.`,
  ]);
});

test("explains all packs, organizational units and break glass", () => {
  const packs = [
    {
      name: "*",
      except: ["trial"],
      expectedAccounts: { organizationalUnits: ["ou-ab12-cd34ef56"], recursive: false },
      excludedAccounts: ["100000000009"],
      tolerate: {
        organizationalUnits: [{ id: "ou-ab12-sandbox1", regions: ["eu-west-1"], reason: "GOV-9" }],
        unanswered: { reason: "Ann decided it.", expires: "2026-11-26T12:00Z" },
      },
    },
  ];
  expect(explained({ [required]: { packs } }).slice(1, -defaults.length)).toEqual([
    "  All packs that the caller sees, except trial, in the region of the stack that is deployed (aws:region)",
    "    Every active account of the organizational units ou-ab12-cd34ef56 must be a member, except 100000000009.",
    "    Until 2026-11-26T12:00Z, a region that AWS does not answer for passes: Ann decided it.",
    "    Excepted: organizational unit ou-ab12-sandbox1 in eu-west-1, without a last day: GOV-9",
  ]);
});

test("says of exceptions that have expired that they are over", () => {
  const accounts = [{ accountId: "100000000001", regions: ["eu-west-1"], reason: "GOV-9", expires: "2026-11-25" }];
  const unanswered = { reason: "Ann decided it.", expires: "2026-11-25T12:00Z" };
  const lines = explained({ [required]: { packs: [{ name: "a", tolerate: { accounts, unanswered } }] } });
  expect(lines.filter((line) => /excepted|does not answer/.test(line))).toEqual([
    "    No longer: a region that AWS does not answer for passed until 2026-11-25T12:00Z: Ann decided it.",
    "    No longer excepted: 100000000001 in eu-west-1, since its last day, 2026-11-25: GOV-9",
  ]);
});

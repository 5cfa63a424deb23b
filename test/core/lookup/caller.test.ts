import { setTimeout as delay } from "node:timers/promises";
import type { EmulatedOrganization, EmulatedPack, Emulator, FaultKind } from "../../../emulator";
import type { NoSuchOrganizationConformancePackError } from "../../../core/errors";
import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import type { PackStatusArgs } from "../../../core/status/packStatusArgs";
import "../aws/awsEnvironment";
import { emulate, rejectionOf, settingsFor } from "../aws/emulate";
import { harm, hostileTexts } from "../text/hostileText";
import { between } from "../../robustness/wire";
import "../aws/nodeErrors";
import { callerAccountId, callerSentences, describeCaller } from "../../../core/lookup/caller";
import { withClient } from "../../../core/lookup/question";
import { visiblePackSentences } from "../../../core/lookup/visiblePacks";

const management = "111111111111";
const member = "222222222222";
const delegated = "333333333333";
const stranger = "999999999999";

const organization: EmulatedOrganization = {
  accounts: [management, member, delegated].map((id) => ({ id })),
  delegatedAdministrators: [delegated],
};

/** What only the explanation of an error asks for. */
const extra = [
  "GetCallerIdentity",
  "DescribeOrganization",
  "ListDelegatedAdministrators",
  "DescribeOrganizationConformancePacks",
];

const packsNamed = (...names: readonly string[]): EmulatedPack[] => names.map((name) => ({ name, members: 1 }));
const roleIn = (accountId: string) => ({ roleArn: `arn:aws:iam::${accountId}:role/reader` });

async function errorOf(
  { endpoint }: Emulator,
  { assumeRole, ...args }: Partial<PackStatusArgs> = {},
): Promise<Error & Partial<Pick<NoSuchOrganizationConformancePackError, "callerAccountId" | "visiblePacks">>> {
  const settings = settingsFor(endpoint, { retryMode: "standard" });
  const all = { name: "security-baseline", maxAttempts: 1, ...(assumeRole && { assumeRole }), ...args };
  return rejectionOf(gatherPackStatus(all, { settings }));
}

const asked = ({ requests }: Emulator) =>
  requests.map(({ operation }) => operation).filter((operation) => extra.includes(operation));

const service = "config-multiaccountsetup.amazonaws.com";
const role = (accountId: string) =>
  `arn:aws:sts::${accountId}:assumed-role/reader/pulumi-org-conformance of account ${accountId}`;

test.each<{
  who: string;
  from?: string;
  inOrganization?: EmulatedOrganization;
  denied?: string[];
  name: string;
  says: string;
}>([
  {
    who: "the management account",
    inOrganization: organization,
    name: "NoSuchOrganizationConformancePackError",
    says: `The caller is arn:aws:iam::${management}:user/emulated-caller of account ${management}, the organization's management account.`,
  },
  {
    who: "a delegated administrator",
    from: delegated,
    inOrganization: organization,
    name: "NoSuchOrganizationConformancePackError",
    says: `The caller is ${role(delegated)}, a delegated administrator for ${service}.`,
  },
  {
    who: "a member, to whom AWS does not list the administrators",
    from: member,
    inOrganization: organization,
    name: "AccessDeniedError",
    says: `The caller is ${role(member)}, not the management account (${management}), and probably not a delegated administrator for ${service}, since AWS does not list them to it.`,
  },
  {
    who: "a member, to whom AWS lists them",
    from: member,
    name: "NoSuchOrganizationConformancePackError",
    says: `The caller is ${role(member)}, not the management account (${management}), and not registered as a delegated administrator for ${service}.`,
  },
  {
    who: "an account in no organization",
    from: stranger,
    inOrganization: organization,
    name: "AccessDeniedError",
    says: `The caller is ${role(stranger)}, which is not in an organization.`,
  },
  {
    who: "an account to which AWS does not show its organization",
    from: member,
    denied: ["DescribeOrganization"],
    name: "NoSuchOrganizationConformancePackError",
    says: `The caller is ${role(member)}, to which AWS does not show the organization.`,
  },
])("the error says that the caller is $who", async ({ from, inOrganization, denied = [], name, says }) => {
  const emulator = await emulate({ ...(inOrganization && { organization: inOrganization }) });
  for (const operation of denied) emulator.injectFault({ kind: "accessDenied", operation });
  const error = await errorOf(emulator, from === undefined ? {} : { assumeRole: roleIn(from) });
  expect(error.name).toBe(name);
  expect(error.message.split("\n")).toContain(says);
  if (name === "NoSuchOrganizationConformancePackError") expect(error.callerAccountId).toBe(from ?? management);
});

test.each<[packs: string[], name: string, says: string]>([
  [[], "security-baseline", "The caller sees no organization conformance pack in us-east-1."],
  [
    ["other", "Security-Baseline"],
    "security-baselin",
    'The caller sees "Security-Baseline", "other" in us-east-1. Did you mean "Security-Baseline"?',
  ],
  [
    Array.from({ length: 12 }, (_, index) => `pack-${String.fromCharCode(97 + index)}`),
    "pack-lx",
    `The caller sees ${["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].map((letter) => `"pack-${letter}"`).join(", ")} and 2 more in us-east-1. Did you mean "pack-l"?`,
  ],
])("the error lists the packs %j to a caller that asks for %j", async (names, name, says) => {
  const error = await errorOf(await emulate({ packs: packsNamed(...names) }), { name });
  expect(error.name).toBe("NoSuchOrganizationConformancePackError");
  expect(error.message.split("\n")).toContain(says);
  expect(error.visiblePacks).toEqual(names.toSorted());
});

test("packs of all pages are seen, and those of other regions are not", async () => {
  const names = Array.from({ length: 120 }, (_, index) => `pack-${String(index)}`);
  const packs = [...packsNamed(...names), { name: "elsewhere", region: "eu-west-1", members: 1 }];
  const error = await errorOf(await emulate({ packs }));
  expect(error.visiblePacks).toEqual(names.sort());
});

test.each<FaultKind>(["accessDenied", "expiredToken", "htmlBody", "resetConnection", "serverError", "slowResponse"])(
  "where every question is answered with %s, the error stays what it is, without the sentences",
  async (kind) => {
    const emulator = await emulate({ packs: packsNamed("other") });
    for (const operation of extra) emulator.injectFault({ kind, operation });
    const error = await errorOf(emulator);
    expect(error).toMatchObject({
      name: "NoSuchOrganizationConformancePackError",
      callerAccountId: undefined,
      visiblePacks: undefined,
    });
    expect(asked(emulator).sort()).toEqual(extra.toSorted());
    expect(error.message.split("\n").map((line) => line.split(":")[0])).toEqual([
      'No organization conformance pack named "security-baseline" in us-east-1.',
      "Cause",
      "AWS request id",
      "Next",
    ]);
  },
);

test("a refusal stays a refusal where every question about the caller is refused too", async () => {
  const emulator = await emulate({ packs: packsNamed("security-baseline") });
  emulator.injectFault({ kind: "accessDenied" });
  const error = await errorOf(emulator);
  expect(error).toMatchObject({
    name: "AccessDeniedError",
    action: "config:GetOrganizationConformancePackDetailedStatus",
  });
  expect(error.message).not.toContain("The caller is");
});

test("the caller is looked up once, whatever the regions", async () => {
  const emulator = await emulate();
  const regions = ["us-east-1", "eu-west-1", "eu-west-2"];
  const error = await errorOf(emulator, { regions });
  expect(error.name).toBe("NoSuchOrganizationConformancePackError");
  expect(asked(emulator).sort()).toEqual(extra.toSorted());
});

describe("the explanation of an error", () => {
  const name = "security-basline";
  const slowEmulator = async () => {
    const emulator = await emulate({ organization, packs: packsNamed("security-baseline") });
    for (const operation of extra) emulator.injectFault({ kind: "slowResponse", operation });
    return emulator;
  };

  test("is left out when the lookup's time is over", async () => {
    const error = await errorOf(await slowEmulator(), { name, timeoutSeconds: 0.5 });
    expect(error.name).toBe("NoSuchOrganizationConformancePackError");
    expect(error.message).not.toContain("The caller is");
  }, 20_000);

  test("ends with the reason of the lookup's signal", async () => {
    const emulator = await slowEmulator();
    const controller = new AbortController();
    const reason = new Error("Enough.");
    const settings = settingsFor(emulator.endpoint, { retryMode: "standard" });
    const rejection = rejectionOf(gatherPackStatus({ name }, { settings, signal: controller.signal }));
    while (asked(emulator).length === 0) await delay(5);
    controller.abort(reason);
    expect(await rejection).toBe(reason);
  }, 20_000);
});

test("the caller is not looked up where a region answers", async () => {
  const emulator = await emulate({ packs: packsNamed("security-baseline") });
  const args = { name: "security-baseline", regions: ["us-east-1", "eu-west-1"], maxAttempts: 1 };
  const status = await gatherPackStatus(args, { settings: settingsFor(emulator.endpoint) });
  expect(status.reasons.map(({ code }) => code)).toEqual(["noSuchPack"]);
  expect(asked(emulator)).toEqual([]);
});

test.each<FaultKind | undefined>([undefined, "expiredToken", "serverError", "throttling", "htmlBody"])(
  "nothing of this is asked when the lookup ends with %p",
  async (kind) => {
    const emulator = await emulate({ packs: packsNamed("security-baseline") });
    const operation = "GetOrganizationConformancePackDetailedStatus";
    if (kind) emulator.injectFault({ kind, operation });
    const args = { name: "security-baseline", maxAttempts: 1 };
    await gatherPackStatus(args, { settings: settingsFor(emulator.endpoint) }).catch(() => undefined);
    expect(emulator.requests.length).toBeGreaterThan(0);
    expect(asked(emulator)).toEqual([]);
  },
);

test("administrators are asked for by the service of organization conformance packs", async () => {
  const emulator = await emulate({ organization });
  await errorOf(emulator);
  const inputs = emulator.requests.filter(({ operation }) => operation === "ListDelegatedAdministrators");
  expect(inputs.map(({ input }) => input)).toEqual([{ ServicePrincipal: service }]);
});

test("a caller whose ARN is not known is named by the account", () => {
  expect(callerSentences({ accountId: management, managementAccountId: management })).toEqual([
    `The caller is account ${management}, the organization's management account.`,
  ]);
});

test("a pack that is seen was put a moment ago; nothing is said of packs that AWS does not show", () => {
  expect(visiblePackSentences(["baseline", "other"], "baseline", "us-east-1")).toEqual([
    'The caller sees "baseline", "other" in us-east-1: the pack was put a moment ago.',
  ]);
  expect(visiblePackSentences(undefined, "baseline", "us-east-1")).toEqual([]);
});

test.each([management, `${management}1`, `1${management}`, "", "none"])(
  "what answers %j for STS and AWS Organizations is believed only if it is an account",
  async (id) => {
    const emulator = await emulate({ organization });
    const wire = await between(emulator, async ({ ask, operation }) =>
      extra.includes(operation) ? (await ask()).replaceAll(management, id) : undefined,
    );
    const settings = settingsFor(wire.endpoint);
    const known = id === management ? management : undefined;
    expect(await callerAccountId(settings, "us-east-1")).toBe(known);
    const { accountId, managementAccountId } = await describeCaller(settings, "us-east-1");
    expect([accountId, managementAccountId]).toEqual([known, known]);
  },
);

test("who can't be asked is not known", async () => {
  const emulator = await emulate({});
  emulator.injectFault({ kind: "serverError" });
  expect(await callerAccountId(settingsFor(emulator.endpoint), "us-east-1")).toBeUndefined();
});

test("a client is closed after its question, also after one that fails", async () => {
  const client = { destroy: jest.fn() };
  expect(await withClient(client, () => Promise.resolve("yes"))).toBe("yes");
  await expect(withClient(client, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(client.destroy).toHaveBeenCalledTimes(2);
});

test.each(hostileTexts)("%j as the name of a role or a pack is sanitized", (hostile) => {
  const sentences = [
    ...callerSentences({ accountId: member, arn: hostile, managementAccountId: management }),
    ...visiblePackSentences([hostile, "other"], "baseline", "us-east-1"),
    ...visiblePackSentences([hostile], "baseline", "us-east-1"),
  ];
  expect(sentences).toHaveLength(3);
  for (const sentence of sentences) expect(sentence).not.toMatch(harm);
});

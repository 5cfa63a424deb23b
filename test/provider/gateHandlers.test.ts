import { readAwsSettings } from "../../core/aws/settings";
import { isError } from "../../core/errors/isError";
import type { EmulatedMember, EmulatedPack, Emulator } from "../../emulator";
import * as gate from "../../provider/gateHandlers";
import type { Properties } from "../../provider/gateInputs";
import { decodeState, type GateState } from "../../provider/gateState";
import "../core/aws/awsEnvironment";
import { emulate, rejectionOf, settingsFor } from "../core/aws/emulate";
import { silent } from "../builders/exceptions";
import { account } from "../builders/members";
import { harm } from "../core/text/hostileText";
import { unknownText } from "../../provider/unknown";

const healthy: EmulatedMember = { accountId: account(1), status: "CREATE_SUCCESSFUL" };
const unfinished: EmulatedMember = { accountId: account(2), status: "CREATE_IN_PROGRESS" };
const wait = { waitForSettled: { pollSeconds: 0.02, timeoutSeconds: 30 } };

/** A host over an emulator, and the lines that it was given. */
async function hostFor(members: readonly EmulatedMember[], others: Partial<gate.GateHost> = {}) {
  const emulator = await emulate({ packs: [{ name: "baseline", members }] });
  const lines: string[] = [];
  const host: gate.GateHost = {
    settings: { ...settingsFor(emulator.endpoint), maxRetries: 0 },
    settingsProblems: [],
    now: () => new Date(),
    log: (severity, text) => lines.push(`${severity}: ${text}`),
    ...others,
  };
  return { emulator, host, lines };
}

async function checked(host: gate.GateHost, args: Properties = {}): Promise<Properties> {
  const { failures, inputs } = await gate.check({ name: "baseline", ...args }, host);
  expect(failures).toEqual([]);
  return inputs;
}

const rowRequests = ({ requests }: Emulator) =>
  requests.filter(({ operation }) => operation === "GetOrganizationConformancePackDetailedStatus");

test.each([
  ["accessDenied", "Access denied by AWS Config: config:GetOrganizationConformancePackDetailedStatus"],
  ["expiredToken", "AWS Config says that the credentials have expired"],
  ["htmlBody", "it is not JSON"],
  ["throttling", "AWS throttled the calls"],
] as const)("%s is a check failure at the name, without a stack", async (kind, says) => {
  const { emulator, host } = await hostFor([healthy]);
  emulator.injectFault({ kind });
  const { failures } = await gate.check({ name: "baseline" }, host);
  expect(failures).toMatchObject([{ property: "name", reason: expect.stringContaining(says) as string }]);
  expect(failures[0]?.reason).toContain("\nNext: ");
  expect(failures[0]?.reason).not.toMatch(/^\s+at /m);
});

test.each([
  ["never", "CREATE_FAILED", false],
  [undefined, "CREATE_FAILED", false],
  ["failed", "CREATE_FAILED", true],
  ["failed", "CREATE_IN_PROGRESS", false],
  // It may be a failure.
  ["failed", "CREATE_PAUSED", true],
  ["failed", "CREATE_SUCCESSFUL", false],
  ["notPassed", "CREATE_FAILED", true],
  ["notPassed", "CREATE_IN_PROGRESS", true],
  ["notPassed", "CREATE_PAUSED", true],
  ["notPassed", "DELETE_SUCCESSFUL", true],
  ["notPassed", "CREATE_SUCCESSFUL", false],
])("failOn %p with a row that is %s: refused is %p", async (failOn, status, refused) => {
  const { host } = await hostFor([{ ...healthy, status, errorMessage: "why\n::error::injected" }]);
  const { failures } = await gate.check({ name: "baseline", ...(failOn && { failOn }) }, host);
  expect(failures.map(({ property }) => property)).toEqual(refused ? ["failOn"] : []);
  for (const line of failures[0]?.reason.split("\n") ?? []) expect(line).not.toMatch(harm);
  if (refused) expect(failures[0]?.reason).toContain('Organization conformance pack "baseline" in us-east-1: ');
});

test("failOn that could not see a failure is a mistake in the arguments", async () => {
  const { host } = await hostFor([healthy]);
  const problems = gate.problemsOf({ name: "baseline", failOn: "failed", statuses: ["CREATE_SUCCESSFUL"] }, host);
  expect(problems).toMatchObject([{ property: "failOn" }]);
});

test("failOn with statuses that are still unknown is left to the update", async () => {
  const { host } = await hostFor([healthy]);
  const statuses = ["CREATE_FAILED", unknownText];
  expect(
    gate.problemsOf({ name: "baseline", failOn: "failed", statuses }, host).map(({ property }) => property),
  ).toEqual(["statuses[1]"]);
});

test("a state whose failOn and statuses are now a mistake is refreshed all the same", async () => {
  const { host } = await hostFor([healthy]);
  const state = await checked(host, { statuses: ["CREATE_SUCCESSFUL"] });
  expect(await gate.read({ ...state, failOn: "failed" }, host)).toMatchObject({ counts: { successful: 1 } });
});

test("what was looked up and has no status is refused, not settled", async () => {
  const { host } = await hostFor([healthy]);
  const state = await checked(host);
  expect(await gate.settle({ ...state, formatVersion: 0 }, host)).toMatchObject({
    kind: "refused",
    message: expect.stringContaining("was not looked up") as string,
  });
});

test("check gives the decision beside the verdict, which exceptions do not change", async () => {
  const { host } = await hostFor([healthy, { ...unfinished, status: "CREATE_FAILED" }]);
  const tolerate = { accounts: [{ accountId: account(2), reason: "Legacy." }] };
  expect(await checked(host, { failOn: "notPassed", tolerate })).toMatchObject({
    verdict: "FAILED",
    counts: { failed: 1 },
    decision: {
      verdict: "PASSED",
      tolerated: [expect.stringContaining(`Account ${account(2)} is CREATE_FAILED in us-east-1`) as string],
      warnings: [],
    },
  });
});

test.each<[what: string, tolerate: object, says: string[]]>([
  [
    "what passes with a warning",
    { noSuchPack: "warn" },
    [
      expect.stringMatching(
        /^warning: gone: No organization conformance pack named "gone" .*because of tolerate\.noSuchPack\.$/,
      ) as string,
    ],
  ],
  ["nothing of what is allowed", { noSuchPack: "allow" }, []],
  [
    "exceptions that match nothing, in one warning",
    {
      noSuchPack: "allow",
      accounts: [1, 2].map((index) => ({ accountId: account(index), reason: "Ann decided it." })),
    },
    [
      expect.stringMatching(
        new RegExp(`^warning: gone: The exception for ${account(1)} .*\n.*${account(2)} `),
      ) as string,
    ],
  ],
])("a run shows %s", async (_what, tolerate, says) => {
  const { host, lines } = await hostFor([healthy]);
  const { failures } = await gate.check({ name: "gone", failOn: "notPassed", tolerate }, host);
  expect(failures).toEqual([]);
  expect(lines).toEqual(says);
});

test("a gate that is going to wait says of its exceptions only what is certain before", async () => {
  const { host, lines } = await hostFor([unfinished]);
  const tolerate = { inProgress: "warn", accounts: [{ accountId: account(9), reason: "Ann decided it." }] };
  await checked(host, { failOn: "never", tolerate, ...wait });
  expect(lines).toEqual([]);
});

test("a gate that is going to wait says that a region is without an answer", async () => {
  const { emulator, host, lines } = await hostFor([unfinished]);
  emulator.injectFault({ kind: "serverError", region: "eu-west-1" });
  const tolerate = { ...silent(4), accounts: [{ accountId: account(9), reason: "Ann decided it." }] };
  await checked(host, { regions: ["us-east-1", "eu-west-1"], failOn: "never", tolerate, ...wait });
  expect(lines).toEqual([expect.stringContaining("Nothing is known of its accounts") as string]);
  expect(lines[0]).not.toContain("matches nothing");
});

test.each([
  [{ tolerate: { accounts: [{ accountId: account(9), reason: "Ann decided it." }] } }, [/matches nothing/]],
  [{}, []],
])("an update that judges what the check did not, with %j, warns of what passes: %j", async (args, warnings) => {
  const { host, lines } = await hostFor([healthy]);
  const { inputs } = await gate.check({ name: "baseline", ...args }, host, true);
  expect(lines).toEqual([]);
  await gate.settle(inputs, host);
  expect(lines).toEqual(warnings.map((says) => expect.stringMatching(says) as string));
});

test("of many warnings, a run shows twenty", async () => {
  const { host, lines } = await hostFor([healthy]);
  const accounts = Array.from({ length: 30 }, (_, index) => ({ accountId: account(100 + index), reason: "Ann." }));
  await checked(host, { tolerate: { accounts } });
  expect(lines).toEqual([expect.stringMatching(/^(.*\n){20}and 10 more notices$/) as string]);
});

test.each(["yesterday", 7, ""])("what was looked up at %j was not looked up", async (lookedUpAt) => {
  const { host } = await hostFor([healthy]);
  const inputs = { ...(await checked(host, wait)), lookedUpAt, failedGroups: "none" };
  expect(await gate.settle(inputs, host)).toMatchObject({
    kind: "refused",
    message: expect.stringContaining("was not looked up") as string,
  });
});

describe("break glass", () => {
  const dead: GateState["regions"] = ["us-east-1"];
  const args = { failOn: "notPassed", tolerate: silent(4) };

  test("lets a pack pass whose only region is dead, and says so in the run and in the decision", async () => {
    const { emulator, host, lines } = await hostFor([healthy]);
    emulator.injectFault({ kind: "serverError" });
    const says =
      /InternalFailure.* Nothing is known of its accounts\. It passes until \S+Z because of tolerate.unanswered: Ann decided it\.$/;
    const state = await checked(host, args);
    expect(state).toMatchObject({
      verdict: "INCOMPLETE",
      regions: dead,
      decision: { verdict: "PASSED", warnings: [expect.stringMatching(says) as string] },
    });
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^warning: baseline: .*${says.source}`)) as string]);
    // A refresh does not fail either, and neither does an update that would wait.
    expect(await gate.read(state, host)).toMatchObject({ verdict: "INCOMPLETE", decision: { verdict: "PASSED" } });
    expect((await gate.settle(await checked(host, { ...args, ...wait }), host)).kind).toBe("settled");
  });

  test("shows in the run what it lets pass, and nothing else", async () => {
    const { emulator, host, lines } = await hostFor([{ ...healthy, status: "CREATE_FAILED" }]);
    emulator.injectFault({ kind: "serverError", region: "eu-west-1" });
    await gate.check({ name: "baseline", regions: ["us-east-1", "eu-west-1"], tolerate: silent(4) }, host);
    expect(lines).toEqual([expect.stringContaining("Nothing is known of its accounts") as string]);
  });

  test.each(["accessDenied", "expiredToken"] as const)("lets no region pass that answers %s", async (kind) => {
    const { emulator, host, lines } = await hostFor([healthy]);
    emulator.injectFault({ kind });
    const { failures, inputs } = await gate.check({ name: "baseline", ...args }, host);
    expect(failures).toMatchObject([{ property: "name" }]);
    expect(inputs.lookupFailed).toBe(true);
    expect(lines).toEqual([]);
  });

  test("is over when it expires: by the host's clock", async () => {
    const { emulator, host } = await hostFor([healthy], { now: () => new Date(Date.now() + 5 * 3_600_000) });
    emulator.injectFault({ kind: "serverError" });
    const { failures } = await gate.check({ name: "baseline", ...args }, host);
    expect(failures).toMatchObject([
      { property: "name", reason: expect.stringContaining("InternalFailure") as string },
    ]);
  });

  test("of more than 24 hours is a mistake in the arguments", async () => {
    const { host } = await hostFor([healthy]);
    expect(gate.problemsOf({ name: "baseline", tolerate: silent(25) }, host)).toEqual([
      {
        property: "tolerate.unanswered.expires",
        reason: expect.stringContaining("more than 24 hours ahead") as string,
      },
    ]);
  });
});

test.each([
  ["allow", false],
  ["warn", false],
  ["refuse", true],
  [undefined, true],
])("a pack that AWS does not know, with noSuchPack %p: refused is %p", async (noSuchPack, isRefused) => {
  const { host } = await hostFor([healthy]);
  const tolerate = noSuchPack === undefined ? {} : { noSuchPack };
  const news = { name: "planned", failOn: "notPassed", tolerate };
  const { failures, inputs } = await gate.check(news, host);
  expect(failures.map(({ property }) => property)).toEqual(isRefused ? ["name"] : []);
  expect(inputs).toMatchObject(
    isRefused ? { lookupFailed: true } : { verdict: "INCOMPLETE", decision: { verdict: "PASSED" } },
  );
});

test("the host's time is the time of the lookup, and exceptions expire by it", async () => {
  const failed = { ...healthy, status: "CREATE_FAILED" };
  const tolerate = { accounts: [{ accountId: account(1), reason: "Agreed.", expires: "2026-01-01" }] };
  for (const [day, verdict] of [
    ["2026-01-01T12:00:00.000Z", "PASSED"],
    ["2026-01-02T12:00:00.000Z", "FAILED"],
  ] as const) {
    const { host } = await hostFor([failed], { now: () => new Date(day) });
    expect(await checked(host, { tolerate })).toMatchObject({ lookedUpAt: day, decision: { verdict } });
  }
});

test("each call uses the settings that its host gives", async () => {
  const [one, other] = [await hostFor([healthy]), await hostFor([healthy])];
  await checked(one.host);
  await checked({ ...one.host, settings: other.host.settings });
  expect([rowRequests(one.emulator), rowRequests(other.emulator)].map(({ length }) => length)).toEqual([1, 1]);
});

test("mistakes in the settings are problems of every gate, and no refresh looks up with them", async () => {
  const { problems } = readAwsSettings((key) => (key === "aws:region" ? "Ireland" : undefined), {});
  const { emulator, host } = await hostFor([healthy], { settingsProblems: problems });
  expect(gate.problemsOf({ name: "baseline" }, host)).toEqual(problems);
  const state = { name: "baseline", regions: ["us-east-1"], lookedUpAt: "2026-01-01T00:00:00.000Z" };
  expect(await rejectionOf(gate.read(state, host))).toMatchObject({ name: "InvalidArgumentsError", problems });
  expect(emulator.requests).toEqual([]);
});

test("a wait says its progress to the host", async () => {
  const { emulator, host, lines } = await hostFor([healthy, unfinished]);
  const inputs = await checked(host, wait);
  emulator.setMembers("baseline", [healthy, { ...unfinished, status: "CREATE_SUCCESSFUL" }]);
  expect(await gate.settle(inputs, host)).toMatchObject({ kind: "settled", state: { verdict: "PASSED" } });
  expect(lines[0]).toBe('info: 1 of 2 accounts done, 0 failed: pack "baseline"');
});

test("a cancelled wait ends at once, refused, with the state that is known", async () => {
  const controller = new AbortController();
  const { host } = await hostFor([healthy, unfinished], { signal: controller.signal });
  const slow = { waitForSettled: { pollSeconds: 60, timeoutSeconds: 600 } };
  const inputs = await checked(host, slow);
  setTimeout(() => {
    controller.abort();
  }, 50);
  const start = performance.now();
  const settled = await gate.settle(inputs, host);
  expect(performance.now() - start).toBeLessThan(2_000);
  expect(settled).toMatchObject({ kind: "refused", state: inputs });
  expect(settled).toHaveProperty("message", expect.stringMatching(/^The wait was cancelled .*\nNext: /));
});

test("a cancelled lookup is not a check failure: nothing is known of the pack", async () => {
  const { emulator, host } = await hostFor([healthy], { signal: AbortSignal.abort(new Error("Cancelled.")) });
  expect(await rejectionOf(gate.check({ name: "baseline" }, host))).toMatchObject({ message: "Cancelled." });
  expect(await rejectionOf(gate.read({ name: "baseline", lookedUpAt: "2026-01-01" }, host)).then(isError)).toBe(true);
  expect(emulator.requests).toEqual([]);
});

describe("the front is given each lookup", () => {
  type Told = readonly [result: string, by: string, isAwaited: boolean | undefined, isUnsettled: boolean];

  /** A host that notes what it is given. */
  async function listening(members: readonly EmulatedMember[], others: Partial<gate.GateHost> = {}) {
    const told: Told[] = [];
    const lookups: object[] = [];
    const onLookup: gate.GateHost["onLookup"] = (found, { by, isAwaited, ...lookup }) => {
      const result = "status" in found ? found.status.verdict : (found.error as Error).name;
      told.push([result, by, isAwaited, "isUnsettled" in found && found.isUnsettled]);
      lookups.push(lookup);
    };
    return { ...(await hostFor(members, { onLookup, ...others })), lookups, told };
  }
  const quick = { waitForSettled: { pollSeconds: 0.02, timeoutSeconds: 0.1 } };

  test("of a check, with its arguments and exceptions, and the host's time", async () => {
    const day = new Date("2026-03-15T12:00:00Z");
    const { host, lookups, told } = await listening([healthy, unfinished], { now: () => day });
    await checked(host, { detail: "all", tolerate: { maxFailedAccounts: 1 } });
    expect(told).toEqual([["IN_PROGRESS", "gate", false, false]]);
    // With the region that it asked: the status file of a later lookup has the same name, however it ends.
    const args = { name: "baseline", regions: ["us-east-1"], detail: "all" };
    expect(lookups).toEqual([{ args, tolerate: { maxFailedAccounts: 1 }, lookedUpAt: day }]);
  });

  test("of a check that is not judged, because the update waits or puts the pack first", async () => {
    const { host, told } = await listening([healthy, unfinished]);
    await gate.check({ name: "baseline", ...wait }, host);
    await gate.check({ name: "baseline" }, host, true);
    expect(told).toEqual([
      ["IN_PROGRESS", "gate", true, false],
      ["IN_PROGRESS", "gate", true, false],
    ]);
  });

  test("of a check that AWS refuses, and of one that is refused without a question", async () => {
    const { emulator, host, lookups, told } = await listening([healthy]);
    emulator.injectFault({ kind: "accessDenied" });
    await gate.check({ name: "baseline" }, host);
    expect(gate.refused({ name: "baseline" }, [{ property: "failOn", reason: "No." }], host)).toEqual({
      inputs: { name: "baseline", lookupFailed: true },
      failures: [{ property: "failOn", reason: "No." }],
    });
    expect(told).toEqual([
      ["AccessDeniedError", "gate", undefined, false],
      ["InvalidArgumentsError", "gate", undefined, false],
    ]);
    expect(lookups[0]).toMatchObject({ args: { name: "baseline", regions: ["us-east-1"] } });
    expect(lookups[1]).toMatchObject({ args: { name: "baseline" }, lookedUpAt: expect.any(Date) as Date });
  });

  test("unless the front does not listen", async () => {
    const { host } = await hostFor([healthy]);
    expect(gate.refused({ name: "baseline" }, [], host).inputs.lookupFailed).toBe(true);
  });

  test("of a wait: the status that it ended with", async () => {
    const { emulator, host, lookups, told } = await listening([healthy, unfinished]);
    const inputs = await checked(host, { ...wait, tolerate: { maxFailedAccounts: 1 } });
    emulator.setMembers("baseline", [healthy]);
    expect((await gate.settle(inputs, host)).kind).toBe("settled");
    expect(told.slice(1)).toEqual([["PASSED", "wait", undefined, false]]);
    expect(lookups[1]).toMatchObject({ args: { name: "baseline" }, tolerate: { maxFailedAccounts: 1 } });
  });

  test("of a wait in vain, or one that is cancelled: the last status, as not settled", async () => {
    const controller = new AbortController();
    const { host, told } = await listening([healthy, unfinished]);
    expect((await gate.settle(await checked(host, quick), host)).kind).toBe("refused");
    const slow = { waitForSettled: { pollSeconds: 60, timeoutSeconds: 600 } };
    const inputs = await checked(host, slow);
    setTimeout(() => {
      controller.abort();
    }, 50);
    expect((await gate.settle(inputs, { ...host, signal: controller.signal })).kind).toBe("refused");
    expect(told.filter(([, by]) => by === "wait")).toEqual([
      ["IN_PROGRESS", "wait", undefined, true],
      ["IN_PROGRESS", "wait", undefined, true],
    ]);
  });

  test("of a wait that AWS ends: the error", async () => {
    const { emulator, host, told } = await listening([healthy, unfinished]);
    const inputs = await checked(host, wait);
    emulator.injectFault({ kind: "accessDenied" });
    expect((await gate.settle(inputs, host)).kind).toBe("refused");
    expect(told.slice(1)).toEqual([["AccessDeniedError", "wait", undefined, false]]);
  });

  test("of an update that judges what the check left unjudged", async () => {
    const { host, told } = await listening([healthy]);
    const { inputs } = await gate.check({ name: "baseline" }, host, true);
    expect((await gate.settle(inputs, host)).kind).toBe("settled");
    expect(told.slice(1)).toEqual([["PASSED", "gate", undefined, false]]);
  });
});

test("a pack that the update puts first is not judged by the check, and is judged by the update", async () => {
  const { emulator, host } = await hostFor([{ ...healthy, status: "CREATE_FAILED" }]);
  const unjudged = await gate.check({ name: "baseline", failOn: "failed" }, host, true);
  expect(unjudged).toMatchObject({ inputs: { verdict: "FAILED", triggersChanged: true }, failures: [] });
  expect(await gate.settle(unjudged.inputs, host)).toMatchObject({
    kind: "refused",
    state: { verdict: "FAILED" },
    message: expect.stringContaining("1 of 1 account failed") as string,
  });
  const planned = await gate.check({ name: "planned" }, host, true);
  expect(planned).toMatchObject({ inputs: { verdict: "INCOMPLETE" }, failures: [] });
  const before = emulator.requests.length;
  expect(await gate.settle(planned.inputs, host)).toMatchObject({
    kind: "refused",
    message: expect.stringContaining('"planned"') as string,
  });
  // It may be there by now.
  expect(emulator.requests.length).toBeGreaterThan(before);
});

describe("a pack that the check did not find, and the update does,", () => {
  const failed: EmulatedMember = { ...healthy, status: "CREATE_FAILED" };

  /** The inputs of a check that does not find the pack, for an update on a host where it is. */
  async function unfound(host: gate.GateHost, args: Properties): Promise<Properties> {
    const elsewhere = await emulate({ packs: [] });
    const there = { ...host, settings: settingsFor(elsewhere.endpoint) };
    const { failures, inputs } = await gate.check({ name: "baseline", ...args }, there, true);
    expect({ failures, inputs }).toMatchObject({ failures: [], inputs: { verdict: "INCOMPLETE" } });
    return inputs;
  }

  test.each<[args: Properties]>([[wait], [{ ...wait, failOn: "failed" }]])("is waited for: %j", async (args) => {
    const { emulator, host } = await hostFor([healthy, unfinished]);
    const log = () => {
      emulator.setMembers("baseline", [healthy]);
    };
    const inputs = await unfound(host, args);
    expect(await gate.settle(inputs, { ...host, log })).toMatchObject({
      kind: "settled",
      state: { verdict: "PASSED" },
    });
  });

  test.each<[args: Properties, member: EmulatedMember, kind: string]>([
    [{}, healthy, "settled"],
    [{}, failed, "refused"],
    [{ tolerate: { noSuchPack: "allow" } }, failed, "refused"],
    [{ tolerate: { noSuchPack: "allow" } }, unfinished, "refused"],
    [{ failOn: "failed" }, unfinished, "settled"],
    [{ failOn: "never" }, failed, "settled"],
  ])("is judged by the gate itself, since no policy has seen it: %j, %j", async (args, member, kind) => {
    const { host } = await hostFor([member]);
    expect((await gate.settle(await unfound(host, args), host)).kind).toBe(kind);
  });

  describe("in two regions", () => {
    const [us, eu] = ["us-east-1", "eu-west-1"];
    const at = (region: string, member: EmulatedMember) => ({ name: "baseline", region, members: [member] });
    const inFirst = { kind: "settled", state: { verdict: "INCOMPLETE", counts: { total: 1 } } };

    test.each<[what: string, packs: EmulatedPack[], after: EmulatedPack[], expected: object]>([
      ["where it was, is not judged", [at(us, healthy)], [at(us, healthy)], inFirst],
      ["where it was, with other rows, is not judged", [at(us, healthy)], [at(us, failed)], inFirst],
      ["in both, is judged", [at(us, healthy)], [at(us, healthy), at(eu, failed)], { kind: "refused" }],
      ["in the other, is judged", [at(us, healthy)], [at(eu, healthy)], { kind: "refused" }],
    ])("and finds it %s", async (_what, packs, after, expected) => {
      const [before, later] = [await emulate({ packs }), await emulate({ packs: after })];
      const { host } = await hostFor([]);
      const onHost = ({ endpoint }: Emulator) => ({ ...host, settings: settingsFor(endpoint) });
      const { inputs } = await gate.check({ name: "baseline", regions: [us, eu] }, onHost(before), true);
      expect(await gate.settle(inputs, onHost(later))).toMatchObject(expected);
    });

    test("asks no more when the check found it in both", async () => {
      const { endpoint, requests } = await emulate({ packs: [at(us, healthy), at(eu, healthy)] });
      const { host } = await hostFor([]);
      const there = { ...host, settings: settingsFor(endpoint) };
      const { inputs } = await gate.check({ name: "baseline", regions: [us, eu] }, there, true);
      const before = requests.length;
      expect(await gate.settle(inputs, there)).toMatchObject({ kind: "settled", state: { verdict: "PASSED" } });
      expect(requests).toHaveLength(before);
    });
  });
});

test("what no rule foresees is thrown by an update, not taken for a refusal", async () => {
  const { host } = await hostFor([healthy, unfinished]);
  const inputs = await checked(host, wait);
  const broken = () => {
    throw new TypeError("a bug");
  };
  expect(await rejectionOf(gate.settle(inputs, { ...host, log: broken }))).toBeInstanceOf(TypeError);
});

test("what was not looked up waits for nothing", () => {
  expect(gate.needsWait({ name: "baseline", ...wait })).toBe(false);
});

test.each<[state: Properties]>([
  [{ name: "baseline" }],
  [{ name: "baseline", lookedUpAt: 5 }],
  [{ name: "baseline", lookedUpAt: "yesterday" }],
])("a refresh of %j, which has not been looked up, is refused: no policy would see it", async (state) => {
  const { emulator, host } = await hostFor([healthy]);
  expect(await rejectionOf(gate.read(state, host))).toMatchObject({
    name: "InvalidArgumentsError",
    problems: [{ property: "opts", reason: expect.stringContaining("Remove id, import and urn") as string }],
  });
  expect(emulator.requests).toEqual([]);
});

test("a setting that turns out to be wrong is a failure at its own name", async () => {
  const { host } = await hostFor([healthy]);
  const settings = { ...host.settings, customCaBundle: "/nowhere.pem" };
  const { failures } = await gate.check({ name: "baseline" }, { ...host, settings });
  expect(failures).toEqual([{ property: "aws:customCaBundle", reason: "The file can't be read." }]);
});

test("the id names the pack and its regions", () => {
  expect(gate.idOf({ name: "baseline", regions: ["us-east-1", "eu-west-1"] })).toBe("baseline@us-east-1,eu-west-1");
});

describe("a state of another format", () => {
  /** What another version may have left. */
  const foreign = (state: Properties): Properties => ({
    ...state,
    formatVersion: 2,
    failedGroups: ["?"],
    packedMembers: 7,
    rowsByPlace: { "us-east-1": [] },
  });

  test("is a change", async () => {
    const { host } = await hostFor([healthy]);
    const news = await checked(host);
    expect(gate.changeOf(news, news)).toMatchObject({ keys: [], needsUpdate: false });
    expect(gate.changeOf({ ...news, formatVersion: 2 }, news)).toMatchObject({
      keys: ["formatVersion"],
      needsUpdate: true,
    });
    expect(gate.changeOf(foreign(news), news).keys).toContain("formatVersion");
  });

  test("is looked up again by a wait, which never takes it for settled", async () => {
    const { emulator, host } = await hostFor([healthy]);
    const state = foreign(await checked(host, wait));
    expect(gate.needsWait(state)).toBe(true);
    emulator.setMembers("baseline", [{ ...healthy, status: "CREATE_FAILED" }]);
    const settled = await gate.settle(state, host);
    expect(settled).toMatchObject({ kind: "refused" });
    expect(settled).toHaveProperty("message", expect.stringContaining("1 of 1 account failed."));
  });

  test("is written anew by an update that judges it", async () => {
    const { host } = await hostFor([healthy]);
    const { inputs } = await gate.check({ name: "baseline" }, host, true);
    const settled = await gate.settle(foreign(inputs), host);
    expect(settled).toMatchObject({ kind: "settled", state: { formatVersion: 1, verdict: "PASSED" } });
    expect(decodeState(settled.state as unknown as GateState).members).toMatchObject([healthy]);
  });

  test("is replaced by a refresh, with its arguments kept", async () => {
    const { host } = await hostFor([healthy]);
    const state = foreign(await checked(host, { failOn: "failed" }));
    const read = await gate.read(state, host);
    expect(read).toMatchObject({ formatVersion: 1, failOn: "failed", verdict: "PASSED" });
    expect(read).not.toHaveProperty("rowsByPlace");
    expect(decodeState(read as unknown as GateState).members).toHaveLength(1);
  });

  test("with an argument that this version does not take makes a refresh an error, not a crash", async () => {
    const { emulator, host } = await hostFor([healthy]);
    const state = { ...foreign(await checked(host)), tolerate: { accounts: null } };
    const asked = emulator.requests.length;
    expect(await rejectionOf(gate.read(state, host))).toMatchObject({
      name: "InvalidArgumentsError",
      problems: [{ property: "tolerate.accounts" }],
    });
    expect(emulator.requests).toHaveLength(asked);
  });
});

test.each<[olds: Properties, inputs: Properties, isChanged: boolean]>([
  [{}, { triggers: "a" }, false],
  [{ triggers: "a" }, { triggers: "a" }, false],
  [{ triggers: "a" }, { triggers: "b" }, true],
  [{ triggers: "a" }, {}, false],
])("whether triggers changed from %j to %j is %p", (olds, inputs, isChanged) => {
  expect(gate.triggersChanged(olds, inputs)).toBe(isChanged);
});

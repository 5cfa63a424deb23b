import type { EmulatedPack, Emulator, EmulatorOptions } from "../../../emulator";
import { type AllPacksArgs, lookUpAllPacks } from "../../../core/lookup/lookUpAllPacks";
import type { GatherOptions } from "../../../core/lookup/gatherOptions";
import { decide } from "../../../core/gate/decide";
import { decideListing } from "../../../core/gate/decideListing";
import {
  PutOrganizationConformancePackCommand,
  DeleteOrganizationConformancePackCommand,
} from "@aws-sdk/client-config-service";
import { createConfigClient } from "../../../core/aws/configClient";
import { silent } from "../../builders/exceptions";
import "../aws/awsEnvironment";
import { emulate, rejectionOf, settingsFor } from "../aws/emulate";

const list = "DescribeOrganizationConformancePacks";
const [us, eu] = ["us-east-1", "eu-west-1"] as const;
const pack = (name: string, region: string = us, others: Partial<EmulatedPack> = {}): EmulatedPack =>
  ({ name, region, members: 3, ...others }) as EmulatedPack;

async function lookUp({ endpoint }: Emulator, args: AllPacksArgs = {}, others: Partial<GatherOptions> = {}) {
  const settings = { ...settingsFor(endpoint), maxRetries: 0 };
  return lookUpAllPacks(args, { settings, ...others });
}

/** What was found of each pack, by its name. */
function outcomes({ packs }: Awaited<ReturnType<typeof lookUp>>): Record<string, string> {
  return Object.fromEntries(
    packs.map(({ name, outcome, regions }) => [
      name,
      `${outcome instanceof Error ? outcome.name : outcome.verdict} in ${regions.join(", ")}`,
    ]),
  );
}

/** An emulator in which something happens at the second request of an operation. */
async function changing(
  packs: readonly EmulatedPack[],
  operation: string,
  change: (emulator: Emulator) => Promise<unknown>,
) {
  let asked = 0;
  let changed: Promise<unknown> | undefined;
  const holder: { emulator?: Emulator } = {};
  const options: EmulatorOptions = {
    packs,
    // A change is there before the packs are listed again.
    latencyMs: 50,
    onRequest: (request) => {
      if (request.operation !== operation || !holder.emulator) return;
      asked += 1;
      if (asked === 1) changed = change(holder.emulator);
    },
  };
  const emulator = (holder.emulator = await emulate(options));
  return { emulator, done: () => changed };
}

const client = ({ endpoint }: Emulator, region: string = us) => createConfigClient(settingsFor(endpoint), region);
const put = (emulator: Emulator, name: string, region?: string) =>
  client(emulator, region).send(
    new PutOrganizationConformancePackCommand({ OrganizationConformancePackName: name, TemplateS3Uri: "s3://x" }),
  );
const remove = (emulator: Emulator, name: string, region?: string) =>
  client(emulator, region).send(
    new DeleteOrganizationConformancePackCommand({ OrganizationConformancePackName: name }),
  );

test("every pack is looked up in the regions that list it, sorted by name", async () => {
  const emulator = await emulate({
    packs: [pack("zeta"), pack("both"), pack("both", eu, { failing: 1 }), pack("alpha", eu)],
  });
  const found = await lookUp(emulator, { regions: [us, eu] });
  expect(outcomes(found)).toEqual({
    alpha: `PASSED in ${eu}`,
    both: `FAILED in ${us}, ${eu}`,
    zeta: `PASSED in ${us}`,
  });
  expect(found).toMatchObject({ regions: [us, eu], problems: [], unusedExcept: [] });
  // Listed again when all are read.
  expect(emulator.requests.filter(({ operation }) => operation === list)).toHaveLength(4);
  expect(emulator.requests.slice(-2).map(({ operation }) => operation)).toEqual([list, list]);
});

test("250 packs are listed on all pages, and at most ten are read at a time", async () => {
  const packs = Array.from({ length: 250 }, (_, index) => pack(`pack-${index}`, us, { members: 1 }));
  let [underWay, most] = [0, 0];
  const emulator = await emulate({
    packs,
    latencyMs: 1,
    onRequest: ({ operation }) => {
      underWay += operation.startsWith("Get") ? 1 : operation.endsWith("Statuses") ? -1 : 0;
      most = Math.max(most, underWay);
    },
  });
  const found = await lookUp(emulator);
  expect(found.packs.map(({ name }) => name)).toEqual(packs.map(({ name }) => name).sort());
  expect(found.packs.every(({ outcome }) => !(outcome instanceof Error) && outcome.verdict === "PASSED")).toBe(true);
  expect(most).toBeGreaterThan(5);
  expect(most).toBeLessThanOrEqual(10);
});

test("excepted packs are not looked up, and names that are nowhere are told", async () => {
  const emulator = await emulate({ packs: [pack("kept"), pack("left-out")] });
  const found = await lookUp(emulator, { except: ["left-out", "gone"] });
  expect(Object.keys(outcomes(found))).toEqual(["kept"]);
  expect(found.unusedExcept).toEqual(["gone"]);
  expect(emulator.requests.filter(({ input }) => input.OrganizationConformancePackName === "left-out")).toEqual([]);
});

test.each<[what: string, packs: EmulatedPack[], args: AllPacksArgs, message: RegExp]>([
  [
    "there is no pack",
    [],
    { regions: [us, eu] },
    /^The caller sees no organization conformance pack in us-east-1, eu-west-1\.$/,
  ],
  [
    "every pack is excepted",
    [pack("a"), pack("b")],
    { except: ["b", "a"] },
    /^Every .* in us-east-1 is excepted: b, a\.$/,
  ],
])("where %s, that is a problem which no tolerance lets pass", async (_what, packs, args, message) => {
  const { problems } = await lookUp(await emulate({ packs }), args);
  expect(problems).toMatchObject([{ code: "noPacks", message: expect.stringMatching(message) as string }]);
  const all = { ...silent(4), noSuchPack: "allow", maxFailedPercent: 100, inProgress: "allow" } as const;
  expect(decideListing(problems, all).problems).toEqual(problems);
});

test("a region without a pack is a problem, unless noSuchPack lets it pass", async () => {
  const { packs, problems } = await lookUp(await emulate({ packs: [pack("a")] }), { regions: [us, eu] });
  expect(packs).toHaveLength(1);
  expect(problems).toMatchObject([{ code: "regionWithoutPacks", region: eu }]);
  expect(decideListing(problems)).toEqual({ problems, notices: [] });
  expect(decideListing(problems, { noSuchPack: "warn" })).toEqual({
    problems: [],
    notices: [
      "The caller sees no organization conformance pack in eu-west-1. It passes with a warning because of tolerate.noSuchPack.",
    ],
  });
});

test("a pack that appears while the others are read is looked up too, also in one more region", async () => {
  const { done, emulator } = await changing(
    [pack("first"), pack("other", eu)],
    "GetOrganizationConformancePackDetailedStatus",
    (running) => Promise.all([put(running, "late"), put(running, "first", eu)]),
  );
  const found = await lookUp(emulator, { regions: [us, eu] });
  await done();
  expect(outcomes(found)).toEqual({
    first: `PASSED in ${us}, ${eu}`,
    late: `PASSED in ${us}`,
    other: `PASSED in ${eu}`,
  });
  expect(found.problems).toEqual([]);
});

describe("a pack that failed in one region, and appears in another while it is read,", () => {
  const packs = [pack("keeps"), pack("keeps", eu), pack("moves", us, { failing: 1 })];
  const reading = "GetOrganizationConformancePackDetailedStatus";

  test("has vanished from the first, if that no longer lists it", async () => {
    const { done, emulator } = await changing(packs, reading, (running) =>
      Promise.all([put(running, "moves", eu), remove(running, "moves")]),
    );
    const found = await lookUp(emulator, { regions: [us, eu] });
    await done();
    expect(outcomes(found).moves).toBe(`INCOMPLETE in ${us}, ${eu}`);
    expect(found.problems).toMatchObject([{ code: "packVanished", packName: "moves", region: us }]);
  });

  test("still fails, if the first does not list its packs any more, also where break glass lets that pass", async () => {
    const { done, emulator } = await changing(packs, reading, (running) => {
      running.injectFault({ kind: "serverError", operation: list, region: us });
      return put(running, "moves", eu);
    });
    const found = await lookUp(emulator, { regions: [us, eu] }, { tolerate: silent(4) });
    await done();
    expect(outcomes(found).moves).toBe(`FAILED in ${us}, ${eu}`);
    expect(decideListing(found.problems, silent(4)).problems).toEqual([]);
  });
});

test.each([list, "GetOrganizationConformancePackDetailedStatus"])(
  "where all packs vanish at %s, there is no pack, which noSuchPack does not let pass",
  async (operation) => {
    const { done, emulator } = await changing([pack("goes")], operation, (running) => remove(running, "goes"));
    // As a gate with noSuchPack asks.
    const { problems } = await lookUp(emulator, {}, { tolerate: { noSuchPack: "allow" } });
    await done();
    expect(problems.map(({ code }) => code)).toEqual(["noPacks", "packVanished"]);
    expect(decideListing(problems, { noSuchPack: "allow" }).problems).toMatchObject([{ code: "noPacks" }]);
  },
);

test("packs that keep appearing are reported in the end", async () => {
  let number = 0;
  const holder: { emulator?: Emulator } = {};
  const emulator = (holder.emulator = await emulate({
    packs: [pack("first")],
    onRequest: ({ operation }) => {
      if (operation.startsWith("Get") && holder.emulator && number < 5) {
        void put(holder.emulator, `late-${String((number += 1))}`);
      }
    },
    latencyMs: 50,
  }));
  const { packs, problems } = await lookUp(emulator);
  expect(packs.map(({ name }) => name)).toEqual(["first", "late-1"]);
  expect(problems).toMatchObject([{ code: "packAppeared", packName: "late-2", region: us }]);
  expect(decideListing(problems, { noSuchPack: "allow", ...silent(1) }).problems).toEqual(problems);
});

test.each([list, "GetOrganizationConformancePackDetailedStatus"])(
  "a pack that vanishes at %s is a problem, and not an error besides",
  async (operation) => {
    const { done, emulator } = await changing([pack("stays"), pack("goes")], operation, (running) =>
      remove(running, "goes"),
    );
    const { packs, problems } = await lookUp(emulator);
    await done();
    expect(packs.map(({ name }) => name)).toContain("stays");
    for (const { outcome } of packs) expect(outcome).not.toBeInstanceOf(Error);
    expect(problems).toMatchObject([{ code: "packVanished", packName: "goes", region: us }]);
    expect(decideListing(problems, { noSuchPack: "allow" }).notices).toEqual([
      'Organization conformance pack "goes" vanished from us-east-1 while the packs were read. Allowed by tolerate.noSuchPack.',
    ]);
  },
);

describe("a region that does not list its packs", () => {
  const twoRegions = { packs: [pack("a"), pack("a", eu)] };

  test.each([
    ["serverError", true],
    ["accessDenied", false],
  ] as const)("is a problem with %s: break glass lets it pass: %p", async (kind, passes) => {
    const emulator = await emulate(twoRegions);
    emulator.injectFault({ kind, operation: list, region: eu });
    const found = await lookUp(emulator, { regions: [us, eu] });
    expect(outcomes(found)).toEqual({ a: `PASSED in ${us}` });
    expect(found.problems).toMatchObject([
      {
        code: "regionUnlisted",
        region: eu,
        message: expect.stringMatching(/^Which packs there are in eu-west-1 is not known\. /) as string,
      },
    ]);
    expect(decideListing(found.problems, { noSuchPack: "allow" }).problems).toEqual(found.problems);
    const { problems, unlisted } = decideListing(found.problems, silent(4));
    expect(problems).toEqual(passes ? [] : found.problems);
    const decision = unlisted && decide(unlisted, silent(4));
    expect(decision?.verdict).toBe(passes ? "PASSED" : undefined);
    expect(decision?.warnings ?? []).toEqual(
      passes
        ? [expect.stringMatching(/ It passes until \S+Z because of tolerate.unanswered: Ann decided it\.$/) as string]
        : [],
    );
    expect(decideListing(found.problems, silent(-1)).problems).toEqual(found.problems);
  });

  test("at first, and lists them later, leaves no doubt", async () => {
    const emulator = await emulate(twoRegions);
    emulator.injectFault({ kind: "serverError", operation: list, region: eu, times: 1 });
    const found = await lookUp(emulator, { regions: [us, eu] });
    expect(outcomes(found)).toEqual({ a: `PASSED in ${us}, ${eu}` });
    expect(found.problems).toEqual([]);
  });

  test("the second time is a problem too: what has changed is not known", async () => {
    const emulator = await emulate(twoRegions);
    emulator.injectFault({ kind: "accessDenied", operation: list, after: 2 });
    const found = await lookUp(emulator, { regions: [us, eu] });
    expect(outcomes(found)).toEqual({ a: `PASSED in ${us}, ${eu}` });
    expect(found.problems.map(({ code, region }) => [code, region])).toEqual([
      ["regionUnlisted", us],
      ["regionUnlisted", eu],
    ]);
  });

  test.each(["htmlBody", "missingField", "repeatedNextToken"] as const)("with %s, no pack is skipped", async (kind) => {
    const emulator = await emulate(twoRegions);
    emulator.injectFault({ kind, operation: list, region: us });
    const found = await lookUp(emulator, { regions: [us, eu] }).catch((error: unknown) => error as Error);
    if (found instanceof Error || found.problems.length > 0) return;
    expect(outcomes(found)).toEqual({ a: `PASSED in ${us}, ${eu}` });
  });

  test("nor any other is one error, which names what the lookup needs", async () => {
    const emulator = await emulate(twoRegions);
    emulator.injectFault({ kind: "accessDenied", operation: list });
    const error = await rejectionOf(lookUp(emulator, { regions: [us, eu] }, { tolerate: silent(4) }));
    expect(error.message).toMatch(
      /^Access denied by AWS Config: config:DescribeOrganizationConformancePacks, for all packs in us-east-1\.\n/,
    );
    expect(error.message).toContain("DescribeOrganizationConformancePacks (iam/all-packs.json).");
    expect(error.message).toContain("\nAlso in eu-west-1");
  });

  test("nor any other is no error under break glass, where all are silent", async () => {
    const emulator = await emulate(twoRegions);
    emulator.injectFault({ kind: "resetConnection", operation: list });
    const { packs, problems } = await lookUp(emulator, { regions: [us, eu] }, { tolerate: silent(4) });
    expect(packs).toEqual([]);
    expect(problems).toMatchObject([
      { code: "regionUnlisted", isOutage: true },
      { code: "regionUnlisted", isOutage: true },
    ]);
    expect((await rejectionOf(lookUp(emulator, { regions: [us, eu] }))).name).toBe("UnreachableError");
  });
});

test("a pack that can't be read has its error, and hides no other", async () => {
  const emulator = await emulate({ packs: [pack("a"), pack("b")] });
  emulator.injectFault({ kind: "accessDenied", operation: "GetOrganizationConformancePackDetailedStatus", times: 1 });
  expect(Object.values(outcomes(await lookUp(emulator))).sort()).toEqual([
    `AccessDeniedError in ${us}`,
    `PASSED in ${us}`,
  ]);
});

test("the caller's abort ends it", async () => {
  const emulator = await emulate({ packs: [pack("a")], latencyMs: 1_000 });
  const reason = new Error("No longer wanted.");
  const stop = new AbortController();
  setTimeout(() => {
    stop.abort(reason);
  }, 50);
  expect(await rejectionOf(lookUp(emulator, {}, { signal: stop.signal }))).toBe(reason);
});

import * as pulumi from "@pulumi/pulumi";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { mockPackStatus, type MockPackStatusArgs, mockPackStatusState } from "../../../emulator";
import {
  InvalidArgumentsError,
  OrganizationConformancePackStatus,
  type OrganizationConformancePackStatusArgs,
} from "../../../sdk/nodejs";
import { Other, setMocks, settle, valueOf } from "./mocks";

const root = join(__dirname, "../../..");

const mixed: MockPackStatusArgs = {
  name: "baseline",
  members: [
    { accountId: "333333333333", status: "UPDATE_IN_PROGRESS" },
    {
      accountId: "111111111111",
      status: "CREATE_FAILED",
      errorCode: "SomeException",
      errorMessage: "Account 111111111111 said no.",
      lastUpdateTime: "2026-01-02T03:04:05.678Z",
    },
    { accountId: "222222222222", conformancePackName: "Own name" },
    { accountId: "444444444444", status: "DELETE_SUCCESSFUL" },
  ],
  expectedAccounts: ["111111111111", "333333333333", "444444444444", "555555555555"],
};

describe("under mocks that answer with a mocked state", () => {
  test("every output is what the status says", async () => {
    await setMocks({ state: () => ({ ...mockPackStatusState(mixed) }) });
    const gate = new OrganizationConformancePackStatus("gate", { name: "baseline" });
    const expected = mockPackStatus(mixed);
    const outputs = Object.keys(expected) as (keyof typeof expected)[];
    expect(outputs.sort()).toEqual(
      [
        ...["name", "regions", "verdict", "reasons", "counts"],
        ...["members", "failed", "inProgress", "missing", "unexpected", "regionStatuses", "stuck"],
      ].sort(),
    );
    for (const output of outputs)
      expect([output, await valueOf<unknown>(gate[output])]).toEqual([output, expected[output]]);
    expect(expected.verdict).toBe("FAILED");
    expect(expected.unexpected).toHaveLength(1);
    expect(await valueOf(gate.id)).toBe("gate-id");
  });

  test("an exported gate shows its small outputs, not its rows, nor the lists of accounts in its arguments", async () => {
    await setMocks({ state: ({ inputs }) => ({ ...(inputs as object), ...mockPackStatusState(mixed) }) });
    const gate = new OrganizationConformancePackStatus("gate", {
      name: "baseline",
      expectedAccounts: ["111111111111"],
      tolerate: { accounts: [{ accountId: "111111111111", reason: "Legacy." }] },
      triggers: ["a template"],
    });
    await valueOf(gate.id);
    // Pulumi makes stack outputs of these, but for those that start with two underscores.
    expect(
      Object.keys(gate)
        .filter((key) => !key.startsWith("__"))
        .sort(),
    ).toEqual(
      [
        ...["id", "urn", "name", "regions", "verdict", "reasons", "counts"],
        ...["regionStatuses", "decision", "aggregate"],
      ].sort(),
    );
  });

  test("a healthy pack has empty lists, not absent ones", async () => {
    await setMocks({ state: () => ({ ...mockPackStatusState() }) });
    const gate = new OrganizationConformancePackStatus("gate", { name: "mocked" });
    for (const output of [gate.failed, gate.inProgress, gate.missing, gate.stuck, gate.unexpected, gate.reasons]) {
      expect(await valueOf<unknown>(output)).toEqual([]);
    }
  });

  test("regions, decision, stuck and unexpected rows are what the status says", async () => {
    const args: MockPackStatusArgs = {
      name: "baseline",
      regions: ["eu-west-1", "us-east-1"],
      members: [
        { accountId: "111111111111", region: "us-east-1", status: "CREATE_FAILED" },
        {
          accountId: "222222222222",
          region: "eu-west-1",
          status: "CREATE_IN_PROGRESS",
          lastUpdateTime: "2020-01-01T00:00:00.000Z",
        },
        { accountId: "333333333333", region: "eu-west-1", accountName: 'The "3rd"' },
      ],
      expectedAccounts: ["111111111111", "222222222222"],
      aggregates: { "us-east-1": { status: "CREATE_FAILED", errorCode: "X" } },
      stuckAfterMinutes: 30,
      tolerate: { accounts: [{ accountId: "111111111111", reason: "Legacy." }] },
    };
    await setMocks({ state: () => ({ ...mockPackStatusState(args) }) });
    const gate = new OrganizationConformancePackStatus("gate", { name: "baseline" });
    expect(await valueOf(gate.regionStatuses)).toMatchObject([
      { region: "eu-west-1", counts: { total: 2, inProgress: 1 } },
      { region: "us-east-1", counts: { total: 1, failed: 1 }, aggregate: { status: "CREATE_FAILED", errorCode: "X" } },
    ]);
    expect(await valueOf(gate.stuck)).toMatchObject([{ accountId: "222222222222", region: "eu-west-1" }]);
    expect(await valueOf(gate.unexpected)).toMatchObject([
      { accountId: "333333333333", accountName: 'The "3rd"', cause: "notListed" },
    ]);
    expect(await valueOf(gate.verdict)).toBe("FAILED");
    const decision = await valueOf(gate.decision);
    expect(decision).toMatchObject({
      verdict: "IN_PROGRESS",
      tolerated: [expect.stringContaining("Account 111111111111 is CREATE_FAILED in us-east-1") as string],
      warnings: [],
    });
    expect(decision.reasons.map(({ code }) => code)).not.toContain("membersFailed");
    expect(decision).toEqual({
      ...mockPackStatusState(args).decision,
    });
  });

  test("what is secret in the rows is secret in all that is made of them", async () => {
    await setMocks({
      state: () => {
        const state = mockPackStatusState(mixed);
        return { ...state, failedGroups: pulumi.secret(state.failedGroups) };
      },
    });
    const gate = new OrganizationConformancePackStatus("gate", { name: "baseline" });
    for (const output of [gate.failed, gate.members, gate.inProgress, gate.unexpected]) {
      const { isSecret, value } = await settle(output);
      expect(isSecret).toBe(true);
      expect(value.length).toBeGreaterThan(0);
    }
    expect((await settle(gate.counts)).isSecret).toBe(false);
  });

  test("a secret name stays secret", async () => {
    await setMocks();
    const gate = new OrganizationConformancePackStatus("gate", { name: pulumi.secret("baseline") });
    expect(await settle(gate.name)).toMatchObject({ value: "baseline", isSecret: true });
  });

  test("other resources may wait for it", async () => {
    const { resources } = await setMocks({ state: () => ({ ...mockPackStatusState() }) });
    const gate = new OrganizationConformancePackStatus("gate", { name: "mocked" });
    const other = new Other("other", { dependsOn: gate });
    expect(await valueOf(other.id)).toBe("other-id");
    expect(resources.map(({ name }) => name)).toEqual(["gate", "other"]);
  });
});

describe("under naive mocks, which answer with the inputs", () => {
  const outputs = [
    ...(["verdict", "counts", "members", "failed", "inProgress", "missing", "unexpected"] as const),
    ...(["regionStatuses", "decision", "stuck"] as const),
  ];

  test("nothing throws, and what is not set is undefined", async () => {
    await setMocks();
    const gate = new OrganizationConformancePackStatus("gate", { name: "baseline", regions: ["eu-west-1"] });
    expect(await valueOf(gate.name)).toBe("baseline");
    expect(await valueOf(gate.regions)).toEqual(["eu-west-1"]);
    for (const output of outputs) {
      expect([output, await valueOf<unknown>(gate[output])]).toEqual([output, undefined]);
    }
  });

  test("in a preview they are unknown, so that no code of a program runs on them", async () => {
    await setMocks({ preview: true });
    const gate = new OrganizationConformancePackStatus("gate", { name: "baseline" });
    for (const output of outputs)
      expect([output, (await settle<unknown>(gate[output])).isKnown]).toEqual([output, false]);
    expect(await valueOf(gate.name)).toBe("baseline");
  });
});

describe("what the engine is given", () => {
  const args = {
    name: "baseline",
    regions: ["us-east-1"],
    expectedAccounts: ["111111111111"],
    pageSize: 10,
    maxPages: 5,
    maxAttempts: 3,
    requestTimeoutSeconds: 5,
    timeoutSeconds: 60,
    failOn: "notPassed",
  } as const;

  test("are the arguments, as they are or as Outputs, the type and the provider", async () => {
    const { resources } = await setMocks({ state: () => ({ ...mockPackStatusState() }) });
    const gates = [
      new OrganizationConformancePackStatus("plain", args),
      new OrganizationConformancePackStatus("outputs", {
        name: pulumi.output("baseline"),
        regions: pulumi.output(["us-east-1"]),
        expectedAccounts: [pulumi.output("111111111111")],
        pageSize: Promise.resolve(10),
        maxPages: pulumi.output(5),
        maxAttempts: 3,
        requestTimeoutSeconds: 5,
        timeoutSeconds: pulumi.output(60),
        failOn: pulumi.output("notPassed" as const),
      }),
    ];
    for (const gate of gates) await valueOf(gate.id);
    const type = "pulumi-nodejs:dynamic/conformance:OrganizationConformancePackStatus";
    expect(resources.map((resource) => [resource.type, resource.custom])).toEqual([
      [type, true],
      [type, true],
    ]);
    const expected = { ...args, previewing: false, __provider: expect.any(String) as string };
    // What every lookup sets is not there before it.
    expect(resources.map(({ inputs }) => inputs as unknown)).toEqual([expected, expected]);
  });

  test("a gate's arguments may be Outputs at any depth, and the provider is told of a preview", async () => {
    const { resources } = await setMocks({ preview: true });
    const plain = {
      name: "baseline",
      assumeRole: { roleArn: "arn:aws:iam::222222222222:role/reader" },
      tolerate: { accounts: [{ accountId: "111111111111", reason: "Legacy." }] },
      waitForSettled: { timeoutSeconds: 60 },
    };
    const gates = [
      new OrganizationConformancePackStatus("without", plain),
      new OrganizationConformancePackStatus("with", {
        name: "baseline",
        assumeRole: { roleArn: pulumi.output("arn:aws:iam::222222222222:role/reader") },
        tolerate: pulumi.output({ accounts: [{ accountId: "111111111111", reason: pulumi.output("Legacy.") }] }),
        waitForSettled: { timeoutSeconds: Promise.resolve(60) },
        triggers: [pulumi.output("a template")],
      }),
    ];
    for (const gate of gates) await valueOf(gate.id);
    const given = { ...plain, previewing: true, __provider: expect.any(String) as string };
    expect(resources.map(({ inputs }) => inputs as unknown)).toEqual([given, { ...given, triggers: ["a template"] }]);
  });

  test("in the update, previewing is false", async () => {
    const { resources } = await setMocks();
    await valueOf(new OrganizationConformancePackStatus("gate", { name: "baseline", triggers: [1] }).id);
    expect(resources[0]?.inputs).toMatchObject({ triggers: [1], previewing: false });
  });

  test("no output can be set from outside", async () => {
    const { resources } = await setMocks();
    const forged = { name: "baseline", verdict: "PASSED", failedGroups: [], otherGroups: [], reasons: [] };
    const gate = new OrganizationConformancePackStatus("gate", forged);
    await valueOf(gate.id);
    expect(resources[0]?.inputs).toEqual({
      name: "baseline",
      previewing: false,
      __provider: expect.any(String) as string,
    });
  });

  test.each(["id", "import", "urn"])("opts.%s is refused: a read would gate nothing", async (option) => {
    const { resources } = await setMocks();
    const create = () => new OrganizationConformancePackStatus("gate", { name: "baseline" }, { [option]: "x" });
    expect(create).toThrow(InvalidArgumentsError);
    expect(create).toThrow(`opts.${option}: `);
    expect(resources).toEqual([]);
  });
});

describe("__provider", () => {
  async function providerOf(args: OrganizationConformancePackStatusArgs): Promise<string> {
    const { resources } = await setMocks();
    await valueOf(new OrganizationConformancePackStatus("gate", args).id);
    return (resources[0]?.inputs as { __provider: string }).__provider;
  }

  test("is one text, of less than 2 kB: every stack's state has it, and another would be a change there", async () => {
    const text = await providerOf({ name: "baseline" });
    // Whoever changes the text changes the state of every stack.
    expect(createHash("sha256").update(text).digest("hex")).toBe(
      "c3ac9b5926df342cd73a2c6a33a0d0f0d72cbbd6e48c3de877f73c2b34f62b48",
    );
    expect(Buffer.byteLength(text)).toBeLessThan(2_048);
    expect(await providerOf({ name: "other", regions: ["eu-west-1"], failOn: "failed" })).toBe(text);
  });

  describe.each<[what: string, files: Readonly<Record<string, string>>, says: string[]]>([
    [
      "that is not installed",
      {},
      ["pulumi-org-conformance is not installed in FOLDER,", "install it there", "pnpm: public-hoist-pattern"],
    ],
    [
      "with a broken dependency",
      { "index.js": 'require("@aws-sdk/client-that-is-not-there");' },
      ["pulumi-org-conformance in FOLDER can't be loaded", "Cannot find module '@aws-sdk/client-that-is-not-there'"],
    ],
    ["without the provider's file", { "package.json": '{ "exports": { "./provider": "./gone.js" } }' }, ["gone.js"]],
    ["that does not export it", { "package.json": '{ "exports": { ".": "./index.js" } }' }, ["'./provider' is not"]],
    ["without its class", { "index.js": "" }, ["is not a constructor"]],
    ["that throws no error", { "index.js": "throw null;" }, ["can't be loaded", "null"]],
  ])("where it finds a package %s", (_what, files, says) => {
    let folder: string;
    beforeAll(async () => {
      folder = await realpath(await mkdtemp(join(tmpdir(), "provider-text-")));
      const home = join(folder, "node_modules", "pulumi-org-conformance");
      const all = { "package.json": '{ "exports": { "./provider": "./index.js" } }', ...files };
      if (Object.keys(files).length > 0) await mkdir(home, { recursive: true });
      for (const [file, text] of Object.entries(Object.keys(files).length > 0 ? all : {}))
        await writeFile(join(home, file), text);
    });
    afterAll(() => rm(folder, { recursive: true }));

    test("deletes, and refuses all else in one sentence that says why", async () => {
      const script = `
        const { handler } = require(${JSON.stringify(require.resolve("require-from-string"))})(process.argv[1]);
        const provider = handler();
        const outcome = async (name) => {
          try { return [name, typeof await provider[name]()]; }
          catch (error) { return [name, { isError: error instanceof Error, message: error.message, stack: error.stack }]; }
        };
        Promise.all(["check", "diff", "create", "read", "update", "delete"].map(outcome))
          .then((all) => process.stdout.write(JSON.stringify(Object.fromEntries(all))));`;
      const text = await providerOf({ name: "baseline" });
      const { stdout } = await promisify(execFile)(process.execPath, ["-e", script, text], { cwd: folder });
      const { delete: deleted, ...others } = JSON.parse(stdout) as Record<string, { message: string }>;
      expect(deleted).toBe("undefined");
      expect(Object.keys(others)).toEqual(["check", "diff", "create", "read", "update"]);
      for (const refusal of Object.values(others)) {
        expect(refusal).toMatchObject({ isError: true, stack: "" });
        expect(refusal.message).not.toContain("\n");
        for (const words of says) expect(refusal.message).toContain(words.replace("FOLDER", folder));
      }
    });
  });

  test("gives the dynamic provider's process a provider, and loads it only when asked", async () => {
    const script = `
      const Module = require("node:module");
      const entry = ${JSON.stringify(join(root, "provider/index.ts"))};
      const resolve = Module._resolveFilename;
      Module._resolveFilename = (request, ...rest) =>
        request === "pulumi-org-conformance/provider" ? entry : resolve(request, ...rest);
      const { handler } = require("require-from-string")(${JSON.stringify(await providerOf({ name: "baseline" }))});
      const loadedBefore = entry in require.cache;
      const provider = handler();
      const methods = ["configure", "check", "diff", "create", "read", "update", "delete"];
      process.stdout.write(JSON.stringify({
        loadedBefore,
        name: provider.constructor.name,
        methods: methods.filter((name) => typeof provider[name] === "function"),
      }));`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--require", require.resolve("tsx/cjs"), "-e", script],
      { cwd: root },
    );
    expect(JSON.parse(stdout)).toEqual({
      loadedBefore: false,
      name: "PackStatusProvider",
      methods: ["configure", "check", "diff", "create", "read", "update", "delete"],
    });
  });
});

describe("without failOn", () => {
  const failed: MockPackStatusArgs = { members: [{ accountId: "111111111111", status: "CREATE_FAILED" }] };
  const excepted = { accounts: [{ accountId: "111111111111", reason: "Legacy." }] };
  type Args = Partial<OrganizationConformancePackStatusArgs>;

  test.each<[what: string, status: MockPackStatusArgs | undefined, args: Args, says: string | undefined]>([
    ["a failure is warned of", failed, {}, "FAILED: 1 of 1 account failed."],
    [
      "a pack in progress is warned of",
      mockOf("CREATE_IN_PROGRESS"),
      {},
      "IN_PROGRESS: 1 of 1 account is in progress.",
    ],
    [
      "an unknown status is warned of",
      mockOf("CREATE_PAUSED"),
      { failOn: undefined },
      "INCOMPLETE: 1 of 1 account has",
    ],
    ["a gate that does not wait warns", failed, { waitForSettled: false }, "FAILED: "],
    ["a pass is silent", {}, {}, undefined],
    ["what is tolerated is silent", { ...failed, tolerate: excepted }, { tolerate: excepted }, undefined],
    ["a gate that waits is silent", failed, { waitForSettled: pulumi.output({ pollSeconds: 1 }) }, undefined],
    ["an explicit never is silent", failed, { failOn: pulumi.output("never" as const) }, undefined],
    ["failOn that refuses is silent", failed, { failOn: "failed" }, undefined],
    ["a mock without a decision is silent", undefined, {}, undefined],
  ])("%s", async (_what, status, args, says) => {
    const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
    // The engine keeps the arguments beside the status.
    await setMocks({ state: ({ inputs }) => ({ ...(inputs as object), ...(status && mockPackStatusState(status)) }) });
    const gate = new OrganizationConformancePackStatus("gate", { name: pulumi.secret("a-secret"), ...args });
    await settle(gate.decision);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const calls = [...warn.mock.calls];
    warn.mockRestore();
    if (says === undefined) {
      expect(calls).toEqual([]);
      return;
    }
    expect(calls).toEqual([[expect.stringContaining(says), gate]]);
    const text = String(calls[0]?.[0]);
    for (const way of ['failOn to "failed" or "notPassed"', "--policy-pack", '"never"']) expect(text).toContain(way);
    expect(text).not.toContain("a-secret");
  });

  test.each<[decision: object, says: string]>([
    [{ verdict: "FAILED" }, "The pack is FAILED. This resource"],
    [{ verdict: "FAILED", reasons: [{}] }, "The pack is FAILED. This resource"],
    [
      { verdict: "INCOMPLETE", reasons: [{ code: "noSuchPack", region: "eu-west-1", message: "No a-secret." }] },
      "The pack is INCOMPLETE because eu-west-1 has no such pack. This resource",
    ],
    [
      { verdict: "INCOMPLETE", reasons: [{ code: "regionUnanswered", message: "No answer for a-secret." }] },
      "The pack is INCOMPLETE because a region did not answer. This resource",
    ],
  ])("the decision %j is warned of without the pack's name", async (decision, says) => {
    const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
    await setMocks({ state: ({ inputs }) => ({ ...(inputs as object), decision }) });
    const gate = new OrganizationConformancePackStatus("gate", { name: pulumi.secret("a-secret") });
    await settle(gate.decision);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const texts = warn.mock.calls.map(([text]) => text);
    warn.mockRestore();
    expect(texts).toEqual([expect.stringContaining(says)]);
    expect(texts.join()).not.toContain("a-secret");
  });

  test("a preview that knows no status yet is silent", async () => {
    const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
    await setMocks({ preview: true });
    const gate = new OrganizationConformancePackStatus("gate", { name: "baseline" });
    expect((await settle(gate.decision)).isKnown).toBe(false);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  function mockOf(status: string): MockPackStatusArgs {
    return { members: [{ accountId: "111111111111", status }] };
  }
});

test("isInstance knows its own, of any copy of the package, and nothing else", async () => {
  await setMocks();
  const gate = new OrganizationConformancePackStatus("gate", { name: "baseline" });
  let Copy: typeof OrganizationConformancePackStatus | undefined;
  jest.isolateModules(() => {
    ({ OrganizationConformancePackStatus: Copy } =
      jest.requireActual<typeof import("../../../sdk/nodejs")>("../../../sdk/nodejs"));
  });
  expect(Copy).not.toBe(OrganizationConformancePackStatus);
  expect(gate).not.toBeInstanceOf(Copy);
  expect(Copy?.isInstance(gate)).toBe(true);
  expect(OrganizationConformancePackStatus.isInstance(gate)).toBe(true);
  const type = (gate as unknown as { __pulumiType: string }).__pulumiType;
  for (const other of [new Other("other"), undefined, null, "gate", {}, { __pulumiType: type }]) {
    expect(OrganizationConformancePackStatus.isInstance(other)).toBe(false);
  }
});

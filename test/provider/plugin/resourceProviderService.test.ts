import { Server, ServerCredentials, type ServiceError, status as grpcStatus } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import {
  CallRequest,
  CheckRequest,
  ConstructRequest,
  DiffRequest,
  GetSchemaRequest,
  ProviderHandshakeRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { EmulatedMember, EmulatorOptions } from "../../../emulator";
import { EngineLog } from "../../../provider/plugin/engineLog";
import { fromStruct, toStruct } from "../../../provider/plugin/properties";
import { decodeState, type GateState } from "../../../provider/gateState";
import { readStatusFolder } from "../../../core/statusFile/readStatusFolder";
import { statusFolderVariable } from "../../../core/statusFile/saveLookup";
import { version } from "../../../core/text/version";
import "../../core/aws/awsEnvironment";
import { emulate, rejectionOf } from "../../core/aws/emulate";
import { atTheEnd } from "../../builders/cleanUp";
import { account } from "../../builders/members";
import { answerOf, type Properties, savedOf, serve, settingsOf, urn } from "./served";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const time = new Date("2026-01-01T00:00:00Z");
const [none, some] = [1, 2];

function member(number: number, others: Partial<EmulatedMember> = {}): EmulatedMember {
  return { accountId: account(number), status: "CREATE_SUCCESSFUL", lastUpdateTime: time, ...others };
}

const failure = member(2, { status: "CREATE_FAILED", errorCode: "X", errorMessage: "why" });
const inProgress = member(2, { status: "CREATE_IN_PROGRESS" });

async function started(members: readonly EmulatedMember[], options: EmulatorOptions = {}, log?: EngineLog) {
  const emulator = await emulate({ packs: [{ name: "baseline", members }], ...options });
  const plugin = await serve(log);
  await plugin.configure(settingsOf(emulator));
  return { emulator, ...plugin };
}

type Plugin = Awaited<ReturnType<typeof started>>;

/** What a check makes of good arguments. */
async function checked({ check }: Plugin, news: Properties = {}, olds: Properties = {}): Promise<Properties> {
  const { failures, inputs } = await check({ name: "baseline", ...news }, olds);
  expect(failures).toEqual([]);
  return inputs;
}

describe("the provider", () => {
  test("takes no secrets, so that the engine marks them again, and knows previews", async () => {
    const { client, configure } = await serve();
    const handshake = await answerOf(client, "handshake", new ProviderHandshakeRequest());
    expect(handshake.toObject()).toMatchObject({ acceptSecrets: false, acceptOutputs: false, acceptResources: false });
    expect(await configure({})).toMatchObject({ acceptsecrets: false, acceptoutputs: false, supportspreview: true });
  });

  test("says its version and its schema", async () => {
    const { client } = await serve();
    const info = await answerOf(client, "getPluginInfo", new Empty());
    expect(info.getVersion()).toBe(version);
    const schema = await answerOf(client, "getSchema", new GetSchemaRequest());
    expect(schema.getSchema()).toBe("{}");
  });

  test("says what it does not have", async () => {
    const { client } = await serve();
    const errors = [
      await rejectionOf(answerOf(client, "construct", new ConstructRequest())),
      await rejectionOf(answerOf(client, "call", new CallRequest())),
    ] as ServiceError[];
    expect(errors).toMatchObject([
      { code: grpcStatus.UNIMPLEMENTED, details: "The org-conformance provider has no components." },
      { code: grpcStatus.UNIMPLEMENTED, details: "The org-conformance provider has no methods." },
    ]);
  });

  test("has no other resource and no other function", async () => {
    const { client, invoke } = await started([]);
    const request = new CheckRequest().setUrn(urn.replace("OrganizationConformancePackStatus", "Other"));
    const error = await rejectionOf(answerOf(client, "check", request));
    expect(error).toMatchObject({
      code: grpcStatus.NOT_FOUND,
      details: expect.stringMatching(/^There is no resource org-conformance:index:Other\./) as string,
    });
    expect(await rejectionOf(invoke({}, "org-conformance:index:other"))).toMatchObject({
      code: grpcStatus.NOT_FOUND,
      details: expect.stringMatching(/^There is no function/) as string,
    });
  });

  test.each<[settings: Record<string, unknown>, property: string, says: string]>([
    [{ region: "Ireland" }, "org-conformance:region", '"Ireland" is not a region'],
    [{ reigon: "eu-west-1" }, "org-conformance:reigon", 'Did you mean "region"?'],
    [
      { accessKey: "AKIA" },
      "org-conformance:secretKey",
      "org-conformance:accessKey and org-conformance:secretKey go together",
    ],
    [{ insecure: "true" }, "org-conformance:insecure", "set org-conformance:customCaBundle or AWS_CA_BUNDLE"],
    [{ assumeRoles: [{ roleArn: "x" }] }, "org-conformance:assumeRoles[0].roleArn", "is not"],
  ])("refuses the settings %j", async (settings, property, says) => {
    const { client } = await serve();
    const request = new CheckRequest().setNews(toStruct({ version: "0.1.0", ...settings }));
    const response = await answerOf(client, "checkConfig", request);
    expect(response.toObject().failuresList).toMatchObject([
      { property, reason: expect.stringContaining(says) as string },
    ]);
  });

  test.each<[provider: string, project: string, isRefused: boolean]>([
    ["default_0_1_0", "org-conformance", false],
    ["default", "org-conformance", false],
    // What a program gives to a provider of its own is no setting of the project.
    ["audit", "org-conformance", true],
    ["default_0_1_0", "platform", true],
  ])("of the name %s takes a setting that it does not have in the project %s: %p", async (name, project, isRefused) => {
    const engine = await logging();
    const { client } = await serve(engine.log);
    const providerUrn = `urn:pulumi:test::${project}::pulumi:providers:org-conformance::${name}`;
    const settings = { region: "us-east-1", replicas: "3", reigon: "x" };
    const news = toStruct(settings);
    const response = await answerOf(client, "checkConfig", new CheckRequest().setUrn(providerUrn).setNews(news));
    const refused = response
      .toObject()
      .failuresList.map(({ property }) => property)
      .sort();
    expect(refused).toEqual(isRefused ? ["org-conformance:reigon", "org-conformance:replicas"] : []);
    if (!isRefused) await engine.line(/^org-conformance:reigon: .*Did you mean "region"\?$/);
    expect(JSON.stringify(engine.lines)).not.toContain("replicas");

    // What is configured is what was checked.
    const { configure, invoke } = await serve();
    await configure(settings, providerUrn);
    const { failures } = await invoke({ name: "1" });
    expect(failures.map(({ property }) => property).sort()).toEqual(["name", ...refused]);
  });

  test("takes settings that are secret, unknown or structured, and gives them back as they came", async () => {
    const { client } = await serve();
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "AKIA" };
    const news = toStruct({
      accessKey: secret,
      secretKey: unknown,
      endpoints: [{ sts: "http://127.0.0.1" }],
    });
    const response = await answerOf(client, "checkConfig", new CheckRequest().setNews(news));
    expect(response.toObject().failuresList).toEqual([]);
    expect(response.getInputs()?.toJavaScript()).toEqual(news.toJavaScript());
  });

  test("takes a list of which only a part is unknown, as some languages send it", async () => {
    const { client } = await serve();
    const news = toStruct({ region: "us-east-1", allowedAccountIds: [account(1), unknown] });
    const response = await answerOf(client, "checkConfig", new CheckRequest().setNews(news));
    expect(response.toObject().failuresList).toEqual([]);
  });

  test("is not replaced for other settings", async () => {
    const { client } = await serve();
    const request = new DiffRequest().setOlds(toStruct({ region: "a" })).setNews(toStruct({ region: "b" }));
    const response = await answerOf(client, "diffConfig", request);
    expect(response.getReplacesList()).toEqual([]);
    expect(response.getChanges()).toBe(some);
  });
});

describe("check", () => {
  test("looks up, and adds the status to the arguments", async () => {
    const plugin = await started([member(1), failure]);
    const inputs = await checked(plugin, { pageSize: 1, tolerate: null });
    expect(inputs).toMatchObject({ name: "baseline", regions: ["us-east-1"], verdict: "FAILED", pageSize: 1 });
    expect(inputs).not.toHaveProperty("tolerate");
    expect(decodeState(inputs as unknown as GateState)).toMatchObject({
      failed: [{ accountId: account(2), errorCode: "X", errorMessage: "why" }],
    });
  });

  test.each<[news: Properties, property: string, says: string]>([
    [{ name: null }, "name", "It is required"],
    [{ accountIds: [account(1), "2"] }, "accountIds[1]", '"2" is not an account id'],
    [{ statuses: ["CREATE_FAILD"] }, "statuses[0]", 'Did you mean "CREATE_FAILED"?'],
    [{ region: "us-east-1" }, "region", 'Did you mean "regions"?'],
    [{ name: "unknown-pack" }, "name", 'named "unknown-pack" in us-east-1.'],
    [{ failOn: "failed" }, "failOn", "1 of 2 accounts failed."],
  ])("refuses %j", async (news, property, says) => {
    const plugin = await started([member(1), failure]);
    const { failures } = await plugin.check({ name: "baseline", ...news });
    expect(failures).toMatchObject([{ property, reason: expect.stringContaining(says) as string }]);
  });

  test("says of a refusal of AWS what to do, in the names of the plugin's settings", async () => {
    const plugin = await started([member(1)]);
    plugin.emulator.injectFault({ kind: "expiredToken" });
    const { failures, inputs } = await plugin.check({ name: "baseline" });
    expect(failures).toMatchObject([
      { property: "name", reason: expect.stringContaining("org-conformance:accessKey") as string },
    ]);
    expect(failures[0]?.reason).not.toMatch(/(?<!\w)aws:|canary/i);
    expect(inputs).toMatchObject({ lookupFailed: true });
  });

  test.each<[what: string, news: Properties]>([
    ["the name", { name: unknown }],
    ["one of the regions", { regions: ["us-east-1", unknown] }],
    ["a trigger", { triggers: [unknown] }],
  ])("while %s is unknown, nothing is looked up", async (_what, news) => {
    const plugin = await started([member(1)]);
    expect(await checked(plugin, news)).toStrictEqual({ name: "baseline", ...news });
    expect(plugin.emulator.requests).toEqual([]);
  });

  test("while a setting is unknown, nothing is looked up", async () => {
    const plugin = await started([member(1)]);
    await plugin.configure({ ...settingsOf(plugin.emulator), profile: unknown });
    expect(await checked(plugin)).toStrictEqual({ name: "baseline" });
    expect(plugin.emulator.requests).toEqual([]);
  });
});

describe("triggers", () => {
  const refusing = { triggers: ["new template"], failOn: "failed" };
  const before = { triggers: "digest of the old template" };

  test("that have changed leave the status unjudged and mark it, and a preview's outputs are unknown", async () => {
    const plugin = await started([member(1), failure]);
    const inputs = await checked(plugin, refusing, before);
    expect(inputs).toMatchObject({ verdict: "FAILED", triggersChanged: true });
    for (const outputs of [(await plugin.create(inputs, true)).properties, await plugin.update({}, inputs, true)]) {
      expect(outputs).toMatchObject({ name: "baseline", verdict: unknown, failedGroups: unknown, decision: unknown });
      expect(outputs).not.toHaveProperty("triggersChanged");
    }
  });

  test("that have changed are judged in the update, which saves what it refuses", async () => {
    const plugin = await started([member(1), failure]);
    const inputs = await checked(plugin, refusing, before);
    const error = await rejectionOf(plugin.update({}, inputs));
    expect(error.message).toContain("1 of 2 accounts failed.");
    const saved = savedOf(error);
    expect(saved).toMatchObject({ id: "saved-id", properties: { verdict: "FAILED" } });
    expect(saved.properties).not.toHaveProperty("triggersChanged");
  });

  test("that have changed forgive that there is no pack until the update, which looks again", async () => {
    const plugin = await started([member(1)]);
    const inputs = await checked(plugin, { ...refusing, name: "late-pack" }, before);
    expect(inputs).toMatchObject({ verdict: "INCOMPLETE", triggersChanged: true });
    const error = await rejectionOf(plugin.update({}, inputs));
    expect(error.message).toContain('No organization conformance pack named "late-pack" in us-east-1');
  });

  test.each<[what: string, before: Properties, now: Properties]>([
    ["there are from the start", {}, refusing],
    ["are the same", refusing, refusing],
    // Nothing says that the pack is put.
    ["are gone", refusing, { failOn: "failed" }],
  ])("that %s are judged in the check", async (_what, before, now) => {
    const plugin = await started([member(1), failure]);
    const { inputs: olds } = await plugin.check({ name: "baseline", ...before });
    const { failures, inputs } = await plugin.check({ name: "baseline", ...now }, olds);
    expect(failures).toMatchObject([{ property: "failOn" }]);
    expect(inputs).not.toHaveProperty("triggersChanged");
  });

  test("can't be marked as changed by a program", async () => {
    const plugin = await started([member(1), failure]);
    const { failures, inputs } = await plugin.check({ name: "baseline", failOn: "failed", triggersChanged: true });
    expect(failures).toMatchObject([{ property: "failOn" }]);
    expect(inputs).not.toHaveProperty("triggersChanged");
  });
});

describe("diff", () => {
  async function diffAfter(after: readonly EmulatedMember[], olds: Properties = {}, news: Properties = {}) {
    const plugin = await started([member(1), member(2)]);
    const before = await checked(plugin);
    plugin.emulator.setMembers("baseline", after);
    return plugin.diff({ ...before, ...olds }, await checked(plugin, news));
  }
  const later = new Date("2026-02-02T00:00:00Z");

  test("sees no change in times alone", async () => {
    const diff = await diffAfter([member(1), member(2, { lastUpdateTime: later })], { packageVersion: "0.0.1" });
    expect(diff).toEqual({ changes: none, replaces: [], detailed: {} });
  });

  test("shows the failures, and no healthy account", async () => {
    const { changes, detailed } = await diffAfter([member(1), failure]);
    expect(changes).toBe(some);
    expect(detailed).toMatchObject({ verdict: "UPDATE", failedGroups: "UPDATE", counts: "UPDATE" });
    for (const hidden of ["packedMembers", "lookedUpAt", "packageVersion"]) expect(detailed).not.toHaveProperty(hidden);
  });

  test("sees a change of healthy accounts too, and shows none", async () => {
    expect(await diffAfter([member(1), member(3)])).toEqual({ changes: some, replaces: [], detailed: {} });
  });

  test("replaces for another region, and shows an argument that came and one that went", async () => {
    const { replaces, detailed } = await diffAfter(
      [member(1), member(2)],
      { regions: ["eu-west-1"], pageSize: 5 },
      { maxPages: 7 },
    );
    expect(replaces).toEqual(["regions"]);
    expect(detailed).toMatchObject({ regions: "UPDATE_REPLACE", pageSize: "DELETE", maxPages: "ADD" });
  });

  test("takes outputs of another form, and those of the dynamic resource, for a change", async () => {
    const members = [member(1), member(2)];
    expect(await diffAfter(members, { formatVersion: 0 })).toMatchObject({ changes: some });
    const dynamic = await diffAfter(members, { __provider: "text" });
    expect(dynamic).toEqual({ changes: some, replaces: [], detailed: {} });
  });

  test("shows only what is known while the status is not", async () => {
    const plugin = await started([member(1)]);
    const before = await checked(plugin);
    const diff = await plugin.diff(before, { name: unknown, pageSize: 5 });
    expect(diff).toEqual({ changes: some, replaces: ["name"], detailed: { name: "UPDATE_REPLACE", pageSize: "ADD" } });
  });
});

describe("create and update", () => {
  test("take the status of the check, and wait in no preview", async () => {
    const plugin = await started([member(1), inProgress]);
    const inputs = await checked(plugin, { waitForSettled: true });
    const requests = plugin.emulator.requests.length;
    expect((await plugin.create(inputs, true)).properties).toEqual(inputs);
    expect(plugin.emulator.requests).toHaveLength(requests);
    const settled = await checked(plugin);
    expect(await plugin.create(settled)).toEqual({ id: "baseline@us-east-1", properties: settled });
    expect(await plugin.update({}, settled)).toEqual(settled);
  });

  test("know no outputs in a preview that could not look up", async () => {
    const plugin = await started([member(1)]);
    const { properties } = await plugin.create({ name: unknown }, true);
    expect(properties).toMatchObject({ name: unknown, verdict: unknown, regions: unknown });
  });

  test("refuse what was not looked up", async () => {
    const plugin = await started([member(1)]);
    expect((await rejectionOf(plugin.create({ name: "baseline" }))).message).toContain("was not looked up");
  });

  describe("warn of a failure", () => {
    const warning = /^The pack is FAILED: 1 of 2 accounts failed\. This resource does not refuse it by itself/;
    /** The lines so far: they arrive in the order in which they were sent. */
    const linesOf = async ({ line, lines, log }: Awaited<ReturnType<typeof logging>>) => {
      log.show(urn, "info", "that was all");
      await line(/^that was all$/);
      return lines.slice(0, -1);
    };

    test.each([
      ["that nothing refuses, in the row of the resource", {}, 0, [warning]],
      ["not if the program accepts it", { failOn: "never" }, 0, []],
      ["not if they refuse it", { failOn: "notPassed" }, 1, []],
    ] as const)("%s", async (_what, args, refusals, warnings) => {
      const engine = await logging();
      const plugin = await started([member(1), failure], {}, engine.log);
      const { failures, inputs } = await plugin.check({ name: "baseline", ...args });
      expect([failures.length, inputs.verdict]).toEqual([refusals, "FAILED"]);
      expect(await linesOf(engine)).toEqual(
        warnings.map((text) => ({ urn, text: expect.stringMatching(text) as string })),
      );
    });

    test("of a pack that the update puts first, after the put", async () => {
      const engine = await logging();
      const plugin = await started([member(1), failure], {}, engine.log);
      const inputs = await checked(plugin, { triggers: "2" }, { name: "baseline", triggers: "1" });
      expect(await linesOf(engine)).toEqual([]);
      await plugin.update({}, inputs);
      await engine.line(warning);
    });
  });

  test.each<[limit: string, wait: object, customTimeout: number, seconds: string]>([
    ["customTimeouts", { pollSeconds: 0.05 }, 0.2, "0.2 seconds"],
    ["their own timeoutSeconds, before customTimeouts,", { pollSeconds: 0.05, timeoutSeconds: 0.3 }, 60, "0.3 seconds"],
  ])("wait no longer than %s allow", async (_limit, waitForSettled, customTimeout, seconds) => {
    const plugin = await started([member(1), inProgress]);
    const inputs = await checked(plugin, { waitForSettled });
    for (const run of [
      () => plugin.create(inputs, false, customTimeout),
      () => plugin.update({}, inputs, false, customTimeout),
    ]) {
      expect((await rejectionOf(run())).message).toContain(`has not settled within ${seconds}.`);
    }
  });

  test("wait under customTimeouts of a year", async () => {
    const plugin = await started([member(1), inProgress]);
    const inputs = await checked(plugin, { waitForSettled: { pollSeconds: 0.05 } });
    plugin.emulator.setMembers("baseline", [member(1), member(2)]);
    expect((await plugin.create(inputs, false, 365 * 86_400)).properties).toMatchObject({ verdict: "PASSED" });
  });

  test("wait, log each change in the row of the resource, and save what they refuse", async () => {
    const engine = await logging();
    const plugin = await started([member(1), inProgress, member(3, { status: "CREATE_IN_PROGRESS" })], {}, engine.log);
    const wait = { waitForSettled: { pollSeconds: 0.05, timeoutSeconds: 60 } };
    const inputs = await checked(plugin, wait);
    const update = rejectionOf(plugin.update({}, inputs));
    await engine.line(/1 of 3 accounts done/);
    plugin.emulator.setMembers("baseline", [member(1), failure, member(3)]);
    const error = await update;
    expect(error.message).toContain("1 of 3 accounts failed.");
    expect(savedOf(error)).toMatchObject({
      id: "saved-id",
      properties: { verdict: "FAILED", counts: { failed: 1, inProgress: 0 } },
      reasons: [expect.stringContaining("1 of 3 accounts failed.")],
    });
    expect(engine.lines.every(({ urn: of }) => of === urn)).toBe(true);
    expect(engine.lines.at(-1)?.text).toContain("3 of 3 accounts done, 1 failed");
  });
});

describe("Cancel", () => {
  test("ends a wait within two seconds, with what is known saved, and later calls go on", async () => {
    const plugin = await started([member(1), inProgress]);
    const inputs = await checked(plugin, { waitForSettled: { pollSeconds: 30, timeoutSeconds: 60 } });
    const update = rejectionOf(plugin.update({}, inputs));
    await delay(300);
    const begin = performance.now();
    await answerOf(plugin.client, "cancel", new Empty());
    const error = await update;
    expect(performance.now() - begin).toBeLessThan(2_000);
    expect(error.message).toContain("The wait was cancelled before the pack had settled.");
    expect(savedOf(error).properties).toMatchObject({ counts: { inProgress: 1 } });
    expect(await checked(plugin)).toMatchObject({ verdict: "IN_PROGRESS" });
  });

  test("ends a lookup, which is no check failure", async () => {
    const plugin = await started([member(1)], { latencyMs: 5_000 });
    const check = rejectionOf(plugin.check({ name: "baseline" }));
    await delay(300);
    await answerOf(plugin.client, "cancel", new Empty());
    expect(await check).toMatchObject({
      code: grpcStatus.CANCELLED,
      details: expect.stringContaining("was cancelled") as string,
    });
  });
});

describe("read", () => {
  test("looks up again for a refresh", async () => {
    const plugin = await started([member(1)]);
    const inputs = await checked(plugin);
    plugin.emulator.setMembers("baseline", [member(1), failure]);
    const { id, properties } = await plugin.read({ ...inputs, __provider: "text" });
    expect(id).toBe("baseline@us-east-1");
    expect(properties).toMatchObject({ verdict: "FAILED", counts: { total: 2 } });
    expect(properties).not.toHaveProperty("__provider");
  });

  test.each<[what: string, of: (inputs: Properties) => [state: Properties, inputs: Properties]]>([
    ["an import, which has nothing", () => [{}, {}]],
    ["a get with a name", () => [{ name: "baseline" }, {}]],
    ["a get with a whole state, which no run looked up", (inputs) => [inputs, {}]],
  ])("refuses %s", async (_what, of) => {
    const plugin = await started([member(1)]);
    const error = await rejectionOf(plugin.read(...of(await checked(plugin))));
    expect(error.message).toContain("This resource would be read, not managed: no policy would see it");
  });
});

describe("invoke", () => {
  test("gives every row, plain", async () => {
    const { invoke } = await started([member(1), failure]);
    const { failures, result } = await invoke({ name: "baseline", regions: null });
    expect(failures).toEqual([]);
    expect(result).toMatchObject({
      name: "baseline",
      regions: ["us-east-1"],
      verdict: "FAILED",
      members: [{ accountId: account(1) }, { accountId: account(2), errorMessage: "why" }],
      failed: [{ accountId: account(2) }],
      inProgress: [],
      stuck: [],
      missing: [],
      unexpected: [],
      counts: { total: 2 },
    });
  });

  test("reports mistakes as failures, and a refusal of AWS as an error without a stack", async () => {
    const { emulator, invoke } = await started([member(1)]);
    expect((await invoke({ nmae: "baseline" })).failures.map(({ property }) => property)).toEqual(["name", "nmae"]);
    emulator.injectFault({ kind: "expiredToken" });
    const error = (await rejectionOf(invoke({ name: "baseline" }))) as ServiceError;
    expect(error.details).toContain("AWS Config says that the credentials have expired");
    expect(error.details).not.toMatch(/^\s+at /m);
  });
});

describe("status files", () => {
  /** The exit codes in the folder for status files, by the kind of run in the files' names. */
  async function exitCodes(
    folder: string,
  ): Promise<readonly (readonly [kind: string | undefined, exitCode: number])[]> {
    const names = (await readdir(folder)).sort();
    return Promise.all(
      names.map(async (name) => {
        const { exitCode } = JSON.parse(await readFile(join(folder, name), "utf8")) as { exitCode: number };
        return [name.split(".").at(2), exitCode] as const;
      }),
    );
  }

  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "plugin-status-"));
    process.env[statusFolderVariable] = folder;
  });
  afterEach(async () => {
    Reflect.deleteProperty(process.env, statusFolderVariable);
    await rm(folder, { recursive: true });
  });

  test("of a check don't pass what the update waits for; those of a preview do", async () => {
    const plugin = await started([member(1), failure, { ...inProgress, accountId: account(3) }]);
    const inputs = await checked(plugin, { waitForSettled: true });
    expect(await exitCodes(folder)).toEqual([["update", 10]]);
    await plugin.create(inputs, true);
    expect(await exitCodes(folder)).toEqual([["preview", 0]]);
    await checked(plugin, { waitForSettled: true });
    expect(await readStatusFolder(folder)).toMatchObject([{ exitCode: 10 }]);
  });

  test("of a check don't pass what the update puts first; those of a preview do", async () => {
    const plugin = await started([failure]);
    const olds = { triggers: "of the template before" };
    const inputs = await checked(plugin, { triggers: ["template"] }, olds);
    expect(await exitCodes(folder)).toEqual([["update", 10]]);
    await plugin.update(olds, inputs, true);
    expect(await exitCodes(folder)).toEqual([["preview", 0]]);
  });

  test("of a preview in which nothing is left to the update are those of the check", async () => {
    const plugin = await started([failure]);
    await plugin.create(await checked(plugin, { waitForSettled: true, failOn: "never" }), true);
    expect(await exitCodes(folder)).toEqual([["update", 10]]);
  });

  test("of three providers for one pack are three", async () => {
    await checked(await started([member(1)]));
    await checked(await started([failure]));
    await checked(await started([member(1)]));
    expect((await exitCodes(folder)).map(([, code]) => code).sort()).toEqual([0, 0, 10]);
  });
});

/** An engine that only logs. */
async function logging() {
  const lines: { readonly urn: string; readonly text: string }[] = [];
  const server = new Server();
  server.addService(EngineService, {
    log: ({ request }: { request: LogRequest }, callback: (error: null, response: Empty) => void) => {
      // Progress is not shown again at the end of the run; a warning is.
      expect(request.getEphemeral()).toBe(request.getSeverity() === LogSeverity.INFO);
      lines.push({ urn: request.getUrn(), text: request.getMessage() });
      callback(null, new Empty());
    },
  });
  const port = await new Promise<number>((resolve) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (_error, bound) => {
      resolve(bound);
    });
  });
  const log = new EngineLog();
  log.connectTo(`127.0.0.1:${String(port)}`);
  atTheEnd(() => {
    log.close();
    server.forceShutdown();
  });
  const line = async (pattern: RegExp): Promise<void> => {
    while (!lines.some(({ text }) => pattern.test(text))) await delay(20);
  };
  return { log, lines, line };
}

test("marks of secrets and outputs are taken off, at any depth", () => {
  const mark = "4dabf18193072939515e22adb298388d";
  const secret = (value: unknown) => ({ [mark]: "1b47061264138c4ac30d75fd1eb44270", value });
  const output = (value: unknown) => ({ [mark]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", value, dependencies: [] });
  const struct = toStruct({ a: secret("x"), b: [output({ c: secret(1) })], d: null });
  expect(fromStruct(struct)).toStrictEqual({ a: "x", b: [{ c: 1 }] });
});

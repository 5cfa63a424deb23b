import * as pulumi from "@pulumi/pulumi";
import { emulate } from "../../builders/emulator";
import {
  getOrganizationConformancePackStatus,
  getOrganizationConformancePackStatusOutput,
  InvalidArgumentsError,
  NoSuchOrganizationConformancePackError,
  streamOrganizationConformancePackMemberStatuses,
} from "../../../sdk/nodejs";
import { valueOf } from "./mocks";

// No mocks here: the lookup is a real one, at the emulator.

const secretKey = "the-secret-of-the-stack";

/** A program's stack configuration that reaches nothing but the emulator. */
async function configure(others: Record<string, string> = {}) {
  const emulator = await emulate({
    packs: [
      { name: "baseline", members: 120, failing: 2 },
      { name: "baseline", region: "eu-west-1", members: 3 },
    ],
  });
  const endpoints = JSON.stringify([
    { configservice: emulator.endpoint, organizations: emulator.endpoint, sts: emulator.endpoint },
  ]);
  pulumi.runtime.setAllConfig({
    "aws:region": "us-east-1",
    "aws:accessKey": "AKIAOFTHESTACK",
    "aws:secretKey": secretKey,
    "aws:endpoints": endpoints,
    ...others,
  });
  return emulator;
}

afterEach(() => {
  pulumi.runtime.setAllConfig({});
});

test("a lookup uses the stack's aws:* settings", async () => {
  const emulator = await configure({ "aws:region": "eu-west-1" });
  const status = await getOrganizationConformancePackStatus({ name: "baseline" });
  expect(status).toMatchObject({ name: "baseline", regions: ["eu-west-1"], verdict: "PASSED", counts: { total: 3 } });
  // The rows and the aggregate.
  expect(emulator.requests.map(({ region }) => region)).toEqual(["eu-west-1", "eu-west-1"]);
});

test("the roles of aws:assumeRoles are assumed", async () => {
  const emulator = await configure({
    "aws:assumeRoles": JSON.stringify([{ roleArn: "arn:aws:iam::222222222222:role/reader", sessionName: "gate" }]),
  });
  await getOrganizationConformancePackStatus({ name: "baseline" });
  expect(emulator.requests.at(-1)).toMatchObject({
    principal: "arn:aws:sts::222222222222:assumed-role/reader/gate",
  });
});

test("the Output form and the stream look up the same", async () => {
  await configure();
  const status = await getOrganizationConformancePackStatus({ name: "baseline" });
  expect(status).toMatchObject({ verdict: "FAILED", counts: { total: 120, failed: 2 } });
  expect(await valueOf(getOrganizationConformancePackStatusOutput({ name: pulumi.output("baseline") }))).toEqual(
    status,
  );

  const rows = [];
  for await (const row of streamOrganizationConformancePackMemberStatuses({ name: "baseline" })) rows.push(row);
  expect(rows).toEqual(status.members);
});

test("a signal stops the lookup with its own reason", async () => {
  const emulator = await configure();
  emulator.injectFault({ kind: "slowResponse" });
  const reason = new Error("The program ends.");
  const controller = new AbortController();
  const lookup = expect(
    getOrganizationConformancePackStatus({ name: "baseline" }, { signal: controller.signal }),
  ).rejects.toBe(reason);
  while (emulator.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  controller.abort(reason);
  await lookup;
});

describe("an error", () => {
  const cases: [string, Record<string, string>, Record<string, unknown>, unknown, string][] = [
    ["of AWS", {}, { name: "other" }, NoSuchOrganizationConformancePackError, 'named "other"'],
    ["in the arguments", {}, { name: "9" }, InvalidArgumentsError, 'name: "9"'],
    ["of no arguments", {}, {}, InvalidArgumentsError, "name: "],
    ["in a key", {}, { name: "baseline", region: "x" }, InvalidArgumentsError, 'Did you mean "regions"?'],
    [
      "in the settings",
      { "aws:maxRetries": "many" },
      { name: "baseline" },
      InvalidArgumentsError,
      'aws:maxRetries: "many"',
    ],
    [
      "of half a key pair",
      { "aws:accessKey": "" },
      { name: "baseline" },
      InvalidArgumentsError,
      "aws:accessKey and aws:secretKey go together",
    ],
  ];

  test.each(cases)("%s is typed, shown without its stack, and shows no secret", async (_, config, args, type, says) => {
    await configure(config);
    const thrown: unknown = await getOrganizationConformancePackStatus(args as { name: string }).catch(
      (error: unknown) => error,
    );
    expect(thrown).toBeInstanceOf(type);
    expect(pulumi.RunError.isInstance(thrown)).toBe(true);
    const { message } = thrown as Error;
    expect(message).toContain(says);
    expect(message).toContain("\nNext: ");
    expect(message).not.toContain(secretKey);
    await expect(
      streamOrganizationConformancePackMemberStatuses(args as { name: string }).next(),
    ).rejects.toBeInstanceOf(type);
  });

  test("of any other kind keeps its stack", () => {
    expect(pulumi.RunError.isInstance(new Error("other"))).toBe(false);
  });
});

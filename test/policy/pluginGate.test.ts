import * as pulumi from "@pulumi/pulumi";
import { createPolicies } from "../../policy/policies";
import { newUrn, pluginType, stackViolationsOf, unknown, UnknownValueError, violationsOf } from "./evaluate";
import { noRecorder, rows, stateOf } from "./stateOf";

const failing = [...rows(9), ...rows(1, noRecorder, 10)];

/** The policies of a new run, as the engine asks them in a preview or in an update. */
function inRun(isPreview: boolean) {
  jest.spyOn(pulumi.runtime, "isDryRun").mockReturnValue(isPreview);
  return createPolicies();
}

afterEach(() => {
  jest.restoreAllMocks();
});

test("every policy over gates judges a gate of the plugin as one of the dynamic provider", async () => {
  const run = inRun(false);
  const gate = { type: pluginType, urn: newUrn(), props: stateOf(failing) };
  for (const policy of [run.memberFailed, run.incomplete]) {
    expect((await violationsOf(policy, gate)).length).toBe(policy === run.memberFailed ? 1 : 0);
  }
  expect(await violationsOf(inRun(false).incomplete, { ...gate, props: stateOf([]) })).toHaveLength(1);
  expect(
    await violationsOf(inRun(false).inProgress, {
      ...gate,
      props: stateOf(rows(1, { status: "CREATE_IN_PROGRESS" })),
    }),
  ).toHaveLength(1);
  expect(await stackViolationsOf(inRun(false).settled, [gate])).toHaveLength(1);
});

describe("a gate without a status", () => {
  const gate = { type: pluginType, props: { name: "baseline" } };

  test("whose provider has unknown settings is unknown, as a gate with an unknown argument", async () => {
    const waiting = { ...gate, provider: { region: unknown } };
    const run = inRun(true);
    await expect(violationsOf(run.memberFailed, waiting)).rejects.toThrow(UnknownValueError);
    expect(await violationsOf(run.incomplete, waiting)).toEqual([]);
    expect(await stackViolationsOf(run.settled, [waiting])).toEqual([]);
  });

  test.each([
    { what: "a provider with known settings", provider: { region: "us-east-1" } },
    { what: "a provider that is not shown", provider: undefined },
  ])("and with $what is refused", async ({ provider }) => {
    for (const isPreview of [true, false]) {
      const shown = { ...gate, ...(provider && { provider }) };
      expect(await violationsOf(inRun(isPreview).memberFailed, shown)).toEqual([
        expect.stringContaining("This resource holds no status that can be judged."),
      ]);
    }
  });
});

describe("a gate whose provider has settings that are unknown now", () => {
  const provider = { region: unknown };

  test("is judged if it was looked up", async () => {
    const gate = { type: pluginType, urn: newUrn(), props: stateOf(failing), provider };
    expect(await violationsOf(inRun(true).memberFailed, gate)).toEqual([
      expect.stringContaining("1 of 10 accounts failed."),
    ]);
  });

  test("is refused if its status can't be read", async () => {
    const gate = { type: pluginType, urn: newUrn(), props: { ...stateOf(failing), verdict: "FINE" }, provider };
    expect(await violationsOf(inRun(true).memberFailed, gate)).toEqual([
      expect.stringContaining("This resource holds no status that can be judged."),
    ]);
  });
});

describe("a gate whose triggers have changed", () => {
  const gate = { type: pluginType, urn: newUrn(), props: { ...stateOf(failing), triggersChanged: true } };

  test("is not judged in a preview, which says so once", async () => {
    const run = inRun(true);
    for (const policy of [run.memberFailed, run.incomplete, run.inProgress]) {
      expect(await violationsOf(policy, gate)).toEqual([]);
    }
    expect(await stackViolationsOf(run.settled, [gate])).toEqual([]);
    expect(await stackViolationsOf(run.tolerated, [gate])).toEqual([
      [expect.stringContaining("the update puts the pack first"), gate.urn],
    ]);
  });

  test("is of an earlier run where a preview with targets shows the old inputs", async () => {
    const props = { ...gate.props, lookedUpAt: "2026-01-02T03:04:05.678Z" };
    const run = inRun(true);
    const [first, ...others] = await violationsOf(run.memberFailed, { ...gate, props });
    expect(first).toContain("not by this run");
    expect(others).toEqual([expect.stringContaining("1 of 10 accounts failed.")]);
    expect(await stackViolationsOf(run.tolerated, [{ ...gate, props }])).toEqual([]);
  });

  test("is judged in the update, once", async () => {
    const run = inRun(false);
    expect(await violationsOf(run.memberFailed, gate)).toEqual([expect.stringContaining("1 of 10 accounts failed.")]);
    expect(await violationsOf(run.incomplete, gate)).toEqual([]);
    // The outputs are the same status, without the mark.
    expect(await stackViolationsOf(run.settled, [{ ...gate, props: stateOf(failing) }])).toEqual([]);
  });
});

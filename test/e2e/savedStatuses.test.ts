import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { OrganizationConformancePackStatus } from "pulumi-org-conformance";
import { run } from "../cli/commandLine";
import { dependentType, gatedStack, packName, Service } from "./gatedStack";

/** What the engine wrote in a run: the output of `--json`, and the file of `--event-log`. */
interface Written {
  json: string;
  events: string;
}

/** The part of the Automation API that starts the CLI; its types leave it out. */
interface Runner {
  run(args: string[], ...others: readonly unknown[]): Promise<unknown>;
}

// eslint-disable-next-line @typescript-eslint/require-await -- A program.
const gated = async () => {
  const gate = new OrganizationConformancePackStatus("gate", { name: packName, expectedAccounts: "organization" });
  new Service("api", { dependsOn: gate });
};

/** A stack whose previews are run with `--json`, and whose event log is kept. */
async function recordedStack(failing: number, program: () => Promise<void> = gated) {
  const stack = await gatedStack(program, { packs: [{ name: packName, members: 12, failing }] });
  const command = stack.stack.workspace.pulumiCommand as unknown as Runner;
  const original = command.run.bind(command);
  const written: Written = { json: "", events: "" };
  jest.spyOn(command, "run").mockImplementation(async (given, ...others) => {
    if (given[0] !== "preview") return original(given, ...others);
    const log = join(stack.folder, "events.json");
    // The API would have the events sent to itself.
    const args = given.map((arg, index) => (given[index - 1] === "--event-log" ? log : arg));
    try {
      const result = await original([...args, "--json", "--show-sames"], ...others);
      written.json = (result as { readonly stdout: string }).stdout;
      return result;
    } catch (error) {
      // The API puts what the CLI printed behind its own words.
      written.json = /\n(\{\n[^]*?\n\})/.exec(String(error))?.[1] ?? "";
      throw error;
    } finally {
      written.events = await readFile(log, "utf8");
    }
  });
  return { ...stack, written };
}

afterEach(() => {
  jest.restoreAllMocks();
});

const failed = /^FAILED security-baseline: 2 of 12 accounts failed/;

test("report reads a blocked preview's JSON and event log, and says what is not in them", async () => {
  const { preview, written } = await recordedStack(2);
  expect(await preview()).toMatchObject({ succeeded: false });
  // By this, the log of a preview is told from that of an update.
  expect(written.events).toMatch(/"resourcePreEvent":\{[^\n]*"planning":true/);
  for (const [text, remark] of [
    [written.json, /required packs are not in it/],
    [written.events, /violations? of policies (is|are) in it as text only/],
  ] as const) {
    const ended = await run(["report", "-", "--exit-code"], { input: text });
    expect(ended.code).toBe(10);
    expect(ended.stdout).toMatch(failed);
    expect(ended.stderr).toMatch(remark);
  }
});

test("report shows a gate that ended in an error, and does not pass without it", async () => {
  const { emulator, preview, written } = await recordedStack(0);
  emulator.injectFault({ kind: "accessDenied", operation: "GetOrganizationConformancePackDetailedStatus" });
  expect(await preview({ withPolicyPack: false })).toMatchObject({ succeeded: false });
  for (const input of [written.json, written.events]) {
    const ended = await run(["report", "-", "--exit-code", "--quiet"], { input });
    expect(ended.code).toBe(4);
    expect(ended.stdout).toMatch(/Gate "gate" ended in an error: [^]*Access denied by AWS Config/);
  }
});

test("report passes a healthy gate that nothing changes, and none that the run's targets leave out", async () => {
  const { deploy, emulator, preview, written } = await recordedStack(0, async () => {
    await gated();
    new Service("other", {});
  });
  await deploy();
  // Nothing changes in the second: its state has the inputs of this one, and the outputs of the first.
  await deploy();
  const exitCodes = async () =>
    Promise.all(
      [written.json, written.events].map(
        async (input) => (await run(["report", "-", "--exit-code", "--quiet"], { input })).code,
      ),
    );
  expect(await preview()).toMatchObject({ succeeded: true });
  expect(await exitCodes()).toEqual([0, 0]);
  emulator.setMembers(packName, { members: 12, failing: 2 });
  const target = [`urn:pulumi:local::org-conformance::${dependentType}::other`];
  expect(await preview({ target, withPolicyPack: false })).toMatchObject({ succeeded: true });
  expect(await exitCodes()).toEqual([4, 4]);
});

test("report reads the export of a stack, as the last update left it", async () => {
  const { folder, stack, up } = await recordedStack(2);
  expect(await up({ withPolicyPack: false })).toMatchObject({ succeeded: true });
  const file = join(folder, "export.json");
  await writeFile(file, JSON.stringify(await stack.exportStack()));
  const ended = await run(["report", file, "--exit-code"]);
  expect(ended.code).toBe(10);
  expect(ended.stdout).toMatch(failed);
  expect(ended.stderr).toContain("It is the state of the last update, not what AWS says now.");
});

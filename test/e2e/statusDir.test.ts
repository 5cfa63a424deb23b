import type { PulumiFn } from "@pulumi/pulumi/automation";
import { readdirSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getOrganizationConformancePackStatus } from "pulumi-org-conformance";
import type { EmulatorOptions } from "pulumi-org-conformance/testing";
import { readStatusFolder } from "../../core/statusFile/readStatusFolder";
import { statusFolderVariable } from "../../core/statusFile/saveLookup";
import type { StatusFile } from "../../core/statusFile/statusFile";
import { dynamicFront, type Front, gateAndService, testOnBothFronts, testOnOneFront } from "./fronts";
import { credentialsInConfig, packName, Service } from "./gatedStack";

const requiredPacks = "organization-conformance-pack-required-packs";

/** A stack whose processes see a folder for status files, and what is in it. */
async function stackWithFolder({ start }: Front, program: PulumiFn, emulated: EmulatorOptions, variable?: string) {
  const folder = await mkdtemp(join(tmpdir(), "status-dir-"));
  folders.push(folder);
  const environment = { [statusFolderVariable]: variable ?? folder };
  const stack = await start(program, emulated, { environment, config: credentialsInConfig });
  return { ...stack, folder, files: () => readStatusFolder(folder) };
}

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const failing = { packs: [{ name: packName, members: 12, failing: 2 }] };

/** What the engine tells the gate of a preview: the plugin's check is not told that it is one, and knows the stack. */
const runOf = ({ name }: Front) =>
  name === "plugin" ? { project: "org-conformance", stack: "local" } : { project: "org-conformance", preview: true };

/** What a report needs to know of a file. */
const short = ({ by, exitCode, run, verdict }: StatusFile) => ({ by, exitCode, verdict, preview: run?.preview });

testOnBothFronts(
  "a preview that a policy blocks leaves the gate's status, with all rows and where it ran",
  async (front) => {
    const { files, folder, preview } = await stackWithFolder(front, gateAndService(front), failing);
    const run = await preview();
    expect(run).toMatchObject({ succeeded: false });
    const [file, ...others] = await files();
    expect(others).toEqual([]);
    expect(file).toMatchObject({
      by: "gate",
      run: runOf(front),
      name: packName,
      verdict: "FAILED",
      exitCode: 10,
      counts: { accounts: { total: 12, failed: 2 } },
    });
    const [name = ""] = readdirSync(folder);
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  },
);

testOnOneFront("a preview that failOn refuses leaves the gate's status", async (front) => {
  const program = gateAndService(front, { failOn: "notPassed" });
  const { files, preview } = await stackWithFolder(front, program, failing);
  expect(await preview({ withPolicyPack: false })).toMatchObject({ succeeded: false });
  expect(await files()).toMatchObject([{ by: "gate", exitCode: 10, verdict: "FAILED", run: runOf(front) }]);
});

testOnBothFronts(
  "required packs leave a status in a preview and in an update, with project and stack",
  async (front) => {
    // eslint-disable-next-line @typescript-eslint/require-await -- A program.
    const program = async () => {
      new Service("api", {});
    };
    const { files, folder, preview, up } = await stackWithFolder(front, program, failing);
    const policyConfig = { [requiredPacks]: { packs: [{ name: packName, regions: ["us-east-1"] }] } };
    expect(await preview({ policyConfig })).toMatchObject({ succeeded: false });
    expect(await files()).toMatchObject([
      { by: "requiredPacks", exitCode: 10, run: { project: "org-conformance", stack: "local", preview: true } },
    ]);
    expect(await up({ policyConfig })).toMatchObject({ succeeded: false });
    expect(
      readdirSync(folder)
        .map((name) => name.split(".").at(2))
        .sort(),
    ).toEqual(["preview", "update"]);
    expect((await files()).map(short)).toEqual([
      { by: "requiredPacks", exitCode: 10, verdict: "FAILED", preview: false },
    ]);
  },
);

testOnBothFronts("an update leaves the status that its wait ended with", async (front) => {
  const program = gateAndService(front, { waitForSettled: { pollSeconds: 0.3, timeoutSeconds: 60 } });
  const { emulator, files, up } = await stackWithFolder(front, program, {
    packs: [{ name: packName, members: 12, inProgress: 2 }],
    // Only a wait asks for what is unfinished, by a filter.
    onRequest: ({ input }) => {
      if (input.Filters !== undefined) emulator.setMembers(packName, { members: 12 });
    },
  });
  expect(await up()).toMatchObject({ succeeded: true });
  // That of the preview before it has been replaced, in the eyes of a reader.
  expect(await files()).toMatchObject([{ by: "wait", exitCode: 0, verdict: "PASSED", run: { preview: false } }]);
});

testOnOneFront("a region that is silent is in the file, beside the rows of the others", async (front) => {
  const { emulator, files, preview } = await stackWithFolder(
    front,
    gateAndService(front, { regions: ["us-east-1", "eu-west-1"], maxAttempts: 1 }),
    { packs: [{ name: packName, members: 12 }] },
  );
  emulator.injectFault({ kind: "resetConnection", region: "eu-west-1", times: 1_000 });
  expect(await preview()).toMatchObject({ succeeded: false });
  const [file] = await files();
  expect(file).toMatchObject({ verdict: "INCOMPLETE", exitCode: 12, counts: { rows: { total: 12 } } });
  expect(file).toMatchObject({
    regionStatuses: [
      { region: "us-east-1", counts: { total: 12 } },
      { region: "eu-west-1", error: expect.any(String) as string, nextStep: expect.any(String) as string },
    ],
  });
});

testOnOneFront("a lookup that fails leaves the error", async (front) => {
  const program = gateAndService(front, { name: "no-such-pack" });
  const { files, preview } = await stackWithFolder(front, program, failing);
  expect(await preview()).toMatchObject({ succeeded: false });
  expect(await files()).toMatchObject([
    { verdict: null, exitCode: 4, error: { class: "NoSuchOrganizationConformancePackError" } },
  ]);
});

test("the function leaves a status with project and stack", async () => {
  const program = async () => {
    // The Automation API runs an inline program in this process, whose environment is not the run's.
    process.env[statusFolderVariable] = folder;
    try {
      return { verdict: (await getOrganizationConformancePackStatus({ name: packName })).verdict };
    } finally {
      Reflect.deleteProperty(process.env, statusFolderVariable);
    }
  };
  const { files, folder, preview } = await stackWithFolder(dynamicFront, program, failing);
  await preview({ withPolicyPack: false });
  expect(await files()).toMatchObject([
    { by: "function", run: { project: "org-conformance", stack: "local", preview: true } },
  ]);
});

testOnOneFront("a relative path is refused with a warning, and changes no verdict", async (front) => {
  const { files, preview } = await stackWithFolder(
    front,
    gateAndService(front),
    { packs: [{ name: packName, members: 3 }] },
    "conformance",
  );
  const run = await preview();
  expect(run).toMatchObject({ succeeded: true });
  expect(run.output).toContain('is "conformance", not an absolute path');
  expect(await files()).toEqual([]);
});

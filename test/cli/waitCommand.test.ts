import { setTimeout as delay } from "node:timers/promises";
import { emulate } from "../builders/emulator";
import { type Ended, run, start } from "./commandLine";

const wait = (endpoint: string, ...flags: readonly string[]): readonly string[] => [
  "wait",
  "baseline",
  "--endpoint-url",
  endpoint,
  "--poll",
  "0.2",
  ...flags,
];

test("waits for a rollout, and ends with the report and the verdict", async () => {
  const { endpoint } = await emulate({ packs: [{ name: "baseline", members: 10, failing: 1, rolloutMs: 1_500 }] });
  const ended = await run(wait(endpoint));
  expect(ended.code).toBe(10);
  expect(ended.stdout).toMatch(/^FAILED baseline: 1 of 10 accounts failed/);
  // A log: a line with the time, no bar, and nothing that goes back in a line.
  expect(ended.stderr).toMatch(/^\d\d:\d\d:\d\d baseline: \d+ of 10 accounts done, \d failed, \d+ in progress\n/);
  for (const piece of ["\r", "\u001b", "█"]) expect(ended.stderr).not.toContain(piece);
});

test("ends with 9 and the whole report when the time is over", async () => {
  const { endpoint } = await emulate({ packs: [{ name: "baseline", members: 10, inProgress: 2 }] });
  const ended = await run(wait(endpoint, "--timeout", "0.5"));
  expect(ended.code).toBe(9);
  expect(ended.stdout).toContain("2 of 10 accounts are in progress");
  expect(ended.stdout).toMatch(/In progress.*: \d{12}/s);
});

test.each(["SIGINT", "SIGTERM"] as const)("%s prints what is known, and ends with 130", async (signal) => {
  const { endpoint } = await emulate({ packs: [{ name: "baseline", members: 10, inProgress: 2 }] });
  const { child, ended, output } = start(wait(endpoint));
  while (!output.stderr.includes("accounts done")) await delay(20);
  child.kill(signal);
  expect(await ended).toMatchObject({ code: 130, stdout: expect.stringContaining("IN_PROGRESS baseline") as string });
});

test("Ctrl-C before anything is known says so", async () => {
  const { endpoint, requests } = await emulate({ packs: [{ name: "baseline", members: 1 }], latencyMs: 60_000 });
  const { child, ended } = start(wait(endpoint));
  while (requests.length === 0) await delay(20);
  child.kill("SIGINT");
  expect(await ended).toEqual<Ended>({ code: 130, stdout: "", stderr: "Interrupted before anything was known.\n" });
});

test("its JSON says that the command line looked up", async () => {
  const { endpoint } = await emulate({ packs: [{ name: "baseline", members: 4 }] });
  const { stdout } = await run(wait(endpoint, "-o", "json"));
  expect(JSON.parse(stdout)).toMatchObject({ by: "commandLine", verdict: "PASSED" });
});

test("goes on after an error that passes, and says so", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 4, inProgress: 1 }] });
  const { ended, output } = start(wait(emulator.endpoint));
  while (!output.stderr.includes("accounts done")) await delay(20);
  emulator.injectFault({ kind: "missingField", times: 1 });
  while (!output.stderr.includes("Trying again: ")) await delay(20);
  emulator.setMembers("baseline", { members: 4 });
  expect(await ended).toMatchObject({ code: 0 });
});

test("ends with an error that does not pass", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 4, inProgress: 1 }] });
  const { ended, output } = start(wait(emulator.endpoint));
  while (!output.stderr.includes("accounts done")) await delay(20);
  emulator.injectFault({ kind: "accessDenied" });
  expect(await ended).toMatchObject({ code: 3, stdout: expect.stringContaining("Access denied") as string });
});

test("--quiet shows no progress", async () => {
  const { endpoint } = await emulate({ packs: [{ name: "baseline", members: 4, rolloutMs: 500 }] });
  expect(await run(wait(endpoint, "--quiet"))).toMatchObject({ code: 0, stderr: "" });
});

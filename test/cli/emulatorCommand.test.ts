import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { atTheEnd } from "../builders/cleanUp";
import { allPages, configClient } from "../emulator/clients";
import { bundle, environment, run, start } from "./commandLine";

const free = ["--port", "0"];

/** Where the emulator serves, once it does. */
async function endpointOf({ child, output }: Pick<ReturnType<typeof start>, "child" | "output">): Promise<string> {
  for (;;) {
    const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(output.stdout) ?? [];
    if (found !== undefined) return found;
    if (child.exitCode !== null) throw new Error(`It ended before it served: ${output.stderr}`);
    await delay(20);
  }
}

test.each(["SIGTERM", "SIGINT"] as const)("serves what its flags say, until %s", async (signal) => {
  const flags = "--pack baseline --members 120 --failing 2 --in-progress 1 --region eu-west-1 --latency 1";
  const emulator = start(["emulator", ...free, ...flags.split(" ")]);
  const endpoint = await endpointOf(emulator);
  const rows = (await allPages(configClient({ endpoint }, { region: "eu-west-1" }))).flat();
  expect(rows).toHaveLength(120);
  expect(rows.filter(({ Status }) => Status === "CREATE_FAILED")).toHaveLength(2);
  expect(rows.filter(({ Status }) => Status === "CREATE_IN_PROGRESS")).toHaveLength(1);

  emulator.child.kill(signal);
  const { code, stderr, stdout } = await emulator.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(`--endpoint-url ${endpoint} --region eu-west-1`);
});

test("serves several regions, and a rollout that has just begun there", async () => {
  const emulator = start(["emulator", ...free, ..."--members 5 -r eu-west-1 -r us-east-1 --rollout 600".split(" ")]);
  const endpoint = await endpointOf(emulator);
  for (const region of ["eu-west-1", "us-east-1"]) {
    const rows = (
      await allPages(configClient({ endpoint }, { region }), { OrganizationConformancePackName: "security-baseline" })
    ).flat();
    expect(rows.map(({ Status }) => Status)).toEqual(Array(5).fill("CREATE_IN_PROGRESS"));
  }
});

test("the greeting fits 80 columns, and its commands find the emulator", async () => {
  const emulator = start(["emulator", ...free, "--region", "us-east-1,eu-west-1"]);
  const endpoint = await endpointOf(emulator);
  const own = /pulumi-org-conformance (status[^]*?)\n\n/.exec(emulator.output.stdout)?.[1] ?? "";
  expect((await run(own.replace("\\\n", "").split(/\s+/))).code).toBe(0);
  emulator.child.kill("SIGTERM");
  const { stdout } = await emulator.ended;
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);

  const [, commands = ""] = /For a Pulumi stack:\n([^]*?)\n\n/.exec(stdout) ?? [];
  const printArguments = `pulumi() { printf '%s\\n' "$4"; }`;
  const printed = execFileSync("sh", ["-euc", `${printArguments}\n${commands}`], { encoding: "utf8" });
  const [region, endpoints = ""] = printed.trim().split("\n");
  expect(region).toBe("us-east-1");
  expect(JSON.parse(endpoints)).toEqual([{ configservice: endpoint, organizations: endpoint, sts: endpoint }]);
});

test("ends with the process that started it, even when that one is killed", async () => {
  // What npm does: it starts a shell, which becomes the command.
  const script = `process.stdout.write(String(require("node:child_process").spawn(process.execPath,
    [${JSON.stringify(bundle)}, "emulator", "--port", "0"], { stdio: "inherit" }).pid) + "\\n"); setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ["-e", script], { env: environment, stdio: ["ignore", "pipe", "ignore"] });
  const output = { stdout: "", stderr: "" };
  parent.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  const endpoint = await endpointOf({ child: parent, output });
  const pid = Number(output.stdout.split("\n", 1).join());
  atTheEnd(() => {
    if (isRunning(pid)) process.kill(pid, "SIGKILL");
  });
  expect((await fetch(endpoint)).status).toBeGreaterThan(0);

  parent.kill("SIGKILL");
  await once(parent, "exit");
  for (let waited = 0; isRunning(pid) && waited < 10_000; waited += 100) await delay(100);
  expect(isRunning(pid)).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("npm run emulator runs the command in the place of a shell, so that it ends with npm", async () => {
  const text = await readFile(join(__dirname, "../../package.json"), "utf8");
  const { scripts } = JSON.parse(text) as { scripts: { emulator: string } };
  expect(scripts.emulator).toMatch(/&& exec node dist\/cli\/main\.js emulator$/);
});

test("--help shows every flag", async () => {
  const { code, stderr, stdout } = await run(["emulator", "--help"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const flag of ["port", "pack", "members", "failing", "in-progress", "region", "rollout", "latency"]) {
    expect(stdout).toContain(`--${flag} `);
  }
});

test("the error for a port in use names the port", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  atTheEnd(() => server.close());
  await once(server, "listening");
  const port = String((server.address() as { port: number }).port);
  const { code, stderr } = await run(["emulator", "--port", port]);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `--port: ${port} is in use. Give another one, or 0 for a free one.\n`,
  });
});

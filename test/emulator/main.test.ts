import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { once } from "node:events";
import { allPages, configClient } from "./clients";

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** The emulator's command as a process of its own. */
function run(...flags: string[]) {
  const main = join(__dirname, "../../emulator/main.ts");
  // Not through tsx's own command: that is one more process between, which a signal must cross.
  const child = spawn(process.execPath, ["--require", require.resolve("tsx/cjs"), main, ...flags], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, ...output }));
  return { child, output, ended };
}

/** Where the process serves, once it does. */
function endpointOf(child: ReturnType<typeof run>["child"]): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (text: string) => {
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
      if (found) resolve(found);
    });
    child.once("close", () => {
      reject(new Error("It ended before it served."));
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

test.each(["SIGTERM", "SIGINT"] as const)("serves what its flags say, until %s", async (signal) => {
  const flags = "--pack baseline --members 120 --failing 2 --in-progress 1 --region eu-west-1 --latency 1";
  const { child, ended } = run("--port", String(await freePort()), ...flags.split(" "));
  const endpoint = await endpointOf(child);
  const rows = (await allPages(configClient({ endpoint }, { region: "eu-west-1" }))).flat();
  expect(rows).toHaveLength(120);
  expect(rows.filter(({ Status }) => Status === "CREATE_FAILED")).toHaveLength(2);
  expect(rows.filter(({ Status }) => Status === "CREATE_IN_PROGRESS")).toHaveLength(1);

  child.kill(signal);
  const { code, stderr, stdout } = await ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(`--endpoint-url ${endpoint} --region eu-west-1`);
});

test("serves several regions, and a rollout that has just begun there", async () => {
  const flags = "--members 5 --regions eu-west-1,us-east-1 --rollout 600";
  const { child } = run("--port", String(await freePort()), ...flags.split(" "));
  const endpoint = await endpointOf(child);
  for (const region of ["eu-west-1", "us-east-1"]) {
    const rows = (
      await allPages(configClient({ endpoint }, { region }), { OrganizationConformancePackName: "security-baseline" })
    ).flat();
    expect(rows.map(({ Status }) => Status)).toEqual(Array(5).fill("CREATE_IN_PROGRESS"));
  }
});

test("the greeting fits 80 columns, and its commands point a Pulumi stack at the emulator", async () => {
  const { child, ended } = run("--port", String(await freePort()), "--regions", "us-east-1,eu-west-1");
  const endpoint = await endpointOf(child);
  child.kill("SIGTERM");
  const { stdout } = await ended;
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);

  const [, commands = ""] = /For a Pulumi stack:\n([^]*?)\n\n/.exec(stdout) ?? [];
  const printArguments = `pulumi() { printf '%s\\n' "$4"; }`;
  const printed = execFileSync("sh", ["-euc", `${printArguments}\n${commands}`], { encoding: "utf8" });
  const [region, endpoints = ""] = printed.trim().split("\n");
  expect(region).toBe("us-east-1");
  expect(JSON.parse(endpoints)).toEqual([{ configservice: endpoint, organizations: endpoint, sts: endpoint }]);
});

test("--help shows every flag", async () => {
  const { code, stderr, stdout } = await run("--help").ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const flag of ["port", "pack", "members", "failing", "in-progress", "region", "regions", "rollout", "latency"]) {
    expect(stdout).toContain(`--${flag} `);
  }
});

test.each([
  { flags: ["--prot", "1"], says: "--prot" },
  { flags: ["--port", "http"], says: '--port: "http" is not a whole number from 0 to 65535' },
  { flags: ["--port", "65536"], says: '--port: "65536"' },
  { flags: ["--port"], says: "--port" },
  { flags: ["--members", "1.5"], says: '--members: "1.5"' },
  { flags: ["--members", ""], says: '--members: ""' },
  { flags: ["--failing=-1"], says: '--failing: "-1"' },
  { flags: ["--in-progress", "many"], says: '--in-progress: "many"' },
  { flags: ["--latency", "1e3"], says: '--latency: "1e3"' },
  { flags: ["--members", "2", "--failing", "3"], says: "--members: 3 failing" },
  { flags: ["--rollout", "0.5"], says: '--rollout: "0.5"' },
  { flags: ["--rollout", "86401"], says: '--rollout: "86401" is not a whole number from 0 to 86400' },
  { flags: ["--regions", "us-east-1,Virginia"], says: '--regions: "Virginia"' },
  { flags: ["--regions", "us-east-1, eu-west-1"], says: '--regions: " eu-west-1"' },
  { flags: ["--regions", ""], says: '--regions: ""' },
  { flags: ["--regions", "us-east-1,eu-west-1,us-east-1"], says: '--regions: "us-east-1" is there twice' },
  { flags: ["--regions", "us-east-1", "--region", "eu-west-1"], says: "--regions: give this or --region" },
  { flags: ["--pack", "no_underscore"], says: '--pack: "no_underscore"' },
  { flags: ["--region", "Virginia"], says: '--region: "Virginia"' },
  { flags: ["stray"], says: "stray" },
])("$flags ends with exit code 2, a message and the usage", async ({ flags, says }) => {
  const { code, stderr, stdout } = await run(...flags).ended;
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr.split("\n")[0]).toContain(says);
  expect(stderr).toContain("Usage: emulator [options]");
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("the error for a port in use names the port", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = String((server.address() as { port: number }).port);
  try {
    const { code, stderr } = await run("--port", port).ended;
    expect(code).toBe(2);
    expect(stderr.split("\n")[0]).toContain(port);
    expect(stderr).not.toMatch(/^\s+at /m);
  } finally {
    server.close();
  }
});

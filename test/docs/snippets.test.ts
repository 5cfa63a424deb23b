import type { ResourceValidationArgs } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { load } from "js-yaml";
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { policies } from "pulumi-org-conformance/policy";
import { type Emulator, mockPackStatus, mockPackStatusState, startEmulator } from "pulumi-org-conformance/testing";
import * as ts from "typescript";
import { type Block, blocksOf, pages, repository } from "./pages";
import { typeProblems } from "./typeProblems";

const blocks = pages().flatMap(blocksOf);
const of = (language: string): Block[] => blocks.filter((block) => block.language === language);
/** Where a block is, for a person: a page has no two with code under one heading. */
const placeOf = ({ path, heading }: Block): string => `${path}: ${heading}`;
const programs = of("ts").filter(({ isFragment }) => !isFragment);

/** What a snippet does when it runs. */
type Run =
  /** A Pulumi program, under mocks of one healthy and one failed account: what it exports. */
  | { readonly under: "mocks"; readonly exports: object }
  /** A function that is exported, called where the pack failed in 2 of 250 accounts: what it returns. */
  | { readonly under: "emulator"; readonly call: string; readonly returns?: unknown; readonly throws?: RegExp }
  /** A program that is started by itself: what it prints. */
  | { readonly under: "node"; readonly prints: RegExp; readonly flags?: readonly string[] };

const failedIn = (region: string): object => ({
  verdict: "FAILED",
  failed: [expect.stringMatching(`^\\d{12} ${region}$`), expect.stringMatching(`^\\d{12} ${region}$`)],
});
const gate = { verdict: "FAILED", failedAccounts: ["222222222222"] };

const runs: Readonly<Record<string, Run>> = {
  "README.md: Put a gate in a program": { under: "mocks", exports: gate },
  "README.md: Read the status": { under: "emulator", call: "default", returns: failedIn("us-east-1") },
  "docs/exceptions.md: Exceptions and limits": {
    under: "mocks",
    exports: {
      verdict: "FAILED",
      decision: "PASSED",
      tolerated: [expect.stringContaining("agreed with its owner in GOV-142")],
    },
  },
  "docs/exceptions.md: In your own code": {
    under: "emulator",
    call: "check",
    returns: expect.stringContaining("maxFailedAccounts 2"),
  },
  "docs/policies.md: A policy pack of your own": { under: "node", prints: /^\d+\n/ },
  "docs/programs.md: The gate": { under: "mocks", exports: gate },
  "docs/programs.md: failOn": { under: "mocks", exports: { verdict: "FAILED" } },
  "docs/programs.md: The function": { under: "emulator", call: "default", returns: failedIn("us-east-1") },
  "docs/programs.md: The function with Outputs": {
    under: "mocks",
    exports: { verdict: "FAILED", reasons: [expect.any(String)], decision: "PASSED" },
  },
  "docs/programs.md: The stream": { under: "emulator", call: "countFailures", returns: 2 },
  "docs/reference.md: Without Pulumi": { under: "emulator", call: "check", throws: /"security-baseline" in us-east-1/ },
  "docs/testing.md: Mocks": { under: "node", prints: /^# pass 1$/m, flags: ["--test", "--test-reporter=tap"] },
  "docs/testing.md: The emulator": { under: "emulator", call: "example" },
  "docs/testing.md: Rollouts": { under: "emulator", call: "afterTheNextPut" },
  "docs/testing.md: Faults": { under: "emulator", call: "breakTheSecondPage" },
  "docs/waiting.md: Wait for a pack to settle": { under: "mocks", exports: { verdict: "FAILED" } },
};

test("each TypeScript snippet is run, and each run has its snippet", () => {
  expect(programs.map(placeOf).sort()).toEqual(Object.keys(runs).sort());
});

describe("the type check", () => {
  const snippets = of("ts");
  const wrong = `import { decide, type GetOrganizationConformancePackStatusResult } from "pulumi-org-conformance";
    export const decision = (status: GetOrganizationConformancePackStatusResult) =>
      decide(status, { maxFailedAccounts: "2" });`;
  let problems: string[][];

  beforeAll(() => {
    problems = typeProblems([...snippets.map(({ code }) => code), wrong]);
  });

  test("accepts each TypeScript snippet, against the built package", () => {
    const found = snippets.flatMap((block, index) => (problems[index] ?? []).map((text) => [placeOf(block), text]));
    expect(found).toEqual([]);
  });

  test("finds an argument of the wrong type", () => {
    expect(problems.at(-1)).toEqual([expect.stringContaining("not assignable to type 'number'")]);
  });
});

describe("configuration and policies", () => {
  test.each(of("json").map((block) => [placeOf(block), block.code] as const))("%s parses", (_, code) => {
    expect(Object.keys(JSON.parse(code) as object)).not.toEqual([]);
  });

  const configurations = of("json").filter(({ code }) => code.includes('"organization-conformance-pack-'));

  test.each(configurations.map((block) => [placeOf(block), block.code] as const))(
    "%s is a configuration that the policies accept",
    async (_, code) => {
      for (const [name, given] of Object.entries(JSON.parse(code) as Record<string, unknown>)) {
        await acceptedBy(
          name,
          typeof given === "string" ? { enforcementLevel: given } : (given as Record<string, unknown>),
        );
      }
    },
  );

  test("one with a mistake in it is refused", async () => {
    const mistaken = { packs: [{ name: "security-baseline", region: "us-east-1" }] };
    await expect(acceptedBy("organization-conformance-pack-required-packs", mistaken)).rejects.toThrow("region");
    await expect(acceptedBy("organization-conformance-pack-required-pack", {})).rejects.toThrow("no policy");
  });

  test("the workflow is YAML, and the check that it makes is the one that docs/governance.md names", () => {
    const text = readFileSync(join(repository, "docs/workflows/conformance-gate.yml"), "utf8");
    const { jobs } = load(text) as { jobs: Record<string, { name: string }> };
    expect(Object.values(jobs).map(({ name }) => name)).toEqual(["Conformance gate"]);
    const [governance] = pages().filter(({ path }) => path === "docs/governance.md");
    expect(governance?.text).toContain("the check `Conformance gate`");
  });
});

describe("against an emulator", () => {
  const snippets = programs.filter((block) => runs[placeOf(block)]?.under === "emulator");

  test.each(snippets.map((block) => [placeOf(block), block.code] as const))("%s", async (place, code) => {
    const run = runs[place];
    if (run?.under !== "emulator") throw new Error("It is not run so.");
    const printed: string[] = [];
    const log = jest.spyOn(console, "log").mockImplementation((...words) => printed.push(words.join(" ")));
    try {
      const exported = evaluate(code);
      const called = (typeof exported === "function" ? { default: exported } : exported)[run.call];
      const result = (called as (given: unknown) => Promise<unknown>)(
        run.call === "breakTheSecondPage" ? emulator : "security-baseline",
      );
      if (run.throws) await expect(result).rejects.toThrow(run.throws);
      else expect(await result).toEqual(run.returns);
    } finally {
      log.mockRestore();
      emulator.clearFaults();
    }
    // What the comments beside them say.
    expect(printed).toEqual([...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, said]) => said));
  });
});

describe("in a process of its own", () => {
  const snippets = programs.filter((block) => runs[placeOf(block)]?.under === "node");

  test.each(snippets.map((block) => [placeOf(block), block.code] as const))("%s", async (place, code) => {
    const run = runs[place];
    if (run?.under !== "node") throw new Error("It is not run so.");
    expect(await printedBy(fileOf(place, code), run.flags ?? [], run.prints)).toMatch(run.prints);
  });
});

describe("under Pulumi's mocks", () => {
  const snippets = programs.filter((block) => runs[placeOf(block)]?.under === "mocks");
  const members = [{ accountId: "111111111111" }, { accountId: "222222222222", status: "CREATE_FAILED" }];

  // The last to run: from here on, nothing reaches the emulator.
  beforeAll(() =>
    pulumi.runtime.setMocks({
      newResource: ({ type, name, inputs, id }) => {
        const given = inputs as { name: string; regions?: string[]; tolerate?: object };
        const { name: packName, regions = ["eu-west-1"], tolerate } = given;
        const rows = regions.flatMap((region) => members.map((member) => ({ ...member, region })));
        switch (type) {
          case "pulumi-nodejs:dynamic/conformance:OrganizationConformancePackStatus":
            return {
              id: `${name}-id`,
              state: {
                ...given,
                ...mockPackStatusState({ name: packName, regions, members: rows, ...tolerating(tolerate) }),
              },
            };
          case "pulumi:pulumi:StackReference":
            return { id: id ?? name, state: { ...given, outputs: { packName: "security-baseline" } } };
          default:
            return { id: type.startsWith("aws:cfg/") ? packName : `${name}-id`, state: given };
        }
      },
      call: ({ inputs }) => mockPackStatus({ name: (inputs as { name: string }).name, members }),
    }),
  );

  test.each(snippets.map((block) => [placeOf(block), block.code] as const))("%s", async (place, code) => {
    const run = runs[place];
    if (run?.under !== "mocks") throw new Error("It is not run so.");
    const exported = evaluate(code);
    const known = await new Promise((resolve) => pulumi.output({ ...exported }).apply(resolve));
    expect(known).toEqual(run.exports);
  });

  const tolerating = (tolerate: object | undefined): object => (tolerate ? { tolerate } : {});
});

let emulator: Emulator;
const environment = { ...process.env };

beforeAll(async () => {
  emulator = await startEmulator({ packs: [{ name: "security-baseline", members: 250, failing: 2 }] });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: emulator.endpoint,
    AWS_ACCESS_KEY_ID: "any",
    AWS_SECRET_ACCESS_KEY: "any",
    AWS_REGION: "us-east-1",
  });
});

afterAll(async () => {
  process.env = environment;
  await emulator.stop();
});

/** Asks a policy, as at the first resource of an update, what it thinks of its configuration. */
async function acceptedBy(
  name: string,
  { enforcementLevel, ...config }: Readonly<Record<string, unknown>>,
): Promise<void> {
  const policy = policies.find((each) => each.name === name);
  if (policy === undefined) throw new Error(`There is no policy ${name}.`);
  if (enforcementLevel !== undefined) expect(["advisory", "mandatory", "disabled"]).toContain(enforcementLevel);
  if (!("validateResource" in policy)) {
    expect(config).toEqual({});
    return;
  }
  const args = { type: "test:index:Other", urn: "urn", name: "other", props: {}, getConfig: () => config };
  for (const validate of [policy.validateResource].flat()) {
    await validate(args as unknown as ResourceValidationArgs, () => undefined);
  }
}

/** Runs a snippet as a CommonJS module in this process, and returns what it exports. */
function evaluate(code: string): Record<string, unknown> {
  const module: { exports: Record<string, unknown> } = { exports: {} };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- It is this repository's own documentation.
  const body = new Function("require", "module", "exports", compiled(code)) as (...args: unknown[]) => void;
  body(require, module, module.exports);
  return module.exports;
}

/** Without esModuleInterop, as in Pulumi's template. */
function compiled(code: string): string {
  return ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  }).outputText;
}

/** A snippet as a file from which Node.js finds the package. */
function fileOf(place: string, code: string): string {
  const folder = join(repository, "coverage", "snippets");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${place.replace(/\W+/g, "-")}.cjs`);
  writeFileSync(file, compiled(code));
  return file;
}

/** What a process prints, until it has printed `enough`; it is ended then. */
function printedBy(file: string, flags: readonly string[], enough: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...flags, file], { env: { ...process.env, NODE_TEST_CONTEXT: undefined } });
    let printed = "";
    const listen = (chunk: Buffer): void => {
      printed += chunk.toString();
      if (enough.test(printed)) child.kill();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("error", reject);
    child.once("exit", () => {
      resolve(printed);
    });
  });
}

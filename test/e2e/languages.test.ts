import type { Deployment } from "@pulumi/pulumi/automation";
import { load } from "js-yaml";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { repository, type YamlProgram } from "../../tools/localStack";
import { testWith } from "../builders/testWith";
import { dynamicFront } from "./fronts";
import { type GatedStack, gatedStack, packName, statusIn } from "./gatedStack";
import { inGo, inPython, type Operate } from "./languages/inline";
import { testWithHost, withGoHost, withPythonHost } from "./languages/realHost";
import { gateIn, pluginStack } from "./pluginStack";

interface Language {
  /** The program of the stack; Python and Go bring their own. */
  readonly program: () => Promise<Parameters<typeof pluginStack>[0]>;
  readonly operate: (stack: GatedStack) => Promise<Operate>;
  /** What the example exports while one account has failed. */
  readonly exported: object;
}

const failure = "NoAvailableConfigurationRecorderException";
const accountId = "200005000015";

const withSdk = {
  // Theirs is run elsewhere.
  program: () => Promise.resolve(() => Promise.resolve({})),
  exported: { failedGroups: [`${failure} in us-east-1`], failed: [`${accountId}: ${failure}`] },
};
const inItsFolder = (): Promise<YamlProgram> => Promise.resolve({});
const languages = {
  YAML: {
    program: async () => {
      const text = await readFile(join(repository, "examples", "yaml", "Pulumi.yaml"), "utf8");
      const { config, outputs, resources, variables } = load(text) as Required<YamlProgram>;
      // A resource for which no other plugin is needed. Python and Go have a component.
      const api = {
        type: "org-conformance:OrganizationConformancePackStatus",
        properties: { name: "${packName}" },
        options: { dependsOn: ["${gate}"], provider: "${audit}" },
      };
      return { config, outputs, resources: { ...resources, api }, variables };
    },
    operate: (stack) =>
      Promise.resolve((operation, withPolicyPack) =>
        operation === "destroy" ? stack.destroy() : stack[operation]({ withPolicyPack }),
      ),
    exported: {
      failedGroups: [expect.objectContaining({ errorCode: failure, accountIds: { "us-east-1": [accountId] } })],
      failed: [expect.objectContaining({ accountId, errorCode: failure })],
    },
  },
  Python: { ...withSdk, operate: inPython },
  Go: { ...withSdk, operate: inGo },
  // A program of YAML makes the stack, and the example takes its place.
  "Python, through its language host": { ...withSdk, program: inItsFolder, operate: withPythonHost },
  "Go, through its language host": { ...withSdk, program: inItsFolder, operate: withGoHost },
} satisfies Readonly<Record<string, Language>>;

const failing = { members: 10, failing: 1 };

/** The state of a TypeScript program with the gate of its class. */
async function stateOfTheClass(): Promise<Deployment> {
  const program = () => {
    dynamicFront.declare();
    return Promise.resolve({});
  };
  const { deploy, stack } = await gatedStack(program, { packs: [{ name: packName, members: 10 }] });
  await deploy();
  return stack.exportStack();
}

/** One for all languages. */
let ofTheClass: Promise<Deployment> | undefined;

async function gatesIn({ exported, operate: start, program }: Language): Promise<void> {
  const stack = await pluginStack(await program(), { packs: [{ name: packName, ...failing }] });
  const { emulator, stack: local } = stack;
  // The explicit provider does not read the stack's settings.
  local.workspace.envVars.AWS_ENDPOINT_URL = emulator.endpoint;
  const operate = await start(stack);
  // The program moves from the class to the plugin: the schema, and so each SDK, has its type as an alias.
  await local.importStack(await (ofTheClass ??= stateOfTheClass()));
  expect(statusIn(await stack.resources())).toBeDefined();
  const isDeployed = async (): Promise<boolean> => (await stack.resources()).some(({ urn }) => urn.endsWith("::api"));

  for (const operation of ["preview", "up"] as const) {
    const { output, succeeded } = await operate(operation, true);
    expect(output).toContain("1 of 10 accounts failed.");
    expect(output).toContain(accountId);
    expect(succeeded).toBe(false);
  }
  expect(await isDeployed()).toBe(false);

  emulator.setMembers(packName, { members: 10 });
  const healed = await operate("up", true);
  expect(healed.output).not.toContain("error:");
  expect(healed.succeeded).toBe(true);
  expect(healed.output).not.toMatch(/\b(delet|replac)/);
  expect(statusIn(await stack.resources())).toBeUndefined();
  expect(await isDeployed()).toBe(true);
  const gate = gateIn(await stack.resources());
  expect(gate).toMatchObject({
    id: `${packName}@us-east-1`,
    outputs: { verdict: "PASSED", counts: { total: 10, failed: 0 } },
  });
  expect(gate?.outputs).not.toHaveProperty("__provider");
  expect(await outputsOf(stack)).toMatchObject({ verdict: "PASSED", failedGroups: [], failed: [] });

  emulator.setMembers(packName, failing);
  expect(await operate("up", false)).toMatchObject({ succeeded: true });
  expect(await outputsOf(stack)).toMatchObject({ verdict: "FAILED", ...exported });
  expect(await operate("destroy", false)).toMatchObject({ succeeded: true });
}

async function outputsOf({ stack }: GatedStack): Promise<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(await stack.outputs()).map(([name, { value }]) => [name, value as unknown]));
}

describe("an example is blocked while an account has failed, and opens once it is healthy, in", () => {
  test("YAML", () => gatesIn(languages.YAML));
  testWith("python3", "--version", "Python", () => gatesIn(languages.Python));
  testWith("go", "version", "Go", () => gatesIn(languages.Go));
  for (const [language, host, tool] of [
    ["Python, through its language host", "pulumi-language-python", "python3"],
    ["Go, through its language host", "pulumi-language-go", "go"],
  ] as const) {
    testWithHost(host, tool, language, () => gatesIn(languages[language]));
  }
});

// One run of the CLI in a process of its own: an engine that is killed takes the process of its inline program along.
const process = require("node:process");
const pulumi = require("@pulumi/pulumi");
const { LocalWorkspace, PulumiCommand } = require("@pulumi/pulumi/automation");
const { OrganizationConformancePackStatus } = require("pulumi-org-conformance");

const { args, command, dependentType, front, generation, options, policyPacks, workspace } = JSON.parse(
  process.env.RUN,
);

/** The plugin's resource, as its generated SDK declares it. */
class PluginGate extends pulumi.CustomResource {
  constructor(name, args) {
    super("org-conformance:index:OrganizationConformancePackStatus", name, { ...args, verdict: undefined });
  }
}

async function program() {
  const Gate = front === "plugin" ? PluginGate : OrganizationConformancePackStatus;
  const gate = new Gate("gate", args);
  new pulumi.ComponentResource(dependentType, "api", { generation }, { dependsOn: gate });
  return { verdict: gate.verdict };
}

async function main() {
  const pulumiCommand = await PulumiCommand.get({ skipVersionCheck: true });
  const identity = { projectName: "org-conformance", stackName: "local", program };
  const stack = await LocalWorkspace.selectStack(identity, { ...workspace, pulumiCommand });
  // The tests read the state; these would run the CLI three more times for an update.
  stack.outputs = stack.info = () => Promise.resolve({});
  const onOutput = (text) => process.stdout.write(text);
  await stack[command]({ ...options, ...(["preview", "up"].includes(command) && { policyPacks }), onOutput });
}

// The process of the tests is gone: nobody waits for the run.
process.stdin.resume().once("end", () => process.exit(1));
main().then(
  () => process.exit(0),
  (error) => {
    // What the CLI printed was printed already.
    if (error.commandResult === undefined) process.stderr.write(`The runner failed: ${error.stack}\n`);
    process.exit(error.commandResult === undefined ? 2 : 1);
  },
);

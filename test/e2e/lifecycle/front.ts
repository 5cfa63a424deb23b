import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, type EmulatedRequest, startEmulator } from "pulumi-org-conformance/testing";
import { createLocalStack, type LocalStack, policyPack, repository } from "../../../tools/localStack";
import { findPulumiCli } from "../../../tools/pulumi-cli/pulumiCli";
import { dependentType, packName, statusType } from "../gatedStack";
import { rememberFamily, send } from "../processes";
import { separateRun } from "../separateRun";
import type { Lifecycle, Step, World } from "./lifecycle";

/** The ways in which a program holds a gate. */
export type FrontName = "dynamic" | "plugin";

const gateTypes: Readonly<Record<FrontName, string>> = {
  dynamic: statusType,
  plugin: "org-conformance:index:OrganizationConformancePackStatus",
};

const pluginLauncher = `#!/bin/sh\nexec "${process.execPath}" "${join(repository, "plugin", "main.js")}" "$@"\n`;

type Command = "preview" | "up" | "refresh" | "destroy";

/** The end of a run. */
export interface Ended {
  readonly succeeded: boolean;
  readonly output: string;
  /** The worlds that its lookups saw, one after the other. */
  readonly seen: readonly World[];
}

/** What is deployed. */
export interface Deployed {
  /** The verdict in the gate's outputs; `undefined` without a gate. */
  readonly verdict: unknown;
  /** The generation of the dependent; `undefined` without one. */
  readonly dependent: unknown;
  readonly pendingOperations: number;
}

/** A stack with a gate of one front and a dependent, and the emulator that it looks at. */
export class Front {
  /** The dependent's input. Each run has another one, so that each would change the dependent. */
  generation = 0;
  #world: World = "healthy";
  #seen: World[] = [];
  #then: World | undefined;
  #onLook: () => void = () => undefined;
  #local!: LocalStack;
  #emulator!: Emulator;

  private constructor(
    readonly name: FrontName,
    private readonly lifecycle: Lifecycle,
  ) {}

  static async start(name: FrontName, lifecycle: Lifecycle): Promise<Front> {
    const front = new Front(name, lifecycle);
    const emulator = await startEmulator({
      packs: lifecycle.regions.map((region) => ({ name: packName, region, members: 5 })),
      onRequest: (request) => {
        front.#watch(request);
      },
    });
    const { endpoint } = emulator;
    front.#emulator = emulator;
    front.#local = await createLocalStack({
      pulumi: await findPulumiCli(),
      endpoint,
      program: () => Promise.resolve({}),
      plugins: name === "plugin" ? { "resource-org-conformance-v0.1.0": pluginLauncher } : {},
      config: {
        "org-conformance:region": { value: "us-east-1" },
        "org-conformance:endpoints": {
          value: JSON.stringify([{ configservice: endpoint, organizations: endpoint, sts: endpoint }]),
        },
      },
    });
    return front;
  }

  async close(): Promise<void> {
    await this.#local.remove();
    await this.#emulator.stop();
  }

  /** Takes a step of the lifecycle, with a new generation of the dependent. */
  async take({ run, then, world }: Step): Promise<Ended> {
    this.generation += 1;
    this.#enter(world, then);
    switch (run) {
      case "preview":
      case "refresh":
      case "destroy":
        return this.#run(run);
      case "up":
        return this.#run("up");
      case "previewAndUp": {
        const preview = await this.#run("preview");
        return preview.succeeded ? this.#run("up") : preview;
      }
      case "upWithRefresh":
        return this.#run("up", { refresh: true });
      case "upContinuingOnError":
        return this.#run("up", { continueOnError: true });
      case "upOfTheGate":
        return this.#run("up", { target: [this.#urn(gateTypes[this.name], "gate")] });
      case "upOfTheDependent":
        return this.#run("up", { target: [this.#urn(dependentType, "api")] });
      case "upKilled":
        return this.#signalled("SIGKILL");
      case "upInterrupted":
        return this.#signalled("SIGINT");
    }
  }

  /** Runs until nothing is left to do, in a healthy world: an update, then a preview without changes. */
  async converge(): Promise<readonly Ended[]> {
    this.generation += 1;
    this.#enter("healthy");
    const { pendingOperations } = await this.deployed();
    return [
      ...(pendingOperations > 0 ? [await this.#run("refresh", { clearPendingCreates: true })] : []),
      await this.#run("up"),
      await this.#run("preview", { expectNoChanges: true }),
    ];
  }

  async deployed(): Promise<Deployed> {
    const { pending_operations: pending, resources } = await this.#local.savedState();
    const resource = (type: string) => resources?.find((each) => each.type === type);
    return {
      verdict: resource(gateTypes[this.name])?.outputs?.verdict,
      dependent: resource(dependentType)?.inputs?.generation,
      pendingOperations: pending?.length ?? 0,
    };
  }

  get #backend(): string {
    return join(this.#local.folder, "backend", ".pulumi");
  }

  #enter(world: World, then?: World): void {
    this.#world = world;
    this.#then = then;
    this.#seen = [];
    this.#emulator.clearFaults();
    this.#emulator.setMembers(packName, membersIn(world));
    if (world === "accessDenied" || world === "serverError") {
      this.#emulator.injectFault({ kind: world, region: "us-east-1" });
    }
  }

  /** Is given each request before it is answered. */
  #watch({ input, operation, region }: EmulatedRequest): void {
    if (operation !== "GetOrganizationConformancePackDetailedStatus" || region !== "us-east-1") return;
    // A poll reads each unsuccessful status by itself: one of them counts.
    const filter = (input.Filters as { readonly Status?: string } | undefined)?.Status;
    if (filter !== undefined && filter !== "CREATE_FAILED") return;
    if (this.#seen.length === 1 && this.#then !== undefined) {
      const seen = this.#seen;
      this.#enter(this.#then);
      this.#seen = seen;
    }
    this.#seen.push(this.#world);
    this.#onLook();
  }

  async #signalled(signal: "SIGKILL" | "SIGINT"): Promise<Ended> {
    const hasLooked = new Promise<void>((resolve) => {
      this.#onLook = resolve;
    });
    let pid = -1;
    const ended = this.#run("up", {}, (started) => {
      pid = started;
    });
    await Promise.race([hasLooked, ended]);
    this.#onLook = () => undefined;
    const cli = rememberFamily(pid).find(({ args }) => /\sup\s/.test(args));
    if (cli) send(cli.pid, signal);
    const result = await ended;
    // A killed engine leaves its lock.
    if (this.#isLocked()) await this.#local.stack.cancel();
    return result;
  }

  async #run(command: Command, options: object = {}, onStart: (pid: number) => void = () => undefined): Promise<Ended> {
    const { gating, regions } = this.lifecycle;
    const { envVars, pulumiHome, workDir } = this.#local.stack.workspace;
    const run = {
      front: this.name,
      command,
      options,
      dependentType,
      generation: this.generation,
      args: {
        name: packName,
        regions,
        failOn: gating.failOn,
        maxAttempts: 2,
        ...(gating.waits && { waitForSettled: { pollSeconds: 0.2, timeoutSeconds: 3 } }),
      },
      policyPacks: gating.withPolicyPack ? [policyPack] : [],
      workspace: { envVars, pulumiHome, workDir },
    };
    const { code, output } = await separateRun(run, onStart);
    if (code !== 0 && code !== 1) throw new Error(output);
    return { succeeded: code === 0, output, seen: [...this.#seen] };
  }

  #urn(type: string, name: string): string {
    return `urn:pulumi:local::org-conformance::${type}::${name}`;
  }

  #isLocked(): boolean {
    const folder = join(this.#backend, "locks");
    return (
      existsSync(folder) &&
      readdirSync(folder, { recursive: true, encoding: "utf8" }).some((file) => file.endsWith(".json"))
    );
  }
}

function membersIn(world: World) {
  if (world === "empty") return [];
  return { members: 5, failing: Number(world === "failed"), inProgress: Number(world === "inProgress") };
}

import * as configService from "@aws-sdk/client-config-service";
import * as organizations from "@aws-sdk/client-organizations";
import * as sts from "@aws-sdk/client-sts";
import { performance } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import type * as dynamic from "@pulumi/pulumi/dynamic";
import { type EmulatedRequest, type Emulator, startEmulator } from "../../emulator";
import { incomplete, inProgress, memberFailed, settled } from "../../policy/index";
import { createConfigClient } from "../../core/aws/configClient";
import type { GatherOptions } from "../../core/lookup/gatherOptions";
import * as gathering from "../../core/lookup/gatherPackStatus";
import type { PackStatus } from "../../core/status/packStatus";
import type { PackStatusArgs } from "../../core/status/packStatusArgs";
import { PackStatusProvider } from "../../provider/dynamicProvider";
import { decodeState, type GateState } from "../../provider/gateState";
import { newUrn, stackViolationsOf, violationsOf } from "../policy/evaluate";
import { settingsFor } from "../core/aws/emulate";
import { accountId, type Change, Model, packName, regionNames } from "./model";
import { inTurn } from "./order";
import { type Schedule, silent } from "./schedule";

/** A row as it came over the wire. */
export interface DeliveredRow {
  readonly region: string;
  /** Its reading's filters: one pages through each. */
  readonly walk: string;
  readonly accountId: string;
  readonly status: string;
  readonly time: string | undefined;
}

/** One gathering that the code under test made, for itself or for a caller. */
export interface Gather {
  readonly args: PackStatusArgs;
  readonly options: GatherOptions;
  /** The first and the last of its requests. */
  readonly first: number;
  last: number;
  /** What it read; not the page that was read again because AWS refused the next token. */
  delivered: DeliveredRow[];
  outcome?: { readonly status: PackStatus } | { readonly error: unknown };
}

/** What the resource did, as the engine sees it. */
export interface ResourceOutcome {
  /** What the policies were shown, and the gathering that it came from. */
  readonly checked?: PackStatus;
  readonly checkedGather?: Gather | undefined;
  /** Whether what depends on the resource was changed. */
  readonly released: boolean;
  /** The state that it ended with, and its gathering. */
  readonly final?: PackStatus;
  readonly finalGather?: Gather | undefined;
  readonly settledReported: boolean;
  readonly failedReported: boolean;
}

/** All that happened. */
export interface Outcome {
  readonly model: Model;
  readonly gathers: readonly Gather[];
  readonly resource?: ResourceOutcome;
  readonly abortReason: Error;
}

/** What each command of the SDK has: what makes its calls. */
interface CommandPrototype {
  resolveMiddleware: (this: unknown, ...args: unknown[]) => (input: unknown) => Promise<Answer>;
}

/** What a call comes to. */
interface Answer {
  readonly output: { readonly $metadata: { readonly requestId: string } };
}

/** One emulator for many schedules, one after the other. */
export class Simulation {
  readonly #emulator: Emulator;
  readonly #restore: (() => void)[] = [];
  /** What the emulator has answered in this run, by its request id. */
  readonly #answers = new Map<string, string>();
  #running: Running | undefined;
  #runs = 0;
  #excluded = new Map<string, string>();

  private constructor(emulator: Emulator) {
    this.#emulator = emulator;
  }

  static async start(): Promise<Simulation> {
    // It is the emulator that calls back, so it is there first.
    const holder: { simulation?: Simulation } = {};
    const emulator = await startEmulator({
      packs: regionNames.map((region) => ({ name: packName, region, members: [] })),
      onRequest: (request) => {
        holder.simulation?.onRequest(request);
      },
    });
    const simulation = (holder.simulation = new Simulation(emulator));
    for (const [name, value] of [configService, organizations, sts].flatMap((sdk) => Object.entries<unknown>(sdk))) {
      if (name.endsWith("Command")) simulation.#schedule(name, (value as { prototype: CommandPrototype }).prototype);
    }
    simulation.#watchAnswers();
    simulation.#watchGathers();
    simulation.#passTime();
    return simulation;
  }

  async stop(): Promise<void> {
    for (const restore of this.#restore) restore();
    await this.#emulator.stop();
  }

  async run(schedule: Schedule): Promise<Outcome> {
    this.#emulator.clearFaults();
    this.#answers.clear();
    this.#runs += 1;
    await this.#putPacks(schedule.world.excluded.map(accountId));
    const running = (this.#running = new Running(schedule));
    try {
      const { order } = schedule;
      const resource = await order.waitFor(
        schedule.run.kind === "gather" ? this.#gather(running, schedule.run) : this.#useResource(running, schedule.run),
      );
      // What the caller no longer waits for ends as well.
      await nextTurn();
      await order.waitIdle();
      const { abortReason, gathers, model } = running;
      return { abortReason, gathers, model, ...(resource && { resource }) };
    } finally {
      this.#running = undefined;
    }
  }

  async #gather(
    { abort, schedule }: Running,
    { requireEveryRegion, noSuchPackIsReason, outageIsReason }: Schedule["run"] & { kind: "gather" },
  ): Promise<undefined> {
    const credentials = { accessKeyId: this.#accessKeyId, secretAccessKey: "emulated" };
    const settings = settingsFor(this.#emulator.endpoint, { retryMode: "standard", credentials });
    const tolerate = outageIsReason ? { unanswered: silent } : {};
    const options = { settings, requireEveryRegion, noSuchPackIsReason, tolerate, signal: abort.signal };
    // What becomes of it is watched.
    await gathering.gatherPackStatus(schedule.args, options).catch(() => undefined);
  }

  /** As the engine uses it: check, the policies, create, then what depends on it, and the policy for the whole stack. */
  async #useResource(
    running: Running,
    { failOn, policies, policyTolerate, wait }: Schedule["run"] & { kind: "resource" },
  ): Promise<ResourceOutcome> {
    const { finishAt, args, tolerate } = running.schedule;
    const provider = await this.#provider();
    const news = {
      ...args,
      ...(failOn && { failOn }),
      ...(tolerate && { tolerate }),
      // Each request takes a simulated tenth of a second: how a wait ends does not depend on how fast this machine is.
      ...(wait && { waitForSettled: { pollSeconds: 0.001, timeoutSeconds: finishAt === undefined ? 3 : 10 } }),
      __provider: "text",
    };
    const stopped = { released: false, settledReported: false, failedReported: false };
    const { failures = [], inputs = {} } = await provider.check({}, news);
    if (failures.length > 0) return stopped;
    const checked = { checked: statusOf(inputs), checkedGather: running.lastGather() };

    const urn = newUrn();
    const config = policyTolerate ? { tolerate: policyTolerate } : {};
    const mandatory = { none: [], default: [memberFailed, incomplete], strict: [memberFailed, incomplete, inProgress] };
    const reported: string[] = [];
    for (const policy of mandatory[policies]) {
      const violations = await violationsOf(policy, { props: inputs, urn }, config);
      if (violations.length > 0) reported.push(policy.name);
    }
    const failedReported = reported.includes(memberFailed.name);
    if (reported.length > 0) return { ...checked, ...stopped, failedReported };

    const created = await provider.create(inputs).catch((error: unknown) => {
      // The form in which the engine saves what there is: anything else would lose it.
      if (error instanceof Error && "properties" in error && "reasons" in error) return undefined;
      throw error;
    });
    if (!created) return { ...checked, ...stopped };
    const settledReports = await stackViolationsOf(settled, [{ props: created.outs ?? {}, urn }], config);
    return {
      ...checked,
      released: true,
      final: statusOf(created.outs ?? {}),
      finalGather: running.lastGather(),
      settledReported: settledReports.length > 0,
      failedReported,
    };
  }

  async #provider(): Promise<PackStatusProvider> {
    const { endpoint } = this.#emulator;
    const values: Readonly<Record<string, string>> = {
      "aws:region": "us-east-1",
      "aws:accessKey": this.#accessKeyId,
      "aws:secretKey": "emulated",
      "aws:retryMode": "standard",
      "aws:endpoints": JSON.stringify([{ configservice: endpoint, organizations: endpoint, sts: endpoint }]),
    };
    const provider = new PackStatusProvider();
    await provider.configure({ config: { get: (key: string) => values[key] } } as unknown as dynamic.ConfigureRequest);
    return provider;
  }

  /** Another one in each run: the accounts of an organization are kept for minutes, by the identity that asked. */
  get #accessKeyId(): string {
    return `AKIAEMULATED${String(this.#runs)}`;
  }

  private onRequest(request: EmulatedRequest): void {
    const running = this.#running;
    if (!running) return;
    for (const fault of running.answer(request)) this.#emulator.injectFault(fault);
    running.model.show(this.#emulator, request);
  }

  /** `ExcludedAccounts` are a setting of the pack: they are put. */
  async #putPacks(excluded: readonly string[]): Promise<void> {
    for (const region of regionNames) {
      if ((this.#excluded.get(region) ?? "") === excluded.join()) continue;
      this.#excluded.set(region, excluded.join());
      const client = createConfigClient(settingsFor(this.#emulator.endpoint), region);
      await client.send(
        new configService.PutOrganizationConformancePackCommand({
          OrganizationConformancePackName: packName,
          TemplateS3Uri: "s3://template",
          ExcludedAccounts: [...excluded],
        }),
      );
      client.destroy();
    }
  }

  /** Has a command's calls made in the order of the schedule, and notes the rows that come back. */
  #schedule(name: string, command: CommandPrototype): void {
    const resolve = command.resolveMiddleware;
    const running = (): Running | undefined => this.#running;
    const text = (requestId: string): string => this.#answers.get(requestId) ?? "{}";
    command.resolveMiddleware = function (...args) {
      const handle = resolve.apply(this, args);
      return (input) => {
        const now = running();
        const call = () => handle(input);
        return now ? inTurn(now.schedule.order, name, () => now.noteAnswer(call(), text)) : call();
      };
    };
    this.#restore.push(() => {
      command.resolveMiddleware = resolve;
    });
  }

  #watchAnswers(): void {
    const { ServerResponse } = jest.requireActual<typeof import("node:http")>("node:http");
    const end = Reflect.get(ServerResponse.prototype, "end") as (...args: unknown[]) => unknown;
    const answers = this.#answers;
    const watched = jest.spyOn(ServerResponse.prototype, "end").mockImplementation(function (
      this: InstanceType<typeof ServerResponse>,
      ...args: unknown[]
    ): never {
      answers.set(String(this.getHeader("x-amzn-requestid")), String(args[0]));
      return Reflect.apply(end, this, args) as never;
    });
    this.#restore.push(() => {
      watched.mockRestore();
    });
  }

  #passTime(): void {
    const now = performance.now.bind(performance);
    const passing = jest.spyOn(performance, "now").mockImplementation(() => {
      const running = this.#running;
      // By nothing else: how busy this machine is would decide when a wait is over.
      return running ? running.startedAt + 100 * running.model.clock : now();
    });
    this.#restore.push(() => {
      passing.mockRestore();
    });
  }

  #watchGathers(): void {
    const original = gathering.gatherPackStatus;
    const watched = jest
      .spyOn(gathering, "gatherPackStatus")
      .mockImplementation((args, options) =>
        this.#running ? this.#running.watch(args, options, original) : original(args, options),
      );
    this.#restore.push(() => {
      watched.mockRestore();
    });
  }
}

/** One schedule while it runs. */
class Running {
  readonly model: Model;
  readonly gathers: Gather[] = [];
  readonly startedAt = performance.now();
  readonly abort = new AbortController();
  readonly abortReason = new Error("The caller gave up.");

  constructor(readonly schedule: Schedule) {
    this.model = new Model(schedule.world);
  }

  /** Brings about what the schedule has for this request. @returns The faults that come with it. */
  answer(request: EmulatedRequest) {
    const { events, faults, finishAt, run } = this.schedule;
    const clock = this.model.clock + 1;
    const changes: Change[] = events.flatMap((event) => (event.at === clock ? event.changes : []));
    if (finishAt !== undefined && clock >= finishAt && (clock - finishAt) % 5 === 0) changes.push({ kind: "finish" });
    this.model.answer(request, changes);
    if (run.kind === "gather" && run.abortAt === clock) this.abort.abort(this.abortReason);
    return faults.filter(({ at }) => at === clock).map(({ fault }) => fault);
  }

  async watch(
    args: PackStatusArgs,
    options: GatherOptions,
    gather: typeof gathering.gatherPackStatus,
  ): Promise<PackStatus> {
    const watched: Gather = { args, options, first: this.model.clock + 1, last: this.model.clock, delivered: [] };
    this.gathers.push(watched);
    this.model.gatherBegins();
    try {
      const status = await gather(args, options);
      watched.outcome = { status };
      return status;
    } catch (error) {
      watched.outcome = { error };
      throw error;
    } finally {
      watched.last = this.model.clock;
    }
  }

  async noteAnswer(call: Promise<Answer>, text: (requestId: string) => string): Promise<Answer> {
    const gather = this.gathers.at(-1);
    try {
      const answer = await call;
      const { region, walk } = this.#lastReading();
      const isOfRows = this.model.requests.at(-1)?.operation === "GetOrganizationConformancePackDetailedStatus";
      const { OrganizationConformancePackDetailedStatuses: rows = [] } = (
        isOfRows ? JSON.parse(text(answer.output.$metadata.requestId)) : {}
      ) as {
        OrganizationConformancePackDetailedStatuses?: { AccountId: string; Status: string; LastUpdateTime?: number }[];
      };
      for (const row of rows) {
        gather?.delivered.push({
          region,
          walk,
          accountId: row.AccountId,
          status: row.Status,
          time: row.LastUpdateTime === undefined ? undefined : new Date(row.LastUpdateTime * 1_000).toISOString(),
        });
      }
      return answer;
    } catch (error) {
      // The pages follow again from the first one.
      if (gather && error instanceof Error && error.name === "InvalidNextTokenException") {
        const last = this.#lastReading();
        gather.delivered = gather.delivered.filter(({ region, walk }) => region !== last.region || walk !== last.walk);
      }
      throw error;
    }
  }

  /** There is one request at a time, so an answer is that to the last one. */
  #lastReading(): { readonly region: string; readonly walk: string } {
    const { region = "", input } = this.model.requests.at(-1) ?? {};
    return { region, walk: JSON.stringify(input?.Filters ?? null) };
  }

  /** The last one that was for all rows, as the arguments say. */
  lastGather(): Gather | undefined {
    return this.gathers.findLast(
      ({ args, outcome }) =>
        outcome !== undefined && "status" in outcome && JSON.stringify(args) === JSON.stringify(this.schedule.args),
    );
  }
}

function statusOf(state: object): PackStatus {
  return decodeState(state as GateState);
}

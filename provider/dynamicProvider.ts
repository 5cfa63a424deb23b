import type * as dynamic from "@pulumi/pulumi/dynamic";
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import {
  AccessDeniedError,
  InvalidArgumentsError,
  NoSuchOrganizationConformancePackError,
  OrgConformanceError,
} from "../core/errors/errors";
import { gatherPackStatus } from "../core/lookup/gatherPackStatus";
import type { PackStatus, PackStatusArgs } from "../core/status/packStatus";
import {
  decodePackStatus,
  encodePackStatus,
  groupProperties,
  type MemberGroup,
  type PackStatusState,
  withoutTimes,
} from "./gateState";
import { gateChecks, type GateArgs, isAwaited, refusalOf } from "../core/gate/gateArgs";
import { readAwsSettings } from "../core/aws/settings";
import { showProgressLine } from "./progressLine";
import { decide, toleratesNoSuchPack } from "../core/gate/tolerance";
import {
  containsUnknown,
  findProblems,
  packNameOf,
  packStatusChecks,
  type Problem,
  unknownText,
} from "../core/checks/validation";
import type { RegionStatus } from "../core/status/verdict";
import { isSettled } from "../core/gate/isSettled";
import { waitForSettled } from "../core/lookup/waitForSettled";

type Properties = Readonly<Record<string, unknown>>;

const checks = { ...packStatusChecks, ...gateChecks };
/** What `check` adds to the arguments; stripped again before it adds them anew. */
const lookedUp: readonly string[] = Object.keys({
  verdict: true,
  reasons: true,
  counts: true,
  regionStatuses: true,
  missing: true,
  decision: true,
  failedGroups: true,
  otherGroups: true,
  lookedUpAt: true,
  packageVersion: true,
  stuckRows: true,
  unexpectedRows: true,
} satisfies Record<Exclude<keyof PackStatusState, "name" | "regions">, true>);
const providerKey = "__provider";
/** Set by the SDK where `triggers` are: only the program knows whether it runs in a preview. */
const previewingKey = "previewing";

/**
 * What the Pulumi engine calls. The lookup is in `check`, which runs in preview and again in the update: only so
 * do a preview's outputs, resource policies and dependents see what AWS says now, before anything is changed.
 */
export class PackStatusProvider implements dynamic.ResourceProvider<Properties, Properties> {
  #aws: ReturnType<typeof readAwsSettings> = { settings: { assumeRoles: [], endpoints: {} }, problems: [] };

  /** Has no `await`: a second request may come in before a promise of it resolves. */
  configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.#aws = readAwsSettings((key) => config.get(key));
    return Promise.resolve();
  }

  async check(olds: Properties, news: Properties): Promise<dynamic.CheckResult<Properties>> {
    const args = argsOf(news);
    const problems = [...findProblems(args, checks), ...this.#aws.problems];
    if (problems.length > 0) return { inputs: { ...args, lookupFailed: true }, failures: [...problems] };
    // A pack that is created in the same update has no name yet: the update asks again.
    if (containsUnknown(args)) return { inputs: args };
    // A pack that the update is about to put: how it stands now is not what will be judged.
    if (news[previewingKey] === true && olds.triggers !== undefined && olds.triggers !== args.triggers) {
      return { inputs: { ...args, verdict: unknownText } };
    }
    try {
      const status = await this.#lookUp(args);
      const refusal = isAwaited(args, status) ? undefined : refusalOf(args, status);
      const inputs = stateOf(args, status);
      return refusal === undefined ? { inputs } : { inputs, failures: [{ property: "failOn", reason: refusal }] };
    } catch (error) {
      if (!(error instanceof OrgConformanceError)) throw error;
      return { inputs: { ...args, lookupFailed: true }, failures: failuresOf(error) };
    }
  }

  /**
   * Whatever a program or a policy reads is compared; a new time or another request id alone is no change. The
   * provider's text is compared too: refresh and destroy run the text that is in state.
   */
  diff(_id: string, olds: Properties, news: Properties): Promise<dynamic.DiffResult> {
    const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
      (key) =>
        key !== "lookedUpAt" &&
        key !== "packageVersion" &&
        // Without a lookup (an argument is unknown, or a trigger has changed) no default region was filled in.
        !(
          key === "regions" &&
          news.regions === undefined &&
          [undefined, unknownText].includes(news.verdict as string)
        ) &&
        !isDeepStrictEqual(comparable(key, olds[key]), comparable(key, news[key])),
    );
    return Promise.resolve({
      // A wait that is asked for needs an update to happen in.
      changes: changed.length > 0 || needsWait(news),
      replaces: changed.filter((key) => key === "name" || key === "regions"),
    });
  }

  async create(inputs: Properties): Promise<dynamic.CreateResult<Properties>> {
    return { id: idOf(inputs), outs: await this.#settle(inputs) };
  }

  async update(_id: string, _olds: Properties, news: Properties): Promise<dynamic.UpdateResult<Properties>> {
    return { outs: await this.#settle(news) };
  }

  /**
   * For `pulumi refresh`. When AWS refuses, the state stays as it is: to the wrong account, a pack that is there looks
   * like none. A state without a lookup is not that of a managed resource, and no policy is shown what is read only.
   */
  async read(_id: string, props: Properties = {}): Promise<dynamic.ReadResult<Properties>> {
    try {
      const problems = isLookedUp(props) ? this.#aws.problems : [readProblem];
      if (problems.length > 0) throw new InvalidArgumentsError(problems, packNameOf(props));
      const args = argsOf(props);
      const inputs = stateOf(args, await this.#lookUp(args, true));
      return { id: idOf(inputs), props: inputs, inputs };
    } catch (error) {
      // The engine's host prints "error: error.stack": the message is all that a person can use.
      if (error instanceof OrgConformanceError) error.stack = "";
      throw error;
    }
  }

  /** There is nothing at AWS that this resource owns. */
  delete(): Promise<void> {
    return Promise.resolve();
  }

  #lookUp(args: Properties, everyRegion = false): Promise<PackStatus> {
    const noSuchPackIsReason = toleratesNoSuchPack((args as GateArgs).tolerate);
    return gatherPackStatus(packArgsOf(args), { settings: this.#aws.settings, everyRegion, noSuchPackIsReason });
  }

  /**
   * Waits, where that is asked for, until the pack has settled. What ends otherwise is an error that carries the state:
   * the engine saves it, and what depends on the resource is not touched.
   */
  async #settle(checked: Properties): Promise<Properties> {
    const args = argsOf(checked);
    const { tolerate, waitForSettled: wait } = args as GateArgs;
    if (!wait || checked.verdict === undefined) return checked;
    const looked = decodePackStatus(checked as unknown as PackStatusState);
    if (isSettled(looked, tolerate)) return checked;
    let state = checked;
    const save = (status: PackStatus): void => {
      state = { ...stateOf(args, status), [providerKey]: checked[providerKey] };
    };
    const stopWatching = exitWithTheEngine();
    try {
      const status = await waitForSettled(packArgsOf(args), looked, {
        ...(wait === true ? {} : wait),
        settings: this.#aws.settings,
        tolerate,
        say: showProgressLine,
        onStatus: save,
      });
      const refusal = refusalOf(args, status);
      if (refusal === undefined) return state;
      throw new UnhealthyError(refusal, idOf(state), state);
    } catch (error) {
      if (!(error instanceof OrgConformanceError)) throw error;
      throw new UnhealthyError(error.message, idOf(state), state);
    } finally {
      stopWatching();
    }
  }
}

/**
 * Ends this process once the engine that started it was killed: nobody would learn what a wait finds, and it would go on
 * asking AWS until its time is over.
 *
 * @returns What ends the watch.
 */
function exitWithTheEngine(): () => void {
  const engine = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== engine) process.exit(1);
  }, 1_000).unref();
  return () => {
    clearInterval(watch);
  };
}

/** What the engine takes for a resource that exists and is not well: it saves the properties, and tries again next time. */
class UnhealthyError extends Error {
  readonly reasons: readonly string[];

  constructor(
    message: string,
    readonly id: string,
    readonly properties: Properties,
  ) {
    super(message);
    this.reasons = [message];
    this.stack = "";
  }
}

/** Plain JSON: what the engine's transport takes. */
function stateOf(args: Properties, status: PackStatus): Properties {
  const decision = decide(status, (args as GateArgs).tolerate);
  return JSON.parse(JSON.stringify({ ...args, ...encodePackStatus(status, new Date(), decision) })) as Properties;
}

/** The arguments of the lookup. `check` refuses others; in state, the remediation of a policy may have added some. */
function packArgsOf(args: Properties): PackStatusArgs {
  const entries = Object.entries(args).filter(([key]) => Object.hasOwn(packStatusChecks, key));
  return Object.fromEntries(entries) as unknown as PackStatusArgs;
}

/** The arguments alone. `triggers` are kept as a digest: they may be a whole template. */
function argsOf(properties: Properties): Properties {
  const args = Object.fromEntries(
    Object.entries(properties).filter(
      ([key]) => key !== providerKey && key !== previewingKey && !lookedUp.includes(key),
    ),
  );
  if (!Array.isArray(args.triggers) || containsUnknown(args.triggers)) return args;
  return { ...args, triggers: createHash("sha256").update(JSON.stringify(args.triggers)).digest("hex") };
}

/** A stack transformation can set these options past the check in the resource's constructor. */
const readProblem: Problem = {
  property: "opts",
  reason:
    "This resource would be read, not managed: no policy would see it, and it would gate nothing. Remove id, import and urn from its options, and look for a transformation that sets one of them. If it is in state already, run pulumi up first.",
};

function isLookedUp({ lookedUpAt }: Properties): boolean {
  return typeof lookedUpAt === "string" && !Number.isNaN(Date.parse(lookedUpAt));
}

function failuresOf(error: OrgConformanceError): Problem[] {
  if (error instanceof InvalidArgumentsError) return [...error.problems];
  const property =
    error instanceof NoSuchOrganizationConformancePackError || error instanceof AccessDeniedError ? "name" : "regions";
  return [{ property, reason: error.message }];
}

function comparable(key: string, value: unknown): unknown {
  if (key === "regionStatuses" && Array.isArray(value)) {
    return (value as RegionStatus[]).map(({ aggregate, ...others }) => ({
      ...others,
      requestId: undefined,
      ...(aggregate && { aggregate: { ...aggregate, lastUpdateTime: undefined } }),
    }));
  }
  return groupProperties.some((property) => property === key) && Array.isArray(value)
    ? withoutTimes(value as MemberGroup[])
    : value;
}

function needsWait(checked: Properties): boolean {
  const { tolerate, waitForSettled: wait } = checked as GateArgs;
  if (!wait || checked.verdict === undefined || checked.verdict === unknownText) return false;
  return !isSettled(decodePackStatus(checked as unknown as PackStatusState), tolerate);
}

function idOf({ name, regions }: Properties): string {
  return `${String(name)}@${(regions as readonly string[]).join(",")}`;
}

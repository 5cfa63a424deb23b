import type * as dynamic from "@pulumi/pulumi/dynamic";
import { isDeepStrictEqual } from "node:util";
import {
  AccessDeniedError,
  InvalidArgumentsError,
  NoSuchOrganizationConformancePackError,
  OrgConformanceError,
} from "./errors";
import { gatherPackStatus } from "./gatherPackStatus";
import type { PackStatusArgs } from "./packStatus";
import { encodePackStatus, groupProperties, type MemberGroup, withoutTimes } from "./packStatusState";
import { report } from "./report";
import { readAwsSettings } from "./settings";
import { containsUnknown, findProblems, oneOf, packNameOf, packStatusChecks, type Problem } from "./validation";

/** When the resource itself refuses: never, when an account failed, or whenever the verdict is not `PASSED`. */
export const failOnValues = ["never", "failed", "notPassed"] as const;
export type FailOn = (typeof failOnValues)[number];

type Properties = Readonly<Record<string, unknown>>;

const checks = { ...packStatusChecks, failOn: oneOf(failOnValues) };
/** What `check` adds to the arguments; stripped again before it adds them anew. */
const lookedUp = ["verdict", "reasons", "counts", "missing", ...groupProperties, "lookedUpAt", "unexpectedRows"];
const providerKey = "__provider";

/**
 * What the Pulumi engine calls. The lookup is in `check`, which runs in preview and again in the update: only so
 * do a preview's outputs, resource policies and dependents see what AWS says now, before anything is changed.
 */
export class PackStatusProvider implements dynamic.ResourceProvider<Properties, Properties> {
  #aws: ReturnType<typeof readAwsSettings> = { settings: { assumeRoles: [], endpoints: {} }, problems: [] };

  constructor() {
    // The SDK's advice to upgrade Node.js would stand in every preview, between a gate's own lines.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  }

  /** Has no `await`: a second request may come in before a promise of it resolves. */
  configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.#aws = readAwsSettings((key) => config.get(key));
    return Promise.resolve();
  }

  async check(_olds: Properties, news: Properties): Promise<dynamic.CheckResult<Properties>> {
    const args = argsOf(news);
    const problems = [...findProblems(args, checks), ...this.#aws.problems];
    if (problems.length > 0) return { inputs: { ...args, lookupFailed: true }, failures: [...problems] };
    // A pack that is created in the same update has no name yet: the update asks again.
    if (containsUnknown(args)) return { inputs: args };
    try {
      const { inputs, refusal } = await this.#lookUp(args);
      return refusal ? { inputs, failures: [refusal] } : { inputs };
    } catch (error) {
      if (!(error instanceof OrgConformanceError)) throw error;
      return { inputs: { ...args, lookupFailed: true }, failures: failuresOf(error) };
    }
  }

  /** Whatever a program or a policy reads is compared; when a row only got a new time, nothing has changed. */
  diff(_id: string, olds: Properties, news: Properties): Promise<dynamic.DiffResult> {
    const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
      (key) =>
        key !== providerKey &&
        key !== "lookedUpAt" &&
        // Without a lookup (an argument is unknown) no default region was filled in.
        !(key === "regions" && news.regions === undefined && news.verdict === undefined) &&
        !isDeepStrictEqual(comparable(key, olds[key]), comparable(key, news[key])),
    );
    return Promise.resolve({
      changes: changed.length > 0,
      replaces: changed.filter((key) => key === "name" || key === "regions"),
    });
  }

  create(inputs: Properties): Promise<dynamic.CreateResult<Properties>> {
    return Promise.resolve({ id: idOf(inputs), outs: inputs });
  }

  update(_id: string, _olds: Properties, news: Properties): Promise<dynamic.UpdateResult<Properties>> {
    return Promise.resolve({ outs: news });
  }

  /**
   * For `pulumi refresh`. When AWS refuses, the state stays as it is: to the wrong account, a pack that is there looks
   * like none.
   */
  async read(_id: string, props: Properties = {}): Promise<dynamic.ReadResult<Properties>> {
    try {
      const problems = this.#aws.problems;
      if (problems.length > 0) throw new InvalidArgumentsError(problems, packNameOf(props));
      const { inputs } = await this.#lookUp(argsOf(props), true);
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

  async #lookUp(args: Properties, everyRegion = false): Promise<{ inputs: Properties; refusal: Problem | undefined }> {
    const { failOn = "never", ...packArgs } = args as unknown as PackStatusArgs & { failOn?: FailOn };
    const lookedUpAt = new Date();
    const status = await gatherPackStatus(packArgs, { settings: this.#aws.settings, everyRegion });
    const refused = failOn === "notPassed" ? (["FAILED", "IN_PROGRESS", "INCOMPLETE"] as const) : (["FAILED"] as const);
    const reason = failOn === "never" ? undefined : report(status, refused);
    return {
      // Plain JSON: what the engine's transport takes.
      inputs: JSON.parse(JSON.stringify({ ...args, ...encodePackStatus(status, lookedUpAt) })) as Properties,
      refusal: reason === undefined ? undefined : { property: "failOn", reason },
    };
  }
}

function argsOf(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).filter(([key]) => key !== providerKey && !lookedUp.includes(key)),
  );
}

function failuresOf(error: OrgConformanceError): Problem[] {
  if (error instanceof InvalidArgumentsError) return [...error.problems];
  const property =
    error instanceof NoSuchOrganizationConformancePackError || error instanceof AccessDeniedError ? "name" : "regions";
  return [{ property, reason: error.message }];
}

function comparable(key: string, value: unknown): unknown {
  return groupProperties.some((property) => property === key) && Array.isArray(value)
    ? withoutTimes(value as MemberGroup[])
    : value;
}

function idOf({ name, regions }: Properties): string {
  return `${String(name)}@${(regions as readonly string[]).join(",")}`;
}

import * as pulumi from "@pulumi/pulumi";
import { InvalidArgumentsError } from "../../core/errors";
import type { AggregateStatus } from "../../core/status/aggregateStatus";
import type { MemberStatus } from "../../core/status/memberStatus";
import { type GateArgs, type WaitForSettled } from "../../core/gate/gateArgs";
import { decodeRows, type GateState, type StateRows } from "../../provider/gateState";
import { organizationConformancePackStatusType } from "../../provider/resourceType";
import type { GateDecision } from "../../core/gate/decision";
import type { Tolerance } from "../../core/gate/tolerance";
import { argumentsCheck, quoted } from "../../core/checks/validation";
import { worstAggregate } from "../../core/status/aggregateStatus";
import type { MemberCounts } from "../../core/status/memberCounts";
import type { MissingAccount } from "../../core/status/missingAccounts";
import type { Reason } from "../../core/status/reasons";
import type { RegionStatus } from "../../core/status/judgement";
import type { UnexpectedMember } from "../../core/status/unexpectedMembers";
import type { Verdict } from "../../core/status/verdict";
import type { GetOrganizationConformancePackStatusOutputArgs, Inputs } from "./getOrganizationConformancePackStatus";
import { providerText } from "./providerText";
import { asRunError } from "./runError";
import { warnUnlessJudged } from "./warnUnlessJudged";

// Interfaces, so that an editor shows their names and not all that is in them.
/* eslint-disable @typescript-eslint/no-empty-object-type */
/** `Tolerance`, with an Output wherever a value may stand. */
export interface ToleranceArgs extends Inputs<Tolerance> {}
/** `WaitForSettled`, with an Output wherever a value may stand. */
export interface WaitForSettledArgs extends Inputs<WaitForSettled> {}
/* eslint-enable @typescript-eslint/no-empty-object-type */

/** What {@link OrganizationConformancePackStatus} takes. */
export type OrganizationConformancePackStatusArgs = GetOrganizationConformancePackStatusOutputArgs &
  Inputs<Pick<GateArgs, "failOn">> & {
    /** What is let pass on purpose, by `failOn`, and by policies that have no `tolerate` of their own. */
    readonly tolerate?: pulumi.Input<ToleranceArgs> | undefined;
    /**
     * Wait in the update until the pack has settled: no row in progress, no expected account missing, the aggregate in
     * agreement. For packs that the same update puts. Default `false`.
     */
    readonly waitForSettled?: pulumi.Input<boolean | WaitForSettledArgs> | undefined;
    /**
     * What the pack is made of, for example its template. When one of these changes, the update is about to put the pack:
     * the preview does not judge how it stood before, and the update judges how it stands then.
     */
    readonly triggers?: pulumi.Input<readonly pulumi.Input<unknown>[]> | undefined;
  };

/**
 * The options of any custom resource but those of a read: what is read is never shown to a policy, so it would gate
 * nothing.
 */
export type OrganizationConformancePackStatusOptions = Omit<pulumi.CustomResourceOptions, "id" | "import" | "urn">;

/**
 * How an organization conformance pack stands in every member account, as a managed dynamic resource: a data
 * source that gates.
 *
 * ```ts
 * const gate = new OrganizationConformancePackStatus("security-baseline", { name: "security-baseline" });
 * new Service("api", {}, { dependsOn: gate });
 * export const failed = gate.failed;
 * ```
 *
 * The lookup is made in preview and made again in the update, before anything that depends on it changes. A
 * policy pack, or `failOn`, makes it refuse. Destroying it touches nothing at AWS.
 *
 * AWS source: `GetOrganizationConformancePackDetailedStatus`, all pages, and
 * `DescribeOrganizationConformancePackStatuses`. Needs both IAM actions of these names.
 */
export class OrganizationConformancePackStatus extends pulumi.CustomResource {
  /** The organization conformance pack's name. A new one replaces the resource. */
  declare public readonly name: pulumi.Output<string>;
  /** The regions that were asked. Others replace the resource. */
  declare public readonly regions: pulumi.Output<string[]>;
  /** What the rows say about the whole pack. */
  declare public readonly verdict: pulumi.Output<Verdict>;
  /** Why, the winning reason first. */
  declare public readonly reasons: pulumi.Output<Reason[]>;
  /** How many rows have which outcome. */
  declare public readonly counts: pulumi.Output<MemberCounts>;
  /** The same for each region, and what AWS says of the whole pack there. */
  declare public readonly regionStatuses: pulumi.Output<RegionStatus[]>;
  /** What `tolerate` makes of it: the verdict by which `failOn` goes, by which exceptions, and what to look at. */
  declare public readonly decision: pulumi.Output<GateDecision>;
  /** The expected accounts that are no members. */
  declare public readonly missing: pulumi.Output<MissingAccount[]>;
  /** The worst of the regions' aggregates; undefined unless every region gave one. */
  public readonly aggregate: pulumi.Output<AggregateStatus | undefined>;
  /** Every row, sorted by account, then region. */
  declare public readonly members: pulumi.Output<MemberStatus[]>;
  /** The rows that are `*_FAILED`. */
  declare public readonly failed: pulumi.Output<MemberStatus[]>;
  /** The rows that are `*_IN_PROGRESS`. */
  declare public readonly inProgress: pulumi.Output<MemberStatus[]>;
  /** Those of them that are so for longer than `stuckAfterMinutes`. */
  declare public readonly stuck: pulumi.Output<MemberStatus[]>;
  /** The rows of accounts that should have none; empty when nothing is expected. */
  declare public readonly unexpected: pulumi.Output<UnexpectedMember[]>;

  /**
   * Looks an organization conformance pack up in every preview and update, before anything that depends on the resource
   * is changed.
   *
   * @param name - The resource's name in the stack.
   * @param args - The pack, what to tolerate, and the limits of the lookup.
   * @param opts - The options of any custom resource, but for `id`, `import` and `urn`.
   * @throws `InvalidArgumentsError` for one of these.
   */
  public constructor(
    name: string,
    args: OrganizationConformancePackStatusArgs,
    opts: OrganizationConformancePackStatusOptions = {},
  ) {
    refuseReads(opts);
    refuseOthers(args);
    super(
      organizationConformancePackStatusType,
      name,
      {
        ...args,
        // Only the program knows it, and only with triggers does the provider need it.
        ...(args.triggers !== undefined && { previewing: pulumi.runtime.isDryRun() }),
        __provider: providerText,
        // The outputs: undefined here, known after the lookup.
        regions: args.regions,
        verdict: undefined,
        reasons: undefined,
        counts: undefined,
        regionStatuses: undefined,
        decision: undefined,
        ...Object.fromEntries(rowKeys.map((key) => [key, undefined])),
      },
      // A preview's diff shows the failures; a line for each of thousands of healthy accounts would bury them.
      pulumi.mergeOptions({ hideDiffs: ["lookedUpAt", "packageVersion", "packedMembers"] }, opts),
    );
    this.aggregate = this.regionStatuses.apply(
      // Absent under mocks that do not set them.
      (regions) => (regions as RegionStatus[] | undefined) && worstAggregate(regions).aggregate,
    );
    // Taken before a getter stands in their place.
    const state = Object.fromEntries(rowKeys.map((key) => [key, (this as unknown as StateOutputs)[key]]));
    const rows = once(() =>
      // Absent only under mocks that do not set them.
      pulumi.all(state).apply((known) => known.packedMembers && decodeRows(known as unknown as GateState)),
    );
    for (const key of derivedKeys) {
      const get = once(() => rows().apply((known) => known && known[key]));
      Object.defineProperty(this, key, { get, configurable: true });
    }
    warnUnlessJudged(this);
    showOnlySmallOutputs(this);
  }

  /** Whether `obj` is one of these, also when several copies of this package are loaded. */
  public static override isInstance(obj: unknown): obj is OrganizationConformancePackStatus {
    return (
      pulumi.CustomResource.isInstance(obj) &&
      (obj as { __pulumiType?: unknown }).__pulumiType === organizationConformancePackStatusType
    );
  }
}

type StateOutputs = Readonly<Record<keyof GateState, pulumi.Output<unknown>>>;

/** The parts of the state that hold rows. */
const rowKeys = [
  "failedGroups",
  "inProgressGroups",
  "stuckGroups",
  "otherGroups",
  "missingGroups",
  "unexpectedGroups",
  "packedMembers",
] as const satisfies readonly (keyof GateState)[];

/** The outputs that are made from them. */
const derivedKeys = [
  "members",
  "failed",
  "inProgress",
  "stuck",
  "missing",
  "unexpected",
] as const satisfies readonly (keyof StateRows)[];

/** What an exported gate shows. */
const smallOutputs: ReadonlySet<string> = new Set([
  ...["id", "urn", "name", "regions", "verdict", "reasons", "counts", "regionStatuses", "decision", "aggregate"],
]);

/**
 * `export const gate = …` makes stack outputs of all own enumerable properties: of rows, of lists of accounts, and of
 * the arguments too. For 10,000 accounts, these are tens of thousands of lines.
 */
function showOnlySmallOutputs(gate: OrganizationConformancePackStatus): void {
  for (const key of Object.keys(gate)) {
    if (!smallOutputs.has(key) && !key.startsWith("__")) Object.defineProperty(gate, key, { enumerable: false });
  }
}

/** Rows are decoded when a program first asks for them; most ask for a verdict alone. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** From JavaScript: what is no object has no arguments to check later. */
function refuseOthers(args: unknown): void {
  const problems = argumentsCheck(args, "args");
  if (problems.length > 0) throw asRunError(new InvalidArgumentsError(problems));
}

/** From JavaScript, or through a cast, a read could slip in and turn the gate off without a word. */
function refuseReads(opts: pulumi.CustomResourceOptions): void {
  const problems = (["id", "import", "urn"] as const)
    .filter((option) => opts[option] !== undefined)
    .map((option) => ({
      property: `opts.${option}`,
      reason: `${pulumi.Output.isInstance(opts[option]) ? "An Output" : quoted(opts[option])} is not allowed: what is read, not managed, is never shown to a policy, so it would gate nothing.`,
    }));
  if (problems.length > 0) throw asRunError(new InvalidArgumentsError(problems));
}

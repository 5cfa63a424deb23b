import * as pulumi from "@pulumi/pulumi";
import { quoted } from "../../core/checks/quoted";
import { InvalidArgumentsError } from "../../core/errors";
import type { GateDecision } from "../../core/gate/decision";
import { type AggregateStatus, worstAggregate } from "../../core/status/aggregateStatus";
import type { RegionStatus } from "../../core/status/judgement";
import type { MemberCounts } from "../../core/status/memberCounts";
import type { MemberStatus } from "../../core/status/memberStatus";
import type { MissingAccount } from "../../core/status/missingAccounts";
import type { AccountOwners } from "../../core/status/accountOwner";
import type { OrganizationalUnit } from "../../core/status/organizationalUnit";
import { argumentsCheck } from "../../core/status/packStatusChecks";
import type { Reason } from "../../core/status/reasons";
import type { UnexpectedMember } from "../../core/status/unexpectedMembers";
import type { Verdict } from "../../core/status/verdict";
import { organizationConformancePackStatusType } from "../../provider/pulumiTokens";
import type { OrganizationConformancePackStatusArgs } from "./organizationConformancePackStatusArgs";
import { providerText } from "./providerText";
import { asRunError } from "./runError";
import { defineRowOutputs, rowProperties } from "./rowOutputs";
import { showOnlySmallOutputs } from "./smallOutputs";
import { warnUnlessJudged } from "./warnUnlessJudged";

/**
 * The options of any custom resource, without those of a read, since no policy sees a resource that is read, so it would
 * gate nothing; without `provider`: `assumeRole` of the arguments, or the provider plugin, is for other credentials; and
 * without `customTimeouts`, which Pulumi hides from a provider of this kind: `waitForSettled` has a `timeoutSeconds`.
 */
export type OrganizationConformancePackStatusOptions = Omit<
  pulumi.CustomResourceOptions,
  "customTimeouts" | "id" | "import" | "provider" | "urn"
>;

/**
 * The status of an organization conformance pack in every member account, as a resource that gates others.
 *
 * ```ts
 * const gate = new OrganizationConformancePackStatus("security-baseline", { name: "security-baseline" });
 * new Service("api", {}, { dependsOn: gate });
 * export const failed = gate.failed;
 * ```
 *
 * The lookup is made in the preview, and again in the update before a dependent changes. The policy pack, or `failOn`,
 * refuses a status that has not passed. Deleting the resource changes nothing at AWS.
 *
 * AWS source: `GetOrganizationConformancePackDetailedStatus`, all pages, and
 * `DescribeOrganizationConformancePackStatuses`. Needs the IAM actions of both names.
 */
export class OrganizationConformancePackStatus extends pulumi.CustomResource {
  /** The organization conformance pack's name. A new name replaces the resource. */
  declare public readonly name: pulumi.Output<string>;
  /** The regions that were asked. Other regions replace the resource. */
  declare public readonly regions: pulumi.Output<string[]>;
  /** The verdict on the whole pack, before exceptions. */
  declare public readonly verdict: pulumi.Output<Verdict>;
  /** The reasons for the verdict, the decisive one first. */
  declare public readonly reasons: pulumi.Output<Reason[]>;
  /** The number of rows for each outcome. */
  declare public readonly counts: pulumi.Output<MemberCounts>;
  /** The counts and AWS's status of the whole pack, for each region. */
  declare public readonly regionStatuses: pulumi.Output<RegionStatus[]>;
  /** The organizational units of the accounts in trouble; undefined unless the lookup read them. */
  declare public readonly organizationalUnits: pulumi.Output<OrganizationalUnit[] | undefined>;
  /** The owners of accounts in trouble; undefined unless the lookup read them (`ownerTag`). */
  declare public readonly accountOwners: pulumi.Output<AccountOwners | undefined>;
  /** The decision after the exceptions of `tolerate`, by which `failOn` goes. */
  declare public readonly decision: pulumi.Output<GateDecision>;
  /** The expected accounts that are not members. */
  declare public readonly missing: pulumi.Output<MissingAccount[]>;
  /** The worst of the regions' aggregates; undefined unless every region gave one. */
  public readonly aggregate: pulumi.Output<AggregateStatus | undefined>;
  /** All rows, sorted by account, then region. */
  declare public readonly members: pulumi.Output<MemberStatus[]>;
  /** The rows that are `*_FAILED`. */
  declare public readonly failed: pulumi.Output<MemberStatus[]>;
  /** The rows that are `*_IN_PROGRESS`. */
  declare public readonly inProgress: pulumi.Output<MemberStatus[]>;
  /** The rows that are `*_IN_PROGRESS` for longer than `stuckAfterMinutes`. */
  declare public readonly stuck: pulumi.Output<MemberStatus[]>;
  /** The rows of accounts that should have none; empty when nothing is expected. */
  declare public readonly unexpected: pulumi.Output<UnexpectedMember[]>;

  /**
   * Looks up an organization conformance pack in every preview and update, before anything that depends on the resource
   * changes.
   *
   * @param name - The resource's name in the stack.
   * @param args - The pack, the exceptions, and the limits of the lookup.
   * @param opts - The options of any custom resource, without `customTimeouts`, `id`, `import`, `provider` and `urn`.
   * @throws `InvalidArgumentsError` when one of these is set.
   */
  public constructor(
    name: string,
    args: OrganizationConformancePackStatusArgs,
    opts: OrganizationConformancePackStatusOptions = {},
  ) {
    refuseOptions(opts);
    refuseOthers(args);
    super(
      organizationConformancePackStatusType,
      name,
      {
        ...args,
        // Only the program knows it: the provider needs it for triggers, and its status file says it.
        previewing: pulumi.runtime.isDryRun(),
        __provider: providerText,
        // The outputs: undefined here, known after the lookup.
        regions: args.regions,
        verdict: undefined,
        reasons: undefined,
        counts: undefined,
        regionStatuses: undefined,
        organizationalUnits: undefined,
        accountOwners: undefined,
        decision: undefined,
        ...rowProperties,
      },
      // A preview's diff shows the failures; lines for thousands of healthy accounts would bury them.
      pulumi.mergeOptions({ hideDiffs: ["lookedUpAt", "packageVersion", "packedMembers"] }, opts),
    );
    this.aggregate = this.regionStatuses.apply(
      // Absent under mocks that do not set them.
      (regions) => (regions as RegionStatus[] | undefined) && worstAggregate(regions).aggregate,
    );
    defineRowOutputs(this);
    warnUnlessJudged(this);
    showOnlySmallOutputs(this);
  }

  /** True if `obj` is an instance of this class, also of another loaded copy of this package. */
  public static override isInstance(obj: unknown): obj is OrganizationConformancePackStatus {
    return (
      pulumi.CustomResource.isInstance(obj) &&
      (obj as { __pulumiType?: unknown }).__pulumiType === organizationConformancePackStatusType
    );
  }
}

/** From JavaScript: an Output, a promise or anything but an object has no arguments that could be checked later. */
function refuseOthers(args: unknown): void {
  const problems = pulumi.Output.isInstance(args)
    ? [{ property: "args", reason: "An Output is not an object with a name. Its values may be Outputs." }]
    : argumentsCheck(args, "args");
  if (problems.length > 0) throw asRunError(new InvalidArgumentsError(problems));
}

/** From JavaScript, or through a cast, options could slip in that turn the gate off silently, or that it can't have. */
function refuseOptions(opts: pulumi.CustomResourceOptions): void {
  const problems = (["id", "import", "urn"] as const)
    .filter((option) => opts[option] !== undefined)
    .map((option) => ({
      property: `opts.${option}`,
      reason: `${pulumi.Output.isInstance(opts[option]) ? "An Output" : quoted(opts[option])} is not allowed: no policy sees a resource that is read, so it would gate nothing.`,
    }));
  if (opts.customTimeouts !== undefined) {
    problems.push({
      property: "opts.customTimeouts",
      reason:
        "It is not allowed: Pulumi does not show it to this resource's provider. Set waitForSettled.timeoutSeconds.",
    });
  }
  if (opts.provider !== undefined) {
    problems.push({
      property: "opts.provider",
      reason:
        "A provider is not allowed: the lookup takes the stack's aws:* settings. For other credentials, use assumeRole, or the provider plugin.",
    });
  }
  if (problems.length > 0) throw asRunError(new InvalidArgumentsError(problems));
}

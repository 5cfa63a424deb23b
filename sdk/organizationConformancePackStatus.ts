import * as pulumi from "@pulumi/pulumi";
import { InvalidArgumentsError } from "../provider/errors";
import type { MemberStatus } from "../provider/memberStatus";
import type { FailOn } from "../provider/packStatusProvider";
import { decodeMembers, type MemberGroup } from "../provider/packStatusState";
import { organizationConformancePackStatusType } from "../provider/resourceType";
import type { MemberCounts, MissingAccount, Reason, Verdict } from "../provider/verdict";
import type { GetOrganizationConformancePackStatusOutputArgs } from "./getOrganizationConformancePackStatus";

/** What {@link OrganizationConformancePackStatus} takes. */
export type OrganizationConformancePackStatusArgs = GetOrganizationConformancePackStatusOutputArgs & {
  /**
   * When the resource itself refuses, for those who run without a policy pack: `never` (the default), `failed`
   * when an account failed, `notPassed` whenever the verdict is not `PASSED`.
   */
  readonly failOn?: pulumi.Input<FailOn>;
};

/**
 * The options of any custom resource but those of a read: what is read is never shown to a policy, so it would gate
 * nothing.
 */
export type OrganizationConformancePackStatusOptions = Omit<pulumi.CustomResourceOptions, "id" | "import" | "urn">;

/**
 * The provider, as text that the engine keeps in state and evaluates in the dynamic provider's process. Written
 * out, not serialized from a closure: it stays the same from version to version, so that an upgrade shows no
 * diff, and a program pays nothing for it.
 */
const provider = 'exports.handler = () => new (require("pulumi-org-conformance/provider").PackStatusProvider)();\n';

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
 * AWS source: `GetOrganizationConformancePackDetailedStatus`, all pages. Needs
 * `config:GetOrganizationConformancePackDetailedStatus`.
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
  /** The expected accounts that are no members. */
  declare public readonly missing: pulumi.Output<MissingAccount[]>;
  /** Every row, sorted by account, then region. */
  public readonly members: pulumi.Output<MemberStatus[]>;
  /** The rows that are `*_FAILED`. */
  public readonly failed: pulumi.Output<MemberStatus[]>;
  /** The rows that are `*_IN_PROGRESS`. */
  public readonly inProgress: pulumi.Output<MemberStatus[]>;
  /** The rows of accounts that are not expected; empty when nothing is expected. */
  public readonly unexpected: pulumi.Output<MemberStatus[]>;

  /** @internal The rows as they cross process borders. */
  declare readonly failedGroups: pulumi.Output<MemberGroup[] | undefined>;
  /** @internal */
  declare readonly otherGroups: pulumi.Output<MemberGroup[] | undefined>;
  /** @internal */
  declare readonly unexpectedRows: pulumi.Output<string[] | undefined>;

  /**
   * @param name - The resource's name in the stack.
   * @param args - The pack, and the limits of the lookup.
   * @param opts - The options of any custom resource, but for `id`, `import` and `urn`.
   * @throws `InvalidArgumentsError` for one of these.
   */
  public constructor(
    name: string,
    args: OrganizationConformancePackStatusArgs,
    opts: OrganizationConformancePackStatusOptions = {},
  ) {
    refuseReads(opts);
    super(
      organizationConformancePackStatusType,
      name,
      {
        ...args,
        __provider: provider,
        // The outputs: undefined here, known after the lookup.
        regions: args.regions,
        verdict: undefined,
        reasons: undefined,
        counts: undefined,
        missing: undefined,
        failedGroups: undefined,
        otherGroups: undefined,
        unexpectedRows: undefined,
      },
      // A preview's diff shows the failures; a line for each of thousands of healthy accounts would bury them.
      pulumi.mergeOptions({ hideDiffs: ["lookedUpAt", "otherGroups"] }, opts),
    );
    const decoded = pulumi
      .all([this.failedGroups, this.otherGroups])
      // Absent only under mocks that do not set them.
      .apply(([failed, others]) => failed && others && decodeMembers([...failed, ...others]));
    const rows = (of: (known: NonNullable<pulumi.Unwrap<typeof decoded>>) => readonly MemberStatus[]) =>
      decoded.apply((known) => known && of(known as never)) as pulumi.Output<MemberStatus[]>;
    this.members = rows(({ members }) => members);
    this.failed = rows(({ failed }) => failed);
    this.inProgress = rows(({ inProgress }) => inProgress);
    this.unexpected = pulumi.all([this.members, this.unexpectedRows]).apply(([members, unexpected]) => {
      const accounts = new Set(unexpected);
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- Absent under such mocks.
      return members?.filter(({ accountId, region }) => accounts.has(`${accountId} ${region}`));
    });
  }

  /** Whether `obj` is one of these, also when several copies of this package are loaded. */
  public static override isInstance(obj: unknown): obj is OrganizationConformancePackStatus {
    return (
      pulumi.CustomResource.isInstance(obj) &&
      (obj as { __pulumiType?: unknown }).__pulumiType === organizationConformancePackStatusType
    );
  }
}

/** From JavaScript, or through a cast, a read could slip in and turn the gate off without a word. */
function refuseReads(opts: pulumi.CustomResourceOptions): void {
  const problems = (["id", "import", "urn"] as const)
    .filter((option) => opts[option] !== undefined)
    .map((option) => ({
      property: `opts.${option}`,
      reason: "It is not allowed: what is read, not managed, is never shown to a policy, so it would gate nothing.",
    }));
  if (problems.length > 0) throw new InvalidArgumentsError(problems);
}

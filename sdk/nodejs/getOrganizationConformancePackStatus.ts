import * as pulumi from "@pulumi/pulumi";
import type { MemberStatus } from "../../core/status/memberStatus";
import type { PackStatus, PackStatusArgs } from "../../core/status/packStatus";
import type { AssumeRole } from "../../core/aws/settings";
import { packNameOf } from "../../core/checks/validation";
import { awsSettings } from "./awsSettings";
import { asRunError } from "./runError";

/** What {@link getOrganizationConformancePackStatus} takes. */
export type GetOrganizationConformancePackStatusArgs = PackStatusArgs;

/** The same, with an Output wherever a value may stand. */
export type Inputs<T> = T extends readonly (infer E)[]
  ? readonly pulumi.Input<Inputs<E>>[]
  : T extends object
    ? {
        // What may be left out may be undefined too, as with every Pulumi resource.
        readonly [K in keyof T]:
          pulumi.Input<Inputs<T[K]>> | (Pick<T, K> extends Required<Pick<T, K>> ? never : undefined);
      }
    : T;

/** `AssumeRole`, with an Output wherever a value may stand: an interface, so that an editor shows its name. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- The same.
export interface AssumeRoleArgs extends Inputs<AssumeRole> {}

/** What {@link getOrganizationConformancePackStatusOutput} takes: the same, with Outputs wherever a value stands. */
export type GetOrganizationConformancePackStatusOutputArgs = Inputs<Omit<PackStatusArgs, "assumeRole">> & {
  /** A role to assume for this lookup, after those of `aws:assumeRoles`. */
  readonly assumeRole?: pulumi.Input<AssumeRoleArgs> | undefined;
};

/** What {@link getOrganizationConformancePackStatus} returns. */
export type GetOrganizationConformancePackStatusResult = PackStatus;

/** How {@link getOrganizationConformancePackStatus} is called. */
export interface GetOrganizationConformancePackStatusOptions {
  /** Stops the lookup, which then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** How {@link getOrganizationConformancePackStatusOutput} is called. */
export interface GetOrganizationConformancePackStatusOutputOptions extends GetOrganizationConformancePackStatusOptions {
  /** Look up after these resources are there. While one of them is only planned, the result is unknown. */
  readonly dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

/** What mocks of `pulumi.runtime.setMocks` see as `args.token`. */
const token = "pulumi-org-conformance:index:getOrganizationConformancePackStatus";

/**
 * Looks up how an organization conformance pack stands in every member account.
 *
 * ```ts
 * const status = await getOrganizationConformancePackStatus({ name: "security-baseline" });
 * if (status.verdict !== "PASSED") throw new pulumi.RunError(status.reasons[0]?.message);
 * ```
 *
 * It reads at every preview and update and keeps nothing in state, so a policy pack does not see it. To gate
 * other resources, use {@link OrganizationConformancePackStatus}.
 *
 * To let failures pass on purpose, give the result to {@link decide}.
 *
 * AWS source: `GetOrganizationConformancePackDetailedStatus`, all pages, and
 * `DescribeOrganizationConformancePackStatuses`. Needs both IAM actions of these names.
 *
 * @throws A subclass of `OrgConformanceError`, one for each cause.
 */
export async function getOrganizationConformancePackStatus(
  args: GetOrganizationConformancePackStatusArgs,
  opts: GetOrganizationConformancePackStatusOptions = {},
): Promise<GetOrganizationConformancePackStatusResult> {
  if (isMocked()) {
    return (await pulumi.runtime.invoke(token, { ...args })) as GetOrganizationConformancePackStatusResult;
  }
  // At the first call: a program that only declares the resource does not pay for loading the AWS SDK.
  const { gatherPackStatus } =
    require("../../core/lookup/gatherPackStatus") as typeof import("../../core/lookup/gatherPackStatus");
  try {
    return await gatherPackStatus(args, { settings: awsSettings(packNameOf(args)), signal: opts.signal });
  } catch (error) {
    throw asRunError(error);
  }
}

/**
 * {@link getOrganizationConformancePackStatus} for arguments that are Outputs. While one of them is unknown, so
 * is the result.
 *
 * ```ts
 * const status = getOrganizationConformancePackStatusOutput({ name: pack.id });
 * export const failedAccounts = status.failed.apply((rows) => rows.map((row) => row.accountId));
 * ```
 *
 * @throws A subclass of `OrgConformanceError`, inside the Output.
 */
export function getOrganizationConformancePackStatusOutput(
  args: GetOrganizationConformancePackStatusOutputArgs,
  { dependsOn, ...opts }: GetOrganizationConformancePackStatusOutputOptions = {},
): pulumi.Output<GetOrganizationConformancePackStatusResult> {
  const dependencies = pulumi
    .output(dependsOn as pulumi.Input<pulumi.Resource | pulumi.Resource[]> | undefined)
    .apply((resources) => Promise.all([resources ?? []].flat().map(whenThere)));
  return pulumi
    .all([pulumi.output(args as pulumi.Input<PackStatusArgs>), dependencies])
    .apply(([known]) => getOrganizationConformancePackStatus(known as PackStatusArgs, opts));
}

/**
 * The rows as their pages arrive, for programs that stream. Nothing is judged, and `timeoutSeconds` has no default.
 *
 * ```ts
 * for await (const row of organizationConformancePackMemberStatuses({ name: "security-baseline" })) { … }
 * ```
 *
 * @throws A subclass of `OrgConformanceError`, one for each cause.
 */
export async function* organizationConformancePackMemberStatuses(
  args: GetOrganizationConformancePackStatusArgs,
  opts: GetOrganizationConformancePackStatusOptions = {},
): AsyncGenerator<MemberStatus, void, undefined> {
  if (isMocked()) {
    // Absent only under mocks that do not set them.
    const { members = [] } = (await getOrganizationConformancePackStatus(args)) as Partial<PackStatus>;
    yield* members;
    return;
  }
  const { streamMemberStatuses } =
    require("../../core/lookup/streamMemberStatuses") as typeof import("../../core/lookup/streamMemberStatuses");
  try {
    yield* streamMemberStatuses(args, { settings: awsSettings(packNameOf(args)), signal: opts.signal });
  } catch (error) {
    throw asRunError(error);
  }
}

/**
 * Known when `resource` is there. One that is only planned has no id yet: what waits for it stays unknown. A component's
 * URN is known before its children are there, so these are waited for, as Pulumi itself does.
 */
async function whenThere(resource: pulumi.Resource): Promise<pulumi.Output<unknown>> {
  if (pulumi.CustomResource.isInstance(resource)) return resource.id;
  const component: ComponentInternals = resource;
  await component.__data;
  const children = [...(component.__childResources ?? [])];
  return pulumi.all([resource.urn, ...(await Promise.all(children.map(whenThere)))]);
}

/** What Pulumi knows of a component's children, without a public name. */
interface ComponentInternals extends pulumi.Resource {
  readonly __data?: Promise<unknown>;
  readonly __childResources?: ReadonlySet<pulumi.Resource>;
}

/**
 * Whether the program runs under `pulumi.runtime.setMocks`: a unit test must not reach AWS. Another copy of Pulumi's SDK
 * may have set the mocks, and its `MockMonitor` is another class; the engine's own monitor has no `mocks`.
 */
function isMocked(): boolean {
  return pulumi.runtime.hasMonitor() && "mocks" in (pulumi.runtime.getMonitor() ?? {});
}

import * as pulumi from "@pulumi/pulumi";
import type { MemberStatus } from "../../core/status/memberStatus";
import type { PackStatus, PackStatusArgs } from "../../core/status/packStatus";
import type { AssumeRole } from "../../core/aws/settings";
import { packNameOf } from "../../core/checks/validation";
import { awsSettings } from "./awsSettings";

/** Arguments of {@link getOrganizationConformancePackStatus}. */
export type GetOrganizationConformancePackStatusArgs = PackStatusArgs;

/** The same type, with each value as an Input. */
export type Inputs<T> = T extends readonly (infer E)[]
  ? readonly pulumi.Input<Inputs<E>>[]
  : T extends object
    ? {
        // What may be left out may be undefined too, as with every Pulumi resource.
        readonly [K in keyof T]:
          pulumi.Input<Inputs<T[K]>> | (Pick<T, K> extends Required<Pick<T, K>> ? never : undefined);
      }
    : T;

/** `AssumeRole`, with each value as an Input. An interface, so that an editor shows its name. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- The same.
export interface AssumeRoleArgs extends Inputs<AssumeRole> {}

/** Arguments of {@link getOrganizationConformancePackStatusOutput}: those of the function, each as an Input. */
export type GetOrganizationConformancePackStatusOutputArgs = Inputs<Omit<PackStatusArgs, "assumeRole">> & {
  /** A role to assume for this lookup, after those of `aws:assumeRoles`. */
  readonly assumeRole?: pulumi.Input<AssumeRoleArgs> | undefined;
};

/** Result of {@link getOrganizationConformancePackStatus}. */
export type GetOrganizationConformancePackStatusResult = PackStatus;

/** Options of {@link getOrganizationConformancePackStatus}. */
export interface GetOrganizationConformancePackStatusOptions {
  /** Stops the lookup, which then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Options of {@link getOrganizationConformancePackStatusOutput}. */
export interface GetOrganizationConformancePackStatusOutputOptions extends GetOrganizationConformancePackStatusOptions {
  /** Looks up after these resources exist. While one of them is only planned, the result is unknown. */
  readonly dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

/** The `args.token` that mocks of `pulumi.runtime.setMocks` get. */
const token = "pulumi-org-conformance:index:getOrganizationConformancePackStatus";

/**
 * Looks up the status of an organization conformance pack in every member account.
 *
 * ```ts
 * const status = await getOrganizationConformancePackStatus({ name: "security-baseline" });
 * if (status.verdict !== "PASSED") throw new pulumi.RunError(status.reasons[0]?.message);
 * ```
 *
 * It looks up in every preview and update and keeps nothing in state, so no policy sees it. To gate other resources, use
 * {@link OrganizationConformancePackStatus}.
 *
 * To apply exceptions, pass the result to {@link decide}.
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
  const { gatherPackStatus } = loadGathering();
  return gatherPackStatus(args, { settings: awsSettings(packNameOf(args)), signal: opts.signal });
}

/**
 * {@link getOrganizationConformancePackStatus} for arguments that are Outputs. While one of them is unknown, the result
 * is unknown too.
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
 * Streams the rows as AWS returns their pages. There is no verdict, and `timeoutSeconds` has no default.
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
  const { streamMemberStatuses } = loadGathering();
  yield* streamMemberStatuses(args, { settings: awsSettings(packNameOf(args)), signal: opts.signal });
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

/** Pulumi's private properties of a component: its children. */
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

/** At the first call: a program that only declares the resource does not pay for loading the AWS SDK. */
function loadGathering(): typeof import("../../core/lookup/gatherPackStatus") {
  return require("../../core/lookup/gatherPackStatus") as typeof import("../../core/lookup/gatherPackStatus");
}

import * as pulumi from "@pulumi/pulumi";
import type { AssumeRole, PackStatusArgs } from "../../core/status/packStatusArgs";
import {
  getOrganizationConformancePackStatus,
  type GetOrganizationConformancePackStatusOptions,
  type GetOrganizationConformancePackStatusResult,
} from "./getOrganizationConformancePackStatus";
import type { Inputs } from "./inputs";

/** {@link AssumeRole}, with an Output allowed in place of each value. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- An interface, so that an editor shows its name.
export interface AssumeRoleArgs extends Inputs<AssumeRole> {}

/**
 * The arguments of {@link getOrganizationConformancePackStatusOutput}: those of
 * {@link getOrganizationConformancePackStatus}, with an Output allowed in place of each value.
 */
export interface GetOrganizationConformancePackStatusOutputArgs extends Inputs<Omit<PackStatusArgs, "assumeRole">> {
  /** A role to assume for this lookup, after those of `aws:assumeRoles`. */
  readonly assumeRole?: pulumi.Input<AssumeRoleArgs> | undefined;
}

/** The options of {@link getOrganizationConformancePackStatusOutput}. */
export interface GetOrganizationConformancePackStatusOutputOptions extends GetOrganizationConformancePackStatusOptions {
  /** The lookup is made when these resources exist. While one of them is only planned, the result is unknown. */
  readonly dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

/**
 * Does the same as {@link getOrganizationConformancePackStatus}, and takes Outputs as arguments. While one of them is
 * unknown, so is the result.
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
 * An Output that is known when `resource` exists. A resource that is only planned has no id yet, so what waits for it
 * stays unknown. A component's URN is known before its children exist, so these are waited for, as Pulumi itself does.
 */
async function whenThere(resource: pulumi.Resource): Promise<pulumi.Output<unknown>> {
  if (pulumi.CustomResource.isInstance(resource)) return resource.id;
  const component: ComponentInternals = resource;
  await component.__data;
  const children = [...(component.__childResources ?? [])];
  return pulumi.all([resource.urn, ...(await Promise.all(children.map(whenThere)))]);
}

/** The properties in which Pulumi keeps a component's children; they have no public names. */
interface ComponentInternals extends pulumi.Resource {
  readonly __data?: Promise<unknown>;
  readonly __childResources?: ReadonlySet<pulumi.Resource>;
}

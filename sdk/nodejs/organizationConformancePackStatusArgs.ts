import type * as pulumi from "@pulumi/pulumi";
import type { GateArgs, WaitForSettled } from "../../core/gate/gateArgs";
import type { Tolerance } from "../../core/gate/tolerance";
import type { GetOrganizationConformancePackStatusOutputArgs } from "./getOrganizationConformancePackStatusOutput";
import type { Inputs } from "./inputs";

// Interfaces, so that an editor shows their names.
/* eslint-disable @typescript-eslint/no-empty-object-type */
/** {@link Tolerance}, with an Output allowed in place of each value. */
export interface ToleranceArgs extends Inputs<Tolerance> {}

/** The time limit of a wait for a pack, and the time between two lookups. */
export interface WaitForSettledArgs extends Inputs<WaitForSettled> {}
/* eslint-enable @typescript-eslint/no-empty-object-type */

/** The arguments of {@link OrganizationConformancePackStatus}. */
export interface OrganizationConformancePackStatusArgs
  extends GetOrganizationConformancePackStatusOutputArgs, Inputs<Pick<GateArgs, "failOn">> {
  /** The exceptions, for `failOn` and for policies that have no `tolerate` of their own. */
  readonly tolerate?: pulumi.Input<ToleranceArgs> | undefined;
  /**
   * Wait in the update until the pack has settled: no row is in progress, no expected account is missing, and AWS's
   * status of the whole pack agrees. For packs that the same update puts. Default `false`.
   */
  readonly waitForSettled?: pulumi.Input<boolean | WaitForSettledArgs> | undefined;
  /**
   * The values that the pack is made of, for example its template. When one of them changes, the update is about to put
   * the pack: the preview does not judge the pack as it is, and the update judges it after the put.
   */
  readonly triggers?: pulumi.Input<readonly pulumi.Input<unknown>[]> | undefined;
}

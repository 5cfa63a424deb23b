import * as pulumi from "@pulumi/pulumi";
import type { PackStatus } from "../../core/status/packStatus";
import type { AwsSettings } from "../../core/aws/settings";
import { isPlainObject } from "../../core/checks/check";
import type { PackStatusArgs } from "../../core/status/packStatusArgs";
import { packNameOf } from "../../core/status/packStatusChecks";
import { type Found, saveLookup } from "../../core/statusFile/saveLookup";
import { quoteUnknown } from "../../provider/unknown";
import { awsSettings } from "./awsSettings";
import { pluginFunction } from "../../provider/pulumiTokens";
import { isMocked } from "./mocks";
import { refuseOutputs } from "./plainArguments";
import { asRunError } from "./runError";

// Interfaces, so that an editor shows their names.
/* eslint-disable @typescript-eslint/no-empty-object-type */
/** The arguments of {@link getOrganizationConformancePackStatus}. */
export interface GetOrganizationConformancePackStatusArgs extends PackStatusArgs {}

/** The result of {@link getOrganizationConformancePackStatus}. */
export interface GetOrganizationConformancePackStatusResult extends PackStatus {}
/* eslint-enable @typescript-eslint/no-empty-object-type */

/** The options of {@link getOrganizationConformancePackStatus}. */
export interface GetOrganizationConformancePackStatusOptions {
  /** Stops the lookup, which then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Looks up the status of an organization conformance pack in every member account.
 *
 * ```ts
 * const status = await getOrganizationConformancePackStatus({ name: "security-baseline" });
 * if (status.verdict !== "PASSED") throw new pulumi.RunError(status.reasons[0]?.message);
 * ```
 *
 * It looks up in every preview and update and keeps nothing in state, so no policy sees the result. To gate other
 * resources, use {@link OrganizationConformancePackStatus}. To apply exceptions, give the result to {@link decide}.
 *
 * AWS source: `GetOrganizationConformancePackDetailedStatus`, all pages, and
 * `DescribeOrganizationConformancePackStatuses`. Needs the IAM actions of both names.
 *
 * @throws A subclass of `OrgConformanceError`, one for each cause.
 */
export async function getOrganizationConformancePackStatus(
  args: GetOrganizationConformancePackStatusArgs,
  opts: GetOrganizationConformancePackStatusOptions = {},
): Promise<GetOrganizationConformancePackStatusResult> {
  if (isMocked()) {
    // Mocks of `pulumi.runtime.setMocks` see the token as `args.token`.
    return (await pulumi.runtime.invoke(pluginFunction, { ...args })) as GetOrganizationConformancePackStatusResult;
  }
  let asked: PackStatusArgs = args;
  let settings: AwsSettings | undefined;
  try {
    refuseOutputs(args, "", "Use getOrganizationConformancePackStatusOutput, which takes Outputs.");
    // At the first call: a program that only declares the resource does not pay for loading the AWS SDK.
    const { gatherPackStatus } =
      require("../../core/lookup/gatherPackStatus") as typeof import("../../core/lookup/gatherPackStatus");
    const { withLookupRegions } =
      require("../../core/lookup/lookupRegions") as typeof import("../../core/lookup/lookupRegions");
    settings = awsSettings(packNameOf(args));
    // A program in JavaScript may give anything: the lookup says what is wrong with it.
    if (isPlainObject(args)) asked = await withLookupRegions(args, settings);
    const status = await gatherPackStatus(asked, { settings, signal: opts.signal });
    save({ status }, asked, settings);
    return quoteUnknown(status);
  } catch (error) {
    save({ error }, asked, settings);
    throw asRunError(error);
  }
}

function save(found: Found, args: PackStatusArgs, settings: AwsSettings | undefined): void {
  const run = { project: pulumi.getProject(), stack: pulumi.getStack(), preview: pulumi.runtime.isDryRun() };
  saveLookup(
    found,
    { by: "function", args: { ...args, name: packNameOf(args) }, settings, lookedUpAt: new Date(), run },
    (sentence) => {
      void pulumi.log.warn(sentence);
    },
  );
}

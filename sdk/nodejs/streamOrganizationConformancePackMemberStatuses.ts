import { type MemberStatusesArgs, refuseArgsOfVerdict } from "../../core/lookup/memberStatusesArgs";
import type { MemberStatus } from "../../core/status/memberStatus";
import type { PackStatus } from "../../core/status/packStatus";
import { packNameOf } from "../../core/status/packStatusChecks";
import { quoteUnknown } from "../../provider/unknown";
import { awsSettings } from "./awsSettings";
import {
  getOrganizationConformancePackStatus,
  type GetOrganizationConformancePackStatusOptions,
} from "./getOrganizationConformancePackStatus";
import { isMocked } from "./mocks";
import { refuseOutputs } from "./plainArguments";
import { asRunError } from "./runError";

// An interface, so that an editor shows its name.
/* eslint-disable @typescript-eslint/no-empty-object-type */
/** The arguments of {@link streamOrganizationConformancePackMemberStatuses}: those that pick rows, and how to read them. */
export interface StreamOrganizationConformancePackMemberStatusesArgs extends MemberStatusesArgs {}
/* eslint-enable @typescript-eslint/no-empty-object-type */

/**
 * Streams the rows as their pages arrive. Nothing is judged, and `timeoutSeconds` has no default.
 *
 * ```ts
 * for await (const row of streamOrganizationConformancePackMemberStatuses({ name: "security-baseline" })) { … }
 * ```
 *
 * @throws A subclass of `OrgConformanceError`, one for each cause.
 */
export async function* streamOrganizationConformancePackMemberStatuses(
  args: StreamOrganizationConformancePackMemberStatusesArgs,
  opts: GetOrganizationConformancePackStatusOptions = {},
): AsyncGenerator<MemberStatus, void, undefined> {
  try {
    refuseOutputs(args, "", "Call the function inside apply().");
    if (isMocked()) {
      refuseArgsOfVerdict(args);
      // Absent only under mocks that do not set them.
      const { members = [] } = (await getOrganizationConformancePackStatus(args)) as Partial<PackStatus>;
      yield* members;
      return;
    }
    const { streamMemberStatuses } =
      require("../../core/lookup/streamMemberStatuses") as typeof import("../../core/lookup/streamMemberStatuses");
    const rows = streamMemberStatuses(args, { settings: awsSettings(packNameOf(args)), signal: opts.signal });
    for await (const row of rows) yield quoteUnknown(row);
  } catch (error) {
    throw asRunError(error);
  }
}

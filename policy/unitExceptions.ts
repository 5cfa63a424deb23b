import { OrgConformanceError } from "../core/errors";
import type { Tolerance } from "../core/gate/tolerance";
import { mergeUnits } from "../core/status/organizationalUnit";
import type { PackStatus } from "../core/status/packStatus";
import type { StatusReading } from "./readStatus";
import { inStackWords } from "./stackConfig";

type Status = Extract<StatusReading, { readonly kind: "status" }>;

/** True if a policy has exceptions for organizational units that a status may need. */
export function needsUnits({ status }: Status, tolerate: Tolerance | undefined): boolean {
  return (tolerate?.organizationalUnits ?? []).length > 0 && status.verdict !== "PASSED";
}

/**
 * The status with the accounts of the units that a policy's own exceptions name. The lookup read only those of the gate's.
 *
 * @param reportViolation - Gets the reason that they can't be read. The exceptions then apply to nothing.
 */
export async function withUnits(
  { lookupArgs, status }: Status,
  tolerate: Tolerance | undefined,
  reportViolation: (message: string) => void,
): Promise<PackStatus> {
  // Loaded only now: a pack without such exceptions does not pay for loading the AWS SDK.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const { readUnits } = require("../core/lookup/readUnits") as typeof import("../core/lookup/readUnits");
  const { stackSettings } = require("./stackSettings") as typeof import("./stackSettings");
  try {
    const ids = (tolerate?.organizationalUnits ?? []).map(({ id }) => id);
    const units = await readUnits(status, ids, lookupArgs, { settings: stackSettings(status.name) });
    return { ...status, organizationalUnits: mergeUnits(status.organizationalUnits ?? [], units) };
  } catch (error) {
    if (!(error instanceof OrgConformanceError)) throw error;
    reportViolation(inStackWords(error.message));
    return status;
  }
}

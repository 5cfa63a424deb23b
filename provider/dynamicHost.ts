import type { readAwsSettings } from "../core/aws/settings";
import type { GateHost } from "./gateHandlers";
import { showLine } from "./hostLog";
import { savingLookups } from "./savingLookups";

/**
 * The surroundings of a call in Pulumi's host of dynamic providers. It knows the project, and not the stack.
 *
 * @param isPreview - Absent where the engine does not say so.
 */
export function dynamicHost({ problems, settings }: ReturnType<typeof readAwsSettings>, isPreview?: boolean): GateHost {
  const { PULUMI_PROJECT: project } = process.env;
  const run = { ...(project && { project }), ...(isPreview !== undefined && { preview: isPreview }) };
  return {
    settings,
    settingsProblems: problems,
    now: () => new Date(),
    log: showLine,
    onLookup: savingLookups(run, settings, showLine),
  };
}

import { ownersWarning } from "../core/status/accountOwner";
import { sanitize } from "../core/text/sanitize";
import { exitCodes } from "../core/statusFile/exitCodes";
import type { FoundStatus } from "../core/statusFile/statusFile";
import { packReasons } from "./packReasons";
import type { RenderOptions } from "./renderOptions";

/** The lines that are about no account: the next steps for such reasons, warnings, remarks, and whom to ask. */
export function* whatElse(file: FoundStatus, { contact }: Pick<RenderOptions, "contact">): Generator<string> {
  const steps = new Set(packReasons(file).flatMap(({ nextStep }) => nextStep ?? []));
  for (const step of steps) yield `Next: ${step}`;
  if (file.exitCode === exitCodes.notSettled) yield "The wait ended before the pack had settled.";
  for (const warning of [...file.decision.warnings, ...ownersWarning(file.accountOwners)])
    yield `Warning: ${sanitize(warning, 1_000)}`;
  for (const remark of file.reasons.filter(({ verdict }) => verdict === "PASSED")) {
    yield `Remark: ${sanitize(remark.message, 1_000)}`;
  }
  if (contact !== undefined && file.decision.verdict !== "PASSED") yield `Ask ${sanitize(contact, 200)}.`;
}

import { CheckFailure } from "@pulumi/pulumi/proto/provider_pb";
import type { Problem } from "../../core/checks/problem";

/** Problems as the engine reports them. */
export function checkFailures(problems: readonly Problem[]): CheckFailure[] {
  return problems.map(({ property, reason }) => new CheckFailure().setProperty(property).setReason(reason));
}

import type { RegionStatus } from "../status/judgement";
import { type Reason, ruleOf } from "../status/reasons";
import { packNextStep } from "./failureNextSteps";

/** The next step for a reason that is not about accounts: of a pack that failed as a whole, by AWS's error code. */
export function reasonNextStep(reason: Reason, regionStatuses: readonly RegionStatus[]): string | undefined {
  const aggregate = regionStatuses.find(({ region }) => region === reason.region)?.aggregate;
  return (reason.code === "aggregateFailed" && aggregate && packNextStep(aggregate)) || ruleOf(reason).nextStep;
}

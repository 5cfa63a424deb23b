import { expiredNextStep, missingNextStep, refusedNextStep } from "./credentialsNextSteps";
import type { CredentialsSource } from "./credentialsSource";
import type { ErrorContext } from "./errorContext";
import { isError } from "./isError";
import { OrgConformanceError } from "./orgConformanceError";
import { packIn, serviceOf } from "./subject";

export interface CredentialsContext extends ErrorContext {
  readonly problem: CredentialsError["problem"];
  /** Where the credentials come from, when that is known. */
  readonly source?: CredentialsSource | undefined;
  /** Regions that accept the same credentials. */
  readonly acceptedIn?: readonly string[] | undefined;
}

/** There are no credentials, or AWS refuses them. */
export class CredentialsError extends OrgConformanceError {
  /** `missing`: no usable ones were found. `expired`: their time is over. `refused`: AWS does not accept them. */
  readonly problem: "missing" | "expired" | "refused";

  constructor(context: CredentialsContext) {
    const { problem } = context;
    super(`${descriptionOf(context)}, for ${packIn(context)}.`, nextStepOf(context), context);
    this.problem = problem;
  }
}

function descriptionOf(context: CredentialsContext): string {
  switch (context.problem) {
    case "missing":
      return "No usable AWS credentials were found";
    case "expired":
      return isAnswered(context)
        ? `${serviceOf(context)} says that the credentials have expired`
        : "The AWS credentials have expired";
    case "refused":
      return `${serviceOf(context)} refuses the credentials`;
  }
}

/** True if a service said so. The SDK can find an expiry without a request. */
function isAnswered(context: CredentialsContext): boolean {
  const code = codeOf(context);
  return code !== undefined && !code.endsWith("ProviderError");
}

function nextStepOf(context: CredentialsContext): string {
  const { acceptedIn, problem, region, source } = context;
  switch (problem) {
    case "missing":
      return missingNextStep(source);
    case "expired":
      return expiredNextStep(source);
    case "refused":
      return refusedNextStep(codeOf(context), region, acceptedIn);
  }
}

function codeOf({ cause }: ErrorContext): string | undefined {
  return isError(cause) ? cause.name : undefined;
}

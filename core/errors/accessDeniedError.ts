import { accessNextStep } from "./accessNextStep";
import type { ErrorContext } from "./errorContext";
import { isError } from "./isError";
import { OrgConformanceError } from "./orgConformanceError";
import { messageOf } from "./plainCause";
import { packIn, serviceOf } from "./subject";

export interface AccessDeniedContext extends ErrorContext {
  /** The IAM action, for example `config:GetOrganizationConformancePackDetailedStatus`. */
  readonly action: string;
  /** All IAM actions that the lookup needs. */
  readonly neededActions?: readonly string[] | undefined;
}

/** AWS denied an action. */
export class AccessDeniedError extends OrgConformanceError {
  /** The IAM action that was denied, for example `config:GetOrganizationConformancePackDetailedStatus`. */
  readonly action: string;

  constructor(context: AccessDeniedContext) {
    const { action, cause, neededActions } = context;
    super(
      `Access denied by ${serviceOf(context)}: ${action}, for ${packIn(context)}.`,
      isError(cause) && cause.name === "OrganizationAccessDeniedException"
        ? "Call from the organization's management account, or from an account that is registered as a delegated administrator for config-multiaccountsetup.amazonaws.com."
        : accessNextStep(action, neededActions, isWordless(cause)),
      context,
    );
    this.action = action;
  }
}

/** True if AWS gave no reason; the SDK then makes up a word. */
function isWordless(cause: unknown): boolean {
  return isError(cause) && /^(unknown(error)?)?$/i.test(messageOf(cause).trim());
}

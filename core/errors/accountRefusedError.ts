import { sanitize } from "../text/sanitize";
import type { ErrorContext } from "./errorContext";
import { OrgConformanceError } from "./orgConformanceError";
import { packIn } from "./subject";

interface AccountRefusedContext extends ErrorContext {
  /** The account that the credentials are of. */
  readonly callerAccountId: string;
  /** The setting that does not allow it. */
  readonly setting: string;
}

/** The credentials are of an account that `aws:allowedAccountIds` or `aws:forbiddenAccountIds` rules out. */
export class AccountRefusedError extends OrgConformanceError {
  /** 12 digits: the account that the credentials are of. */
  readonly callerAccountId: string;

  constructor(context: AccountRefusedContext) {
    const { callerAccountId, setting } = context;
    super(
      `The AWS credentials belong to account ${sanitize(callerAccountId, 80)}, which ${setting} does not allow, for ${packIn(context)}.`,
      `Use credentials of an account that is allowed, or correct ${setting}.`,
      context,
    );
    this.callerAccountId = callerAccountId;
  }
}

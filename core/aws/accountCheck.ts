import type { AwsSettings } from "./settings";

/** The credentials are of an account that the settings do not allow. */
export class RefusedAccount extends Error {
  constructor(
    readonly accountId: string,
    readonly setting: "aws:allowedAccountIds" | "aws:forbiddenAccountIds",
  ) {
    super(`${setting} refuses account ${accountId}.`);
    this.name = "RefusedAccount";
  }
}

/** True if the settings allow or forbid accounts. */
export function restrictsAccount({ allowedAccountIds = [], forbiddenAccountIds = [] }: AwsSettings): boolean {
  return allowedAccountIds.length > 0 || forbiddenAccountIds.length > 0;
}

/** @throws `RefusedAccount` */
export function checkAccount(
  accountId: string,
  { allowedAccountIds = [], forbiddenAccountIds = [] }: AwsSettings,
): void {
  if (forbiddenAccountIds.includes(accountId)) throw new RefusedAccount(accountId, "aws:forbiddenAccountIds");
  if (allowedAccountIds.length > 0 && !allowedAccountIds.includes(accountId)) {
    throw new RefusedAccount(accountId, "aws:allowedAccountIds");
  }
}

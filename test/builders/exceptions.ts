import type { ToleratedAccount, Tolerance } from "../../core/gate/tolerance";
import { account } from "./members";

/** An exception for the account with this number. */
export function except(number: number, others: Partial<ToleratedAccount> = {}): ToleratedAccount {
  return { accountId: account(number), reason: "Legacy.", ...others };
}

/** Exceptions for the accounts with these numbers. */
export function excepting(
  ...numbers: readonly number[]
): Tolerance & { readonly accounts: readonly ToleratedAccount[] } {
  return { accounts: numbers.map((number) => except(number)) };
}

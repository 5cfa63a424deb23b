import type { ToleratedOutage } from "../../core/gate/toleratedOutage";
import type { ToleratedAccount, Tolerance } from "../../core/gate/tolerance";
import { account } from "./members";

/** An exception for the account with this number. */
export function except(number: number, others: Partial<ToleratedAccount> = {}): ToleratedAccount {
  return { accountId: account(number), reason: "Legacy.", ...others };
}

/** Break glass, for so many hours from `now`. */
export function silent(hours: number, now = new Date()): { readonly unanswered: ToleratedOutage } {
  const expires = new Date(now.getTime() + hours * 3_600_000).toISOString();
  return { unanswered: { reason: "Ann decided it.", expires } };
}

/** Exceptions for the accounts with these numbers. */
export function excepting(
  ...numbers: readonly number[]
): Tolerance & { readonly accounts: readonly ToleratedAccount[] } {
  return { accounts: numbers.map((number) => except(number)) };
}

import type { CauseAccount } from "../core/gate/causes";
import type { FoundStatus } from "../core/statusFile/statusFile";
import { isTrouble, placesOf } from "./places";

/** The accounts that are well in each region. */
export function successfulAccounts(file: FoundStatus): readonly Pick<CauseAccount, "accountId" | "accountName">[] {
  const bad = new Set<string>();
  const good = new Map<string, Pick<CauseAccount, "accountId" | "accountName">>();
  for (const { accountId, accountName, outcome } of placesOf(file)) {
    if (outcome === "successful") good.set(accountId, { accountId, ...(accountName !== undefined && { accountName }) });
    else if (isTrouble({ outcome })) bad.add(accountId);
  }
  return [...good.values()].filter(({ accountId }) => !bad.has(accountId));
}

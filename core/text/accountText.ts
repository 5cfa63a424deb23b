import { listItem } from "./listItem";
import { sanitize } from "./sanitize";

/** An account, and what is known of it. */
interface NamedAccount {
  readonly accountId: string;
  readonly accountName?: string | undefined;
  readonly path?: string | undefined;
  readonly owner?: string | undefined;
}

/** `200041000123 (payments-prod, in Workloads/Production, owner team-payments)` */
export function accountText({ accountId, accountName, owner, path }: NamedAccount): string {
  const about = [
    ...(accountName === undefined ? [] : [listItem(accountName, 128)]),
    ...(path === undefined ? [] : [`in ${listItem(path, 200)}`]),
    ...(owner === undefined ? [] : [`owner ${listItem(owner, 128)}`]),
  ];
  return `${sanitize(accountId, 20)}${about.length > 0 ? ` (${about.join(", ")})` : ""}`;
}

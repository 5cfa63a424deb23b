import { code } from "./foreignText";

/** An account, and what is known of it. */
interface NamedAccount {
  readonly accountId: string;
  readonly accountName?: string | undefined;
  readonly owner?: string | undefined;
}

/** The account's id, its name and its owner, each as code. */
export function accountInMarkdown({ accountId, accountName, owner }: NamedAccount, quote = code): string {
  const name = accountName === undefined ? "" : ` ${quote(accountName, 64)}`.trimEnd();
  return `${quote(accountId, 20)}${name}${owner === undefined ? "" : ` (owner ${quote(owner, 64)})`}`;
}

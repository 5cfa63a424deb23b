import type { MemberStatus } from "../status/memberStatus";

const placeholder = "<accountId>";

/**
 * The row's error text with `<accountId>` instead of its own account id, so that one failure in many accounts is
 * one text: AWS names the account's roles and rules. `undefined` when there is nothing to replace.
 */
export function messageTemplate({ accountId, errorMessage }: MemberStatus): string | undefined {
  if (!errorMessage?.includes(accountId) || errorMessage.includes(placeholder)) return undefined;
  return errorMessage.replaceAll(accountId, placeholder);
}

/** The text of one account again. */
export function fillTemplate(template: string, accountId: string): string {
  return template.replaceAll(placeholder, accountId);
}

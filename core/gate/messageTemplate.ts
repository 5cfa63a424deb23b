import type { MemberStatus } from "../status/memberStatus";

const placeholder = "<accountId>";

/**
 * The row's error text with `<accountId>` in the place of its own account id: AWS names the account's roles and rules,
 * and one failure in many accounts should be one text. `undefined` when there is nothing to replace.
 */
export function messageTemplate({ accountId, errorMessage }: MemberStatus): string | undefined {
  if (!errorMessage?.includes(accountId) || errorMessage.includes(placeholder)) return undefined;
  return errorMessage.replaceAll(accountId, placeholder);
}

/** The text of one account again. */
export function fillTemplate(template: string, accountId: string): string {
  return template.replaceAll(placeholder, accountId);
}

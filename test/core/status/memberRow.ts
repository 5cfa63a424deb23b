import type { MemberStatus } from "../../../core/status/memberStatus";

/** The account with this number: `account(7)` is `000000000007`. */
export function account(number: number): string {
  return String(number).padStart(12, "0");
}

/** A healthy row of account 1 in us-east-1, but for `others`. */
export function row(others: Partial<MemberStatus> = {}): MemberStatus {
  return {
    accountId: account(1),
    region: "us-east-1",
    conformancePackName: "OrgConformsPack-baseline-1a2b3c4d",
    status: "CREATE_SUCCESSFUL",
    ...others,
  };
}

/** Rows of the accounts 1, 2, … with these statuses. */
export function rows(...statuses: readonly string[]): MemberStatus[] {
  return statuses.map((status, index) => row({ accountId: account(index + 1), status }));
}

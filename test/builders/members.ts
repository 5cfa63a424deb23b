import type { MemberStatus } from "../../core/status/memberStatus";

/** The account with this number: `account(7)` is `000000000007`. */
export function account(number: number): string {
  return String(number).padStart(12, "0");
}

/** A healthy row of account 1 in us-east-1, except for `others`. */
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

/** The same rows with `others`, for example in another region. */
export function all(members: readonly MemberStatus[], others: Partial<MemberStatus>): MemberStatus[] {
  return members.map((member) => ({ ...member, ...others }));
}

/** `count` failed accounts of `total`. */
export function failing(count: number, total = count): MemberStatus[] {
  return rows(...Array.from({ length: total }, (_, index) => (index < count ? "CREATE_FAILED" : "CREATE_SUCCESSFUL")));
}

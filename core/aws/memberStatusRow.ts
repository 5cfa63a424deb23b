import type { OrganizationConformancePackDetailedStatus } from "@aws-sdk/client-config-service";
import { BadResponseError, type ErrorContext, Failure } from "../errors";
import { latestPast } from "../status/clockSkew";
import type { MemberStatus } from "../status/memberStatus";
import { awsStatus, awsText, awsTime } from "./awsText";

/** A row as AWS promises it. The wire may break the promise, so every field is checked. */
type Row = Readonly<Partial<Record<keyof OrganizationConformancePackDetailedStatus, unknown>>>;

/** The call that a row answers. */
interface RowContext extends ErrorContext {
  readonly region: string;
}

/**
 * The rows of one page.
 *
 * @throws A `Failure` for a row that lacks a field that AWS always sends, or has one of another type.
 */
export function memberStatusRows(rows: readonly unknown[], context: RowContext): MemberStatus[] {
  const latest = latestPast();
  return rows.map((row) => memberStatusOf((row ?? {}) as Row, latest, context));
}

// Made without spreads, and each time written once: there are 10,000 of them, and a page waits for nothing else.
function memberStatusOf(row: Row, latest: string, context: RowContext): MemberStatus {
  const member: { -readonly [Property in keyof MemberStatus]: MemberStatus[Property] } = {
    accountId: requiredText(row, "AccountId", context),
    region: context.region,
    conformancePackName: awsText(requiredText(row, "ConformancePackName", context)) ?? "-",
    status: awsStatus(requiredText(row, "Status", context)),
  };
  if (!/^\d{12}$/.test(member.accountId)) throw badRow("a row's AccountId is not 12 digits", context);
  const errorCode = optionalText(row, "ErrorCode", context);
  if (errorCode !== undefined) member.errorCode = errorCode;
  const errorMessage = optionalText(row, "ErrorMessage", context);
  if (errorMessage !== undefined) member.errorMessage = errorMessage;
  const time = optionalTime(row, context);
  // One in the future is left out: it would make an old row the newest one for ever.
  if (time !== undefined && time <= latest) member.lastUpdateTime = time;
  return member;
}

function requiredText(row: Row, field: "AccountId" | "ConformancePackName" | "Status", context: RowContext): string {
  const value = row[field];
  if (typeof value !== "string" || value === "") throw badRow(`a row has no ${field}`, context);
  return value;
}

function optionalText(row: Row, field: "ErrorCode" | "ErrorMessage", context: RowContext): string | undefined {
  const value = row[field];
  if (value !== undefined && typeof value !== "string") throw badRow(`a row's ${field} is not text`, context);
  return awsText(value);
}

function optionalTime({ LastUpdateTime: time }: Row, context: RowContext): string | undefined {
  const text = awsTime(time);
  if (time !== undefined && text === undefined) throw badRow("a row's LastUpdateTime is not a time", context);
  return text;
}

function badRow(what: string, context: RowContext): Failure {
  return new Failure(BadResponseError, { ...context, what });
}

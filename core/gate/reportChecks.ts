import { type Check, integer } from "../checks/check";
import type { ReportOptions } from "./report";

/** The checks for `ReportOptions`. */
export const reportChecks = {
  maxAccountsShown: integer(1, 10_000),
  maxGroupsShown: integer(1, 1_000),
} satisfies Record<keyof ReportOptions, Check>;

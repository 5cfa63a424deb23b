import { type Check, described, integer } from "../checks/check";
import type { ReportOptions } from "./report";

/** The checks for `ReportOptions`. */
export const reportChecks = {
  maxAccountsShown: described(
    "How many account ids a violation lists for one cause, 1 to 10,000. The others are counted.",
    integer(1, 10_000),
    { default: 20 },
  ),
  maxGroupsShown: described(
    "How many causes a violation lists, 1 to 1,000. The others are counted.",
    integer(1, 1_000),
    { default: 10 },
  ),
} satisfies Record<keyof ReportOptions, Check>;

import { type Check, described, integer, mapOf, text } from "../checks/check";
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
  contact: described(
    "Whom to ask, for example a team's channel. Shown at the end of each violation.",
    text(/^(?=[^]*\S)[^]{1,200}$/u, "a text of 1 to 200 characters", { pattern: "\\S", minLength: 1, maxLength: 200 }),
  ),
  runbookUrl: described(
    "Where your own instructions are. Shown at the end of each violation.",
    text(/^https?:\/\/[^\s]{1,490}$/, "a URL that starts with https:// or http://"),
  ),
  nextSteps: described(
    "Your own next steps, by AWS's error code. Each is shown instead of this package's.",
    mapOf(
      text(/^[\w.-]{1,100}$/, "an error code of AWS"),
      text(/^(?=[^]*\S)[^]{1,500}$/u, "a next step of 1 to 500 characters", {
        pattern: "\\S",
        minLength: 1,
        maxLength: 500,
      }),
      100,
    ),
  ),
} satisfies Record<keyof ReportOptions, Check>;

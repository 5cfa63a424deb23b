import { findProblems, packStatusChecks } from "../../../core/status/packStatusChecks";
import { gateChecks, gateConflicts } from "../../../core/gate/gateChecks";
import { account } from "../../builders/members";

const checks = { ...packStatusChecks, ...gateChecks };

test.each<[args: object, property: string, reason: string]>([
  [{ waitForSettled: "yes" }, "waitForSettled", '"yes" is not an object with timeoutSeconds, pollSeconds.'],
  [{ waitForSettled: 60 }, "waitForSettled", "60 is not an object"],
  [{ waitForSettled: null }, "waitForSettled", "null is not an object"],
  [{ waitForSettled: { timeout: 60 } }, "waitForSettled.timeout", 'Did you mean "timeoutSeconds"?'],
  [
    { waitForSettled: { timeoutSeconds: 0 } },
    "waitForSettled.timeoutSeconds",
    "0 is not a number of seconds above 0, up to 86400.",
  ],
  [{ waitForSettled: { timeoutSeconds: 86_401 } }, "waitForSettled.timeoutSeconds", "86401 is not"],
  [{ waitForSettled: { pollSeconds: 3_601 } }, "waitForSettled.pollSeconds", "above 0, up to 3600."],
  [{ waitForSettled: { pollSeconds: "15" } }, "waitForSettled.pollSeconds", '"15" is not a number of seconds'],
  [
    { tolerate: { accounts: [{ accountId: account(1), reson: "x", reason: "x" }] } },
    "tolerate.accounts[0].reson",
    "reason",
  ],
  [
    { tolerate: { accounts: [{ accountId: account(1) }] } },
    "tolerate.accounts[0].reason",
    "It is required: a reason of 1 to 500 characters.",
  ],
  [{ tolerate: "all" }, "tolerate", '"all" is not an object'],
  [{ triggers: 7 }, "triggers", "7 is not a list."],
  [{ triggers: {} }, "triggers", "is not a list"],
  [{ failOn: "failled" }, "failOn", 'Did you mean "failed"?'],
])("the arguments %j are refused at %s", (args, property, reason) => {
  expect(findProblems({ name: "baseline", ...args }, checks)).toMatchObject([
    { property, reason: expect.stringContaining(reason) as string },
  ]);
});

test.each([
  [{ waitForSettled: true }],
  [{ waitForSettled: {} }],
  [{ waitForSettled: { timeoutSeconds: 86_400, pollSeconds: 0.01 } }],
  [{ triggers: [] }],
  [{ triggers: [{ any: ["thing"] }, 7, null, null] }],
  [{ triggers: "a digest" }],
  [{ failOn: "never", tolerate: { accounts: [{ accountId: account(1), reason: "x" }] } }],
])("the arguments %j are accepted", (args) => {
  expect(findProblems({ name: "baseline", ...args }, checks)).toEqual([]);
});

test.each<[failOn: string | undefined, statuses: readonly string[] | undefined, missing: string | undefined]>([
  ["failed", ["CREATE_SUCCESSFUL"], "add CREATE_FAILED, UPDATE_FAILED, DELETE_FAILED to statuses"],
  ["failed", ["CREATE_FAILED", "DELETE_FAILED"], "add UPDATE_FAILED to statuses"],
  ["failed", ["DELETE_FAILED", "UPDATE_FAILED", "CREATE_FAILED"], undefined],
  ["failed", undefined, undefined],
  ["notPassed", ["CREATE_SUCCESSFUL"], undefined],
  [undefined, ["CREATE_SUCCESSFUL"], undefined],
])("failOn %j with statuses %j is refused if failures are left out", (failOn, statuses, missing) => {
  expect(gateConflicts({ failOn, statuses })).toEqual(
    missing === undefined ? [] : [{ property: "failOn", reason: expect.stringContaining(missing) as string }],
  );
});

import { judge } from "../../../core/status/judge";
import type { MemberStatus } from "../../../core/status/memberStatus";
import { row } from "../../builders/members";
import { inRegions } from "../../builders/packStatus";

const now = new Date("2026-01-01T12:00:00.000Z");

test.each<[stuckAfterMinutes: number | undefined, member: Partial<MemberStatus>, isStuck: boolean]>([
  [30, { lastUpdateTime: "2026-01-01T11:29:59.999Z" }, true],
  [30, { lastUpdateTime: "2026-01-01T11:30:00.000Z" }, false],
  [0.5, { lastUpdateTime: "2026-01-01T11:59:29.999Z" }, true],
  [0.5, { lastUpdateTime: "2026-01-01T11:59:30.000Z" }, false],
  // Clocks may differ by five minutes. A time further in the future tells nothing.
  [30, { lastUpdateTime: "2026-01-01T12:05:00.000Z" }, false],
  [30, { lastUpdateTime: "2026-01-01T12:05:00.001Z" }, true],
  [30, { lastUpdateTime: "9999-01-01T00:00:00.000Z" }, true],
  [undefined, { lastUpdateTime: "9999-01-01T00:00:00.000Z" }, false],
  [undefined, { lastUpdateTime: "2020-01-01T00:00:00.000Z" }, false],
  // AWS gives no time.
  [30, {}, true],
  [30, { status: "CREATE_FAILED", lastUpdateTime: "2020-01-01T00:00:00.000Z" }, false],
  [30, { status: "CREATE_SUCCESSFUL", lastUpdateTime: "2020-01-01T00:00:00.000Z" }, false],
])("with stuckAfterMinutes %p at noon, whether %j is stuck is %p", (stuckAfterMinutes, others, isStuck) => {
  const member = row({ status: "CREATE_IN_PROGRESS", ...others });
  const { reasons, stuck } = judge({ regions: inRegions("us-east-1"), members: [member], stuckAfterMinutes, now });
  expect(stuck).toEqual(isStuck ? [member] : []);
  expect(reasons.some(({ code }) => code === "membersStuck")).toBe(isStuck);
});

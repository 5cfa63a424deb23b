import { decide } from "../../../core/gate/decideChecked";
import { report } from "../../../core/gate/report";
import type { Tolerance } from "../../../core/gate/tolerance";
import type { MemberStatus } from "../../../core/status/memberStatus";
import type { PackStatus } from "../../../core/status/packStatus";
import type { ReasonCode } from "../../../core/status/reasons";
import { notPassed, type Verdict } from "../../../core/status/verdict";
import { account, row } from "../../builders/members";
import { type Others, statusOf } from "../../builders/packStatus";

/** A status, the exceptions for it, and the decision. */
export interface Case {
  readonly what: string;
  readonly status: PackStatus;
  readonly tolerate: Tolerance;
  readonly verdict: Verdict;
  readonly codes?: readonly ReasonCode[];
  /** A part of each sentence of `tolerated`. */
  readonly tolerated?: readonly string[];
  /** A part of each sentence of `warnings`. */
  readonly warnings?: readonly string[];
}

export const now = new Date("2026-03-15T12:00:00.000Z");

/** Before, at and after the time at which the pack is updated. */
export const [before, putAt, after] = [
  "2026-03-15T10:00:00.000Z",
  "2026-03-15T11:00:00.000Z",
  "2026-03-15T11:30:00.000Z",
] as const;

/** The status of the accounts 1, 2, … with these statuses and times, while the pack is updated. */
export function updating(...members: readonly (readonly [status: string, lastUpdateTime: string])[]): PackStatus {
  return statusOf(
    members.map(([status, lastUpdateTime], index) => row({ accountId: account(index + 1), status, lastUpdateTime })),
    { regions: [{ region: "us-east-1", aggregate: { status: "UPDATE_IN_PROGRESS", lastUpdateTime: putAt } }] },
  );
}

export const stuckAfter: Others = { stuckAfterMinutes: 60, now };

/** A row that is in progress for two weeks. */
export function stuckRow(number: number): MemberStatus {
  return row({
    accountId: account(number),
    status: "CREATE_IN_PROGRESS",
    lastUpdateTime: "2026-03-01T00:00:00.000Z",
  });
}

/** A row that has just begun. */
export function newRow(number: number): MemberStatus {
  return { ...stuckRow(number), lastUpdateTime: now.toISOString() };
}

/** Expects the decision of a case, of a copy of its status too, and that the status stays as it is. */
export function expectDecision({ codes = [], status, tolerate, tolerated = [], verdict, warnings = [] }: Case): void {
  const copy = structuredClone(status);
  const decision = decide(status, tolerate, now);
  expect(decision.verdict).toBe(verdict);
  expect(decision.reasons.map(({ code }) => code)).toEqual(codes);
  expect(decision.tolerated).toEqual(tolerated.map((text) => expect.stringContaining(text) as string));
  expect(decision.warnings).toEqual(warnings.map((text) => expect.stringContaining(text) as string));
  expect(status).toEqual(copy);
  // A program may give a copy: the value of an Output, or of a file.
  expect(decide(copy, tolerate, now)).toEqual(decision);
  expect(decision.remaining).toMatchObject({ verdict, counts: copy.counts });
  expect(report(decision.remaining, notPassed) === undefined).toBe(verdict === "PASSED");
}

import type { Lookup } from "../../core/statusFile/makeStatusFile";
import { statusFileOf } from "../../core/statusFile/makeStatusFile";
import type { FoundStatus } from "../../core/statusFile/statusFile";
import type { PackStatus } from "../../core/status/packStatus";

/** The time of the lookup of each built status file. */
const lookedUpAt = new Date("2026-03-15T12:00:00.000Z");

/** A lookup by a gate, except for `others`. */
export function lookup(others: Partial<Lookup> = {}): Lookup {
  return { by: "gate", args: { name: "baseline" }, lookedUpAt, ...others };
}

/** The status file of a status that a gate looked up. */
export function fileOf(status: PackStatus, others: Partial<Lookup> = {}): FoundStatus {
  return statusFileOf(status, lookup(others));
}

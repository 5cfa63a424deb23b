import { outcomeOf } from "../status/detailedStatus";
import type { PackStatus } from "../status/packStatus";
import { type Place, placeKey } from "../status/place";
import { Exceptions } from "./exceptions";
import type { Tolerance } from "./tolerance";

/** The reason that a row in trouble does not keep the gate closed. */
export interface Toleration {
  /**
   * `account`: an exception for the account. `organizationalUnit`: one for a unit that it is in. `limit`:
   * `maxFailedAccounts` or `maxFailedPercent`. `inProgress`: that setting. `wait`: the update waits for the pack, and
   * judges it then.
   */
  readonly by: "account" | "organizationalUnit" | "limit" | "inProgress" | "wait";
  /** The exception's reason. */
  readonly reason?: string;
  /** The exception's last day, UTC, as `YYYY-MM-DD`. */
  readonly expires?: string;
}

/** The rows and the missing accounts in trouble that do not keep the gate closed, by `placeKey`, and what covers each. */
export interface Tolerations {
  readonly members: ReadonlyMap<string, Toleration>;
  readonly missing: ReadonlyMap<string, Toleration>;
}

/**
 * Finds out what covers each row that a decision has left out.
 *
 * @param remaining - The part of the status that `decide` left, with the same `tolerate` and `now`.
 */
export function tolerationsOf(
  status: PackStatus,
  remaining: PackStatus,
  tolerate: Tolerance = {},
  now = new Date(),
): Tolerations {
  const exceptions = new Exceptions(tolerate, status.organizationalUnits, now);
  return {
    members: covered(status.members, remaining.members, exceptions, (member) =>
      outcomeOf(member.status) === "failed" ? "limit" : "inProgress",
    ),
    missing: covered(status.missing, remaining.missing, exceptions, () => "account"),
  };
}

/** @param otherwise - The toleration of a row that no exception covers. */
function covered<T extends Place>(
  all: readonly T[],
  left: readonly T[],
  exceptions: Exceptions,
  otherwise: (place: T) => Toleration["by"],
): ReadonlyMap<string, Toleration> {
  if (all.length === left.length) return new Map();
  const kept = new Set(left.map(placeKey));
  return new Map(
    all
      .filter((place) => !kept.has(placeKey(place)))
      .map((place) => {
        const exception = exceptions.covering(place);
        if (!exception) return [placeKey(place), { by: otherwise(place) }];
        const { expires, reason } = exception;
        const by = "id" in exception ? "organizationalUnit" : "account";
        return [placeKey(place), { by, reason, ...(expires !== undefined && { expires }) }];
      }),
  );
}

import type { Toleration } from "../core/statusFile/statusFile";

/** True if an exception covers a row: one for its account, or for an organizational unit that it is in. */
export function isExcepted(
  tolerated: Toleration | undefined,
): tolerated is Toleration & { readonly by: "account" | "organizationalUnit" } {
  return tolerated?.by === "account" || tolerated?.by === "organizationalUnit";
}

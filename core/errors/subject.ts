import { sanitize } from "../text/sanitize";
import type { ErrorContext } from "./errorContext";

/** The name that stands for all packs that the caller sees. */
export const allPacksName = "*";

/** `pack "baseline" in us-east-1`, `all packs in us-east-1`; without a name, those of a list. */
export function packIn(context: Pick<ErrorContext, "packName" | "region">): string {
  if (context.packName === allPacksName) return `all packs in ${regionOf(context)}`;
  if (context.packName === "") return `the packs in ${regionOf(context)}`;
  return `pack ${quotedPack(context)} in ${regionOf(context)}`;
}

/** `"baseline"` */
export function quotedPack({ packName }: Pick<ErrorContext, "packName">): string {
  return `"${sanitize(packName, 128)}"`;
}

export function regionOf({ region }: Pick<ErrorContext, "region">): string {
  return region === undefined ? "no region" : sanitize(region, 1_000);
}

export function serviceOf({ service = "AWS Config" }: Pick<ErrorContext, "service">): string {
  return service;
}

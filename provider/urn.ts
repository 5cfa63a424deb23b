import type { PulumiRun } from "../core/statusFile/statusFile";

/** The stack and the project of `urn:pulumi:dev::shop::…`. */
export function placeOf(urn: string): PulumiRun {
  const [, stack, project] = /^urn:pulumi:([^:]+)::([^:]+)::/.exec(urn) ?? [];
  return { ...(project !== undefined && { project }), ...(stack !== undefined && { stack }) };
}

/** The type of a resource, without those of its parents; empty in what is not a URN. */
export function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

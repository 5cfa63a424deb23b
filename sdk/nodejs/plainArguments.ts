import * as pulumi from "@pulumi/pulumi";
import { types } from "node:util";
import type { Problem } from "../../core/checks/problem";
import { InvalidArgumentsError } from "../../core/errors";
import { packNameOf } from "../../core/status/packStatusChecks";
import { sanitize } from "../../core/text/sanitize";

const maxShown = 10;

/**
 * Refuses Outputs and promises in arguments that must be known: TypeScript lets them through from JavaScript and casts.
 *
 * @param way - The remedy for an Output.
 * @throws `InvalidArgumentsError` that names each place.
 */
export function refuseOutputs(args: unknown, property: string, way: string): void {
  const problems = placesOf(args, property).map(({ at, isOutput }): Problem => ({
    property: at === "" ? "args" : at,
    reason: isOutput ? `An Output is not a known value. ${way}` : "A Promise is not a known value. Await it.",
  }));
  if (problems.length > 0) throw new InvalidArgumentsError(problems.slice(0, maxShown), packNameOf(args));
}

interface Place {
  readonly at: string;
  readonly isOutput: boolean;
}

function placesOf(value: unknown, at: string, parents: readonly unknown[] = []): readonly Place[] {
  if (typeof value !== "object" || value === null || parents.includes(value)) return [];
  const isOutput = pulumi.Output.isInstance(value);
  if (isOutput || types.isPromise(value)) return [{ at, isOutput }];
  return Object.entries(value).flatMap(([key, entry]) => {
    const below = Array.isArray(value) ? `${at}[${key}]` : `${at === "" ? "" : `${at}.`}${sanitize(key, 80)}`;
    return placesOf(entry, below, [...parents, value]);
  });
}

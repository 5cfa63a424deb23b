import { isOfThisRun } from "./freshness";
import { JudgedResources } from "./judgedResources";
import { Notices } from "./notices";
import { type ReadableResource, readStatus, type StatusReading } from "./readStatus";
import type { Check } from "../core/checks/check";

/**
 * The run that the policies of one pack share. A pack's process lives for one preview or one update, so this is what the
 * run has seen so far.
 */
export class PolicyRun {
  readonly judged = new JudgedResources();
  readonly notices = new Notices();
  /** The problems of the required packs; absent until they are looked up. */
  requiredPacks: Promise<readonly string[]> | undefined;
  readonly #readings = new Map<string, StatusReading>();
  readonly #accepted = new Map<Check, WeakSet<object>>();

  /** The status of a resource, decoded and checked once, whichever policies ask. */
  read(resource: ReadableResource): StatusReading {
    return readStatus(resource, { isPreviewOf, known: this.#readings });
  }

  /**
   * Refuses a configuration with a mistake in it: such a gate stays closed. A policy is called for each resource of a
   * stack, and checks once.
   *
   * @throws An error that names each key.
   */
  refuseMistakes(config: object, check: Check, policyName: string): void {
    const accepted = this.#accepted.get(check) ?? new WeakSet();
    if (accepted.has(config)) return;
    const problems = check(config, policyName);
    if (problems.length > 0) throw new ConfigurationError(problems);
    this.#accepted.set(check, accepted.add(config));
  }
}

/** True in a preview, also in that of an update. */
export function isPreview(): boolean {
  const pulumi = require("@pulumi/pulumi") as typeof import("@pulumi/pulumi");
  return pulumi.runtime.isDryRun();
}

function isPreviewOf(lookedUpAt: Date): boolean {
  return isPreview() && isOfThisRun(lookedUpAt);
}

/** A mistake in the configuration of a policy. */
class ConfigurationError extends Error {
  constructor(problems: readonly { readonly property: string; readonly reason: string }[]) {
    super(
      [
        "The policy's configuration is not valid.",
        ...problems.map(({ property, reason }) => `${property}: ${reason}`),
      ].join("\n"),
    );
    // The policy SDK prints the stack, and for a mistake of a user's there is nothing in it.
    this.stack = this.message;
  }
}

import { isPlainObject } from "../../core/checks/check";
import { quoted } from "../../core/checks/quoted";
import type { Problem } from "../../core/checks/problem";

/** The levels of the Pulumi CLI. */
export const enforcementLevels = ["advisory", "mandatory", "remediate", "disabled"] as const;

/** A file for `--policy-pack-config`, in its parts: as they are written, right or wrong. */
export interface ConfigFile {
  /** The configuration of the policies, by name, and `all`. */
  readonly policies: Readonly<Record<string, unknown>>;
  /** The path of `policies`, with a dot: empty in a file without a version. */
  readonly prefix: string;
  /** Pulumi's own exceptions, in version 2. */
  readonly exceptions?: unknown;
  readonly problems: readonly Problem[];
}

const keysOfVersion2 = ["version", "$schema", "environments", "policies", "exceptions"];

/**
 * Takes a file apart as the Pulumi CLI does: pulumi/pulumi, pkg/resource/analyzer/config.go. A number at `version` makes it a
 * versioned file, which newer CLIs take.
 */
export function configFileOf(value: unknown): ConfigFile {
  if (!isPlainObject(value)) {
    return { policies: {}, prefix: "", problems: [{ property: "", reason: `${quoted(value)} is not an object.` }] };
  }
  if (typeof value.version !== "number") {
    const { environments, ...policies } = value;
    return { policies, prefix: "", problems: environmentProblems(environments) };
  }
  const policies = value.policies ?? {};
  return {
    policies: isPlainObject(policies) ? policies : {},
    prefix: "policies.",
    exceptions: value.exceptions,
    problems: [
      ...(value.version === 2
        ? []
        : [{ property: "version", reason: `${String(value.version)} is not 2, the only version that Pulumi knows.` }]),
      ...(isPlainObject(policies) ? [] : [{ property: "policies", reason: `${quoted(policies)} is not an object.` }]),
      ...environmentProblems(value.environments),
      ...Object.keys(value)
        .filter((key) => !keysOfVersion2.includes(key))
        .map((property) => ({ property, reason: `It is ignored. In version 2, policies are under "policies".` })),
    ],
  };
}

function environmentProblems(value: unknown): Problem[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [{ property: "environments", reason: `${quoted(value)} is not a list of texts.` }];
  return value.flatMap((entry: unknown, index) =>
    typeof entry === "string"
      ? []
      : [{ property: `environments[${String(index)}]`, reason: `${quoted(entry)} is not a text.` }],
  );
}

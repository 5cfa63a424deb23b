import { isPlainObject, oneOf } from "../../core/checks/check";
import { nearest } from "../../core/checks/didYouMean";
import type { Problem } from "../../core/checks/problem";
import { quoted } from "../../core/checks/quoted";
import { requiredPacksName, type RequiredPack } from "../../core/gate/requiredPacks";
import type { Tolerance } from "../../core/gate/tolerance";
import { sanitize } from "../../core/text/sanitize";
import { policyPrefix } from "../../policy/policyNames";
import { settingsChecks } from "../../policy/settingsChecks";
import { configFileOf, enforcementLevels } from "./configFile";
import { readConfigText } from "./configText";
import { exceptionFindings } from "./exceptionFindings";
import type { Finding } from "./finding";
import { packsInAll, packsTwice } from "./packsTwice";
import { type PulumiException, pulumiExceptionsIn } from "./pulumiExceptions";

const levelCheck = oneOf(enforcementLevels);

/**
 * Finds what is wrong in a file for `--policy-pack-config`, also what the Pulumi CLI would drop without a word.
 *
 * @param now - Exceptions expire by it.
 * @param ownPolicies - The names of other policies in the pack.
 */
export function checkConfig(text: string, now: Date, ownPolicies: readonly string[] = []): Finding[] {
  const { findings, lineOf, value } = readConfigText(text);
  if (value === undefined) return [...findings];
  const { exceptions, policies, prefix, problems } = configFileOf(value);
  const found = [
    ...problems.map(asError),
    ...pulumiExceptionsIn(exceptions).map(pulumiExceptionFinding),
    ...Object.entries(policies)
      .filter(([name]) => !ownPolicies.includes(name))
      .flatMap(([name, config]) => policyFindings(name, config, now))
      .map((finding) => ({
        ...finding,
        property: `${prefix}${finding.property}`,
      })),
  ];
  return [...findings, ...found.map((finding) => ({ ...finding, line: lineOf(finding.property) }))].sort(
    (a, b) => a.line - b.line,
  );
}

type Unplaced = Omit<Finding, "line">;

function asError({ property, reason }: Problem): Unplaced {
  return { severity: "error", property, message: reason };
}

function pulumiExceptionFinding({ id, policies }: PulumiException): Unplaced {
  return {
    severity: "warning",
    property: `exceptions.${sanitize(id, 100)}`,
    message: `Pulumi lets every violation of ${policies.join(", ")} pass where this matches, without a last day, and no report of this package shows it. Use tolerate instead.`,
  };
}

function policyFindings(name: string, config: unknown, now: Date): Unplaced[] {
  const property = sanitize(name, 100);
  const check = Object.hasOwn(settingsChecks, name) ? settingsChecks[name] : undefined;
  if (!check && name !== "all") {
    return [unknownPolicy(name, property)];
  }
  if (typeof config === "string") return levelCheck(config, property).map(asError);
  if (!isPlainObject(config)) {
    return [asError({ property, reason: `${quoted(config)} is neither a level nor an object with settings.` })];
  }
  const { enforcementLevel, ...settings } = config;
  const level = enforcementLevel === undefined ? [] : levelCheck(enforcementLevel, `${property}.enforcementLevel`);
  const mistakes = check ? check(settings, property) : settingsOfAll(settings, enforcementLevel);
  // What is not valid can't be read on.
  if (mistakes.length > 0) return [...level, ...mistakes].map(asError);
  return [...level.map(asError), ...settingsFindings(name, settings, now)];
}

/** The Pulumi CLI drops settings of `all`; without a level, it refuses them. */
function settingsOfAll(settings: object, level: unknown): Problem[] {
  const keys = Object.keys(settings);
  if (keys.length === 0 && level === undefined) return [{ property: "all", reason: "It has no enforcementLevel." }];
  return keys.map((key) => ({
    property: `all.${sanitize(key, 80)}`,
    reason: "It is ignored: only a level can be set for all policies. Set it for each policy.",
  }));
}

/** A name like those of this package is a mistake; any other may be that of a policy of your own. */
function unknownPolicy(name: string, property: string): Unplaced {
  // Names are long and begin alike, so what follows is compared.
  const byEnding = new Map(
    [...Object.keys(settingsChecks), "all"].map((full) => [full.replace(policyPrefix, ""), full]),
  );
  const meant = byEnding.get(nearest(name.replace(policyPrefix, ""), [...byEnding.keys()]) ?? "");
  if (meant !== undefined) {
    const reason = `There is no such policy, and Pulumi ignores it. Did you mean "${meant}"?`;
    return asError({ property, reason });
  }
  const names = [...byEnding.values()].join(", ");
  if (name.startsWith(policyPrefix)) {
    return asError({ property, reason: `There is no such policy, and Pulumi ignores it. There are: ${names}.` });
  }
  return {
    severity: "warning",
    property,
    message:
      "This package has no such policy. If your pack has it, name it with --own-policy; otherwise Pulumi ignores it.",
  };
}

function settingsFindings(name: string, settings: Readonly<Record<string, unknown>>, now: Date): Unplaced[] {
  if (name !== requiredPacksName) return toleranceFindings(settings.tolerate as Tolerance | undefined, name, now);
  const packs = (settings.packs ?? []) as readonly RequiredPack[];
  return [
    ...packsTwice(packs, name),
    ...packsInAll(packs, name),
    ...packs.flatMap(({ tolerate }, index) => toleranceFindings(tolerate, `${name}.packs[${String(index)}]`, now)),
  ];
}

function toleranceFindings(tolerate: Tolerance | undefined, property: string, now: Date): Unplaced[] {
  return tolerate ? exceptionFindings(tolerate, `${property}.tolerate`, now) : [];
}

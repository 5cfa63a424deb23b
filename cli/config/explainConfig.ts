import { isPlainObject } from "../../core/checks/check";
import { allPacksName } from "../../core/errors";
import { type RequiredPack, requiredPacksName } from "../../core/gate/requiredPacks";
import { isExpired } from "../../core/gate/expiry";
import { isInForce } from "../../core/gate/toleratedOutage";
import type { Tolerance, ToleratedAccount, ToleratedUnit } from "../../core/gate/tolerance";
import { plural } from "../../core/text/plural";
import { sanitize } from "../../core/text/sanitize";
import { shortList } from "../../core/text/shortList";
import { createPolicies } from "../../policy/policies";
import { policyNames } from "../../policy/policyNames";
import { configFileOf } from "./configFile";
import { readConfigText } from "./configText";
import { pulumiExceptionsIn } from "./pulumiExceptions";

/**
 * Says in words what a file for `--policy-pack-config` gates. The file must be valid: `checkConfig` finds no error in it.
 *
 * @param now - The time by which exceptions expire.
 */
export function explainConfig(text: string, now: Date): string {
  const { exceptions, policies } = configFileOf(readConfigText(text).value);
  const levelOf = levelsIn(policies);
  const settingsOf = (name: string): Readonly<Record<string, unknown>> =>
    isPlainObject(policies[name]) ? policies[name] : {};
  const packs = (settingsOf(requiredPacksName).packs ?? []) as readonly RequiredPack[];
  return [
    ...requiredLines(packs, levelOf(requiredPacksName), now),
    ...gateLines(levelOf, (name) => settingsOf(name).tolerate as Tolerance | undefined, now),
    ...pulumiExceptionsIn(exceptions).map(
      ({ id, policies: names }) =>
        `Nothing of this holds where Pulumi's own exception ${sanitize(id, 100)} matches: violations of ${names.join(", ")} pass there.`,
    ),
  ].join("\n");
}

type Level = "blocks" | "reports" | "off";

function levelsIn(policies: Readonly<Record<string, unknown>>): (name: string) => Level {
  const own = (name: string): unknown => {
    const config = policies[name];
    return isPlainObject(config) ? config.enforcementLevel : config;
  };
  const defaults = new Map(createPolicies().policies.map((policy) => [policy.name, policy.enforcementLevel]));
  return (name) => {
    const level = own(name) ?? own("all") ?? defaults.get(name);
    return level === "disabled" ? "off" : level === "advisory" ? "reports" : "blocks";
  };
}

const effects: Readonly<Record<Level, string>> = {
  blocks: "Unless each has passed, previews fail, and updates stop before anything changes.",
  reports: "Previews and updates report those that have not passed, and go on.",
  off: "The policy is disabled: they are not looked up.",
};

function* requiredLines(packs: readonly RequiredPack[], level: Level, now: Date): Generator<string> {
  if (packs.length === 0) {
    yield "Required packs: none. Programs without a gate are not gated.";
    return;
  }
  yield `Required packs, for every program: ${String(packs.length)}. ${effects[level]}`;
  if (level === "off") return;
  for (const pack of packs) yield* packLines(pack, now);
}

function* packLines(pack: RequiredPack, now: Date): Generator<string> {
  const {
    accountIds,
    assumeRole,
    detail,
    excludedAccounts = [],
    expectedAccounts,
    name,
    ownerTag,
    stuckAfterMinutes,
  } = pack;
  const subject = name === allPacksName ? allPacksIn(pack) : `"${name}" in`;
  yield `  ${subject} ${placesOf(pack.regions)}${assumeRole ? `, looked up with ${assumeRole.roleArn}` : ""}`;
  const without = excludedAccounts.length === 0 ? "" : `, except ${listed(excludedAccounts)}`;
  if (accountIds) yield `    Only ${plural(accountIds.length, "account")} of it: ${listed(accountIds)}.`;
  else if (expectedAccounts === "organization") {
    yield `    Every active account of the organization must be a member${without}.`;
  } else if (expectedAccounts && "organizationalUnits" in expectedAccounts) {
    const { organizationalUnits, recursive = true } = expectedAccounts;
    const inside = recursive ? " and of units inside them" : "";
    yield `    Every active account of the organizational units ${listed(organizationalUnits)}${inside} must be a member${without}.`;
  } else if (expectedAccounts) {
    yield `    These must be members: ${listed(expectedAccounts)}.`;
  } else yield "    An account that the pack never reached is not missed: expectedAccounts is not set.";
  if (detail === "unsuccessful")
    yield "    Only failed and unfinished rows are read; AWS's status of the pack stands for the others.";
  if (pack.aggregate === false) yield "    AWS's status of the pack is not judged.";
  if (stuckAfterMinutes !== undefined) {
    yield `    An account that is in progress for more than ${String(stuckAfterMinutes)} minutes is stuck, and does not pass.`;
  }
  if (ownerTag !== undefined) {
    yield `    Reports name the owners of accounts in trouble, by their tag "${sanitize(ownerTag, 128)}".`;
  }
  yield* toleranceLines(pack.tolerate, now);
}

function allPacksIn({ except = [] }: RequiredPack): string {
  return `All packs that the caller sees${except.length === 0 ? "" : `, except ${listed(except)},`} in`;
}

function placesOf(regions: readonly string[] | undefined): string {
  return regions ? listed(regions) : "the region of the stack that is deployed (aws:region)";
}

function* toleranceLines(tolerate: Tolerance = {}, now: Date): Generator<string> {
  const { accounts = [], inProgress, maxFailedAccounts, maxFailedPercent, noSuchPack, unanswered } = tolerate;
  const limits = [
    ...(maxFailedAccounts === undefined ? [] : [plural(maxFailedAccounts, "account")]),
    ...(maxFailedPercent === undefined ? [] : [`${String(maxFailedPercent)} % of the accounts`]),
  ];
  if (limits.length > 0) yield `    Up to ${limits.join(", and up to ")} may have failed.`;
  if (inProgress === "allow" || inProgress === "warn") {
    yield `    While it is in progress, it passes${inProgress === "warn" ? " with a warning" : ""}.`;
  }
  if (noSuchPack === "allow" || noSuchPack === "warn") {
    yield `    Where there is no such pack, it passes${noSuchPack === "warn" ? " with a warning" : ""}: a misspelled name, too.`;
  }
  if (unanswered && !isInForce(unanswered, now)) {
    yield `    No longer: a region that AWS does not answer for passed until ${unanswered.expires}: ${sanitize(unanswered.reason, 500)}`;
  } else if (unanswered) {
    yield `    Until ${unanswered.expires}, a region that AWS does not answer for passes: ${sanitize(unanswered.reason, 500)}`;
  }
  for (const account of accounts) yield `    ${exceptionLine(account.accountId, account, now)}`;
  for (const unit of tolerate.organizationalUnits ?? []) {
    yield `    ${exceptionLine(`organizational unit ${unit.id}`, unit, now)}`;
  }
}

function exceptionLine(subject: string, exception: ToleratedAccount | ToleratedUnit, now: Date): string {
  const { expires, reason, regions } = exception;
  const where = regions ? ` in ${listed(regions)}` : "";
  if (isExpired(expires, now)) {
    return `No longer excepted: ${subject}${where}, since its last day, ${expires ?? ""}: ${sanitize(reason, 500)}`;
  }
  const until = expires === undefined ? ", without a last day" : ` until ${expires}`;
  return `Excepted: ${subject}${where}${until}: ${sanitize(reason, 500)}`;
}

function listed(names: readonly string[]): string {
  return shortList(names, 10);
}

/** The policies over gates, with what violates them. */
const gatePolicies = [
  [policyNames.memberFailed, "has failed"],
  [policyNames.incomplete, "is incomplete"],
  [policyNames.inProgress, "is in progress"],
] as const;

function* gateLines(
  levelOf: (name: string) => Level,
  toleranceOf: (name: string) => Tolerance | undefined,
  now: Date,
): Generator<string> {
  const which = (level: Level): string =>
    gatePolicies.flatMap(([name, when]) => (levelOf(name) === level ? [when] : [])).join(" or ");
  yield "Gates in programs (OrganizationConformancePackStatus):";
  if (which("blocks") !== "") yield `  What depends on a gate is blocked if its pack ${which("blocks")}.`;
  if (which("reports") !== "") yield `  It is only reported if a pack ${which("reports")}.`;
  if (which("off") !== "") yield `  Not judged before a change: whether a pack ${which("off")}.`;
  const atTheEnd = levelOf(policyNames.settled);
  if (atTheEnd === "off") yield "  What could not be judged before is not judged at the end of the run either.";
  const names = [...gatePolicies.map(([name]) => name), policyNames.settled];
  const replaced = names.filter((name) => toleranceOf(name) !== undefined);
  if (replaced.length === 0) yield "  Each gate's own exceptions apply.";
  for (const name of replaced) {
    const own = toleranceOf(name) ?? {};
    const lines = [...toleranceLines(own, now)];
    yield `  For ${name}, these exceptions apply instead of the gate's own:${lines.length === 0 ? " none." : ""}`;
    yield* lines;
  }
}

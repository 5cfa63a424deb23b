import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { argumentsCheck, findProblems, packStatusChecks } from "../core/status/packStatusChecks";
import { either, list, record } from "../core/checks/check";
import type { Problem } from "../core/checks/problem";
import { OrgConformanceError } from "../core/errors";
import { decide } from "../core/gate/decide";
import { decideListing } from "../core/gate/decideListing";
import { report, type ReportOptions } from "../core/gate/report";
import { lookupFor, type Tolerance } from "../core/gate/tolerance";
import { toleranceCheck } from "../core/gate/toleranceCheck";
import type { GatherOptions } from "../core/lookup/gatherOptions";
import type { AllPacks, AllPacksArgs } from "../core/lookup/lookUpAllPacks";
import type { PackStatus } from "../core/status/packStatus";
import type { PackStatusArgs } from "../core/status/packStatusArgs";
import { notPassed } from "../core/status/verdict";
import type { PolicyRun } from "./policyRun";
import { reportChecks, reportSettings } from "./policySettings";

/** A pack that must have passed, whatever the program declares; or, with the name `*`, all packs but those of `except`. */
type RequiredPack = PackStatusArgs & Pick<AllPacksArgs, "except"> & { readonly tolerate?: Tolerance };

interface RequiredPacksSettings extends ReportOptions {
  readonly packs?: readonly RequiredPack[];
}

export const requiredPacksName = "organization-conformance-pack-required-packs";

const requiredPackChecks = {
  // A lookup that leaves out statuses never passes.
  ...Object.fromEntries(Object.entries(packStatusChecks).filter(([key]) => key !== "statuses")),
  name: either(
    (value) => value === "*",
    () => [],
    packStatusChecks.name,
  ),
  except: list(packStatusChecks.name, 1_000),
  tolerate: toleranceCheck,
};
const check = record({ ...reportChecks, packs: list(requiredPack, 100) });

/**
 * Looks up the packs that its configuration names, so that it gates programs that do not use this package. Off until
 * `packs` is configured.
 *
 * In a preview it judges at the end, as a stack policy, so that the whole plan is shown. In an update, where the end is
 * too late, it judges at the first resource, before anything is changed; once a run in either case.
 */
export function requiredPacksPolicy(run: PolicyRun): ResourceValidationPolicy & StackValidationPolicy {
  const judgeOnce = async (
    settings: RequiredPacksSettings,
    reportViolation: (message: string) => void,
  ): Promise<void> => {
    run.refuseMistakes(settings, check, requiredPacksName);
    const { packs = [], ...limits } = settings;
    if (packs.length === 0) return;
    // The engine may ask for the next resource while the lookups run: that one waits for them too.
    const isFirst = run.requiredPacks === undefined;
    run.requiredPacks ??= Promise.all(packs.map((pack) => violationsOf(run, pack, limits))).then((each) => each.flat());
    for (const message of await run.requiredPacks) if (isFirst) reportViolation(message);
  };
  return {
    name: requiredPacksName,
    displayName: "Organization conformance pack: required packs",
    description: "Checks that the organization conformance packs named in the policy's configuration have passed.",
    enforcementLevel: "mandatory",
    configSchema: {
      properties: {
        ...reportSettings,
        packs: {
          description: `The packs to look up, 1 to 100: a list of objects with ${Object.keys(requiredPackChecks).join(", ")}. All but tolerate and except are the arguments of getOrganizationConformancePackStatus. The name "*" stands for all packs that the caller sees, without those that except names.`,
        },
      },
    },
    validateResource: async (args, reportViolation) => {
      if (!isPreview()) await judgeOnce(args.getConfig<RequiredPacksSettings>(), reportViolation);
    },
    validateStack: (args, reportViolation) => judgeOnce(args.getConfig<RequiredPacksSettings>(), reportViolation),
  };
}

function isPreview(): boolean {
  const pulumi = require("@pulumi/pulumi") as typeof import("@pulumi/pulumi");
  return pulumi.runtime.isDryRun();
}

/** Why the packs of one entry have not passed, for a person; empty when they have. */
async function violationsOf(run: PolicyRun, pack: RequiredPack, limits: ReportOptions): Promise<string[]> {
  try {
    if (pack.name === "*") return await violationsOfAll(run, pack, limits);
    const { tolerate, ...args } = pack;
    return violationsIn(run, await lookUp(args, tolerate), tolerate, limits);
  } catch (error) {
    // What can't be looked up has not passed.
    if (error instanceof OrgConformanceError) return [error.message];
    throw error;
  }
}

async function violationsOfAll(
  run: PolicyRun,
  { name, tolerate, ...args }: RequiredPack,
  limits: ReportOptions,
): Promise<string[]> {
  const { packs, problems, unusedExcept } = await lookUpAll(args, name, tolerate);
  const listing = decideListing(problems, tolerate);
  run.notices.remember("", [
    ...listing.notices.map((sentence) => `All required packs: ${sentence}`),
    ...unusedExcept.map(
      (unused) => `All required packs: there is no pack "${unused}" to except. Remove it from except.`,
    ),
  ]);
  return [
    ...listing.problems.map(({ message, nextStep }) => `${message}\nNext: ${nextStep}`),
    ...packs.flatMap(({ outcome }) =>
      outcome instanceof OrgConformanceError ? [outcome.message] : violationsIn(run, outcome, tolerate, limits),
    ),
  ];
}

function violationsIn(
  run: PolicyRun,
  status: PackStatus,
  tolerate: Tolerance | undefined,
  limits: ReportOptions,
): string[] {
  const { tolerated, remaining, warnings } = decide(status, tolerate);
  run.notices.remember(
    "",
    [...tolerated, ...warnings].map((sentence) => `Required pack "${status.name}": ${sentence}`),
  );
  const message = report(remaining, notPassed, limits);
  return message === undefined ? [] : [message];
}

function requiredPack(value: unknown, property: string): Problem[] {
  const problems = argumentsCheck(value, property);
  if (problems.length > 0) return problems;
  const { except, name } = value as Partial<RequiredPack>;
  return [
    ...findProblems(value, requiredPackChecks),
    ...(except !== undefined && name !== "*"
      ? [{ property: "except", reason: 'It goes with the name "*" only, which stands for all packs.' }]
      : []),
  ].map((problem) => ({ property: `${property}.${problem.property}`, reason: problem.reason }));
}

function lookUp(args: PackStatusArgs, tolerate: Tolerance | undefined): Promise<PackStatus> {
  const { gatherPackStatus } =
    require("../core/lookup/gatherPackStatus") as typeof import("../core/lookup/gatherPackStatus");
  return gatherPackStatus(args, optionsFor(args.name, tolerate));
}

function lookUpAll(args: AllPacksArgs, name: string, tolerate: Tolerance | undefined): Promise<AllPacks> {
  const { lookUpAllPacks } = require("../core/lookup/lookUpAllPacks") as typeof import("../core/lookup/lookUpAllPacks");
  return lookUpAllPacks(args, optionsFor(name, tolerate));
}

/** Loaded only now, as are the lookups: a pack without this configuration does not pay for loading the AWS SDK. */
function optionsFor(name: string, tolerate: Tolerance | undefined): GatherOptions {
  // The SDK's advice to upgrade Node.js would stand among the violations.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const { awsSettings } = require("../sdk/nodejs/awsSettings") as typeof import("../sdk/nodejs/awsSettings");
  return { settings: awsSettings(name), ...lookupFor(tolerate) };
}

import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { OrgConformanceError } from "../core/errors/errors";
import type { PackStatus, PackStatusArgs } from "../core/status/packStatus";
import { report, type ReportOptions } from "../core/gate/report";
import { decide, type Tolerance, toleranceCheck, toleratesNoSuchPack } from "../core/gate/tolerance";
import { argumentsCheck, findProblems, list, packStatusChecks, type Problem, record } from "../core/checks/validation";
import { notPassed } from "../core/status/verdict";
import { noticesOf, rememberNotices } from "./notices";
import { refuseMistakes, reportChecks, reportSettings } from "./policySettings";

/** A pack that must stand well, whatever the program declares. */
type RequiredPack = PackStatusArgs & { readonly tolerate?: Tolerance };

interface RequiredPacksSettings extends ReportOptions {
  readonly packs?: readonly RequiredPack[];
}

const name = "organization-conformance-pack-required-packs";
const requiredPackChecks = {
  // A reading that is filtered by statuses never passes.
  ...Object.fromEntries(Object.entries(packStatusChecks).filter(([key]) => key !== "statuses")),
  tolerate: toleranceCheck,
};

const check = record({ ...reportChecks, packs: list(requiredPack, 100) });

/**
 * The packs that its configuration names stand well. It looks them up itself, so that it gates programs that know
 * nothing of it. Off until `packs` is configured.
 *
 * In a preview it judges at the end, as a stack policy, so that the whole plan is shown. In an update, where the end is
 * too late, it judges at the first resource, before anything is changed; once a run in either case.
 */
export const requiredPacks: ResourceValidationPolicy & StackValidationPolicy = {
  name,
  displayName: "Organization conformance pack: required packs",
  description: "The organization conformance packs that the policy's configuration names have passed.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      ...reportSettings,
      packs: {
        description: `The packs to look up, 1 to 100: a list of objects with ${Object.keys(requiredPackChecks).join(", ")}. But for tolerate, they are the arguments of getOrganizationConformancePackStatus.`,
      },
    },
  },
  validateResource: async (args, reportViolation) => {
    if (!isPreview()) await judgeOnce(args.getConfig<RequiredPacksSettings>(), reportViolation);
  },
  validateStack: async (args, reportViolation) => {
    await judgeOnce(args.getConfig<RequiredPacksSettings>(), reportViolation);
  },
};

let messages: Promise<(string | undefined)[]> | undefined;

/** Whether this run has looked a required pack up. */
export function requiredPacksAreJudged(): boolean {
  return messages !== undefined;
}

async function judgeOnce(settings: RequiredPacksSettings, reportViolation: (message: string) => void): Promise<void> {
  refuseMistakes(settings, check, name);
  const { packs = [], ...limits } = settings;
  if (packs.length === 0) return;
  // The engine may ask for the next resource while the lookups run: that one waits for them too.
  const isFirst = messages === undefined;
  messages ??= Promise.all(packs.map((pack) => violationOf(pack, limits)));
  for (const message of await messages) if (isFirst && message !== undefined) reportViolation(message);
}

function isPreview(): boolean {
  const pulumi = require("@pulumi/pulumi") as typeof import("@pulumi/pulumi");
  return pulumi.runtime.isDryRun();
}

/** What stands against one pack, in words; `undefined` when nothing does. */
async function violationOf(pack: RequiredPack, limits: ReportOptions): Promise<string | undefined> {
  const { tolerate, ...args } = pack;
  try {
    const decision = decide(await lookUp(args, tolerate), tolerate);
    rememberNotices(
      "",
      noticesOf(decision).map((sentence) => `Required pack "${pack.name}": ${sentence}`),
    );
    return report(decision.remaining, notPassed, limits);
  } catch (error) {
    // What cannot be looked up has not passed.
    if (error instanceof OrgConformanceError) return error.message;
    throw error;
  }
}

function requiredPack(value: unknown, property: string): Problem[] {
  const problems = argumentsCheck(value, property);
  if (problems.length > 0) return problems;
  return findProblems(value, requiredPackChecks).map((problem) => ({
    property: `${property}.${problem.property}`,
    reason: problem.reason,
  }));
}

function lookUp(args: PackStatusArgs, tolerate: Tolerance | undefined): Promise<PackStatus> {
  // Loaded only now: a pack without this configuration does not pay for loading the AWS SDK.
  const { gatherPackStatus } =
    require("../core/lookup/gatherPackStatus") as typeof import("../core/lookup/gatherPackStatus");
  const { awsSettings } = require("../sdk/nodejs/awsSettings") as typeof import("../sdk/nodejs/awsSettings");
  return gatherPackStatus(args, {
    settings: awsSettings(args.name),
    noSuchPackIsReason: toleratesNoSuchPack(tolerate),
  });
}

import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { allPacksName, OrgConformanceError } from "../core/errors";
import { decide } from "../core/gate/decide";
import { listingTolerance } from "../core/gate/decideListing";
import { report, type ReportOptions, whomToAsk } from "../core/gate/report";
import {
  requiredPacksCheck,
  requiredPacksName,
  type RequiredPack,
  type RequiredPacks,
} from "../core/gate/requiredPacks";
import type { Tolerance } from "../core/gate/tolerance";
import type { DecidedPacks } from "../core/lookup/decideAllPacks";
import type { GatherOptions } from "../core/lookup/gatherOptions";
import type { AllPacksArgs } from "../core/lookup/lookUpAllPacks";
import type { Lookup } from "../core/statusFile/makeStatusFile";
import { forgetLookup, type Found, saveLookup } from "../core/statusFile/saveLookup";
import type { PackStatus } from "../core/status/packStatus";
import type { PackStatusArgs } from "../core/status/packStatusArgs";
import { notPassed } from "../core/status/verdict";
import { inStackWords } from "./stackConfig";
import { isPreview, type PolicyRun } from "./policyRun";
import { configSchemaOf } from "./configSchema";

/**
 * Looks up the packs that its configuration names, so that it gates programs that do not use this package. Off until
 * `packs` is configured.
 *
 * In a preview it judges at the end, as a stack policy, so that the whole plan is shown. In an update, where the end is
 * too late, it judges at the first resource, before anything is changed; once a run in either case.
 */
export function requiredPacksPolicy(run: PolicyRun): ResourceValidationPolicy & StackValidationPolicy {
  const judgeOnce = async (settings: RequiredPacks, reportViolation: (message: string) => void): Promise<void> => {
    run.refuseMistakes(settings, requiredPacksCheck, requiredPacksName);
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
    configSchema: configSchemaOf(requiredPacksCheck),
    validateResource: async (args, reportViolation) => {
      if (!isPreview()) await judgeOnce(args.getConfig<RequiredPacks>(), reportViolation);
    },
    validateStack: (args, reportViolation) => judgeOnce(args.getConfig<RequiredPacks>(), reportViolation),
  };
}

/** A required pack, without its arguments: how it is judged, and where that is reported. */
interface Requirement {
  readonly run: PolicyRun;
  readonly tolerate: Tolerance | undefined;
  /** With all packs: the part of `tolerate` that the pack needs. */
  readonly neededTolerance?: Tolerance | undefined;
  /** With all packs: the names of those that are not looked up. */
  readonly except?: readonly string[] | undefined;
  readonly limits: ReportOptions;
  /** Absent when they are a mistake. */
  readonly settings?: GatherOptions["settings"] | undefined;
}

/** Why the packs of one entry have not passed, for a person; empty when they have. */
async function violationsOf(
  run: PolicyRun,
  { except, tolerate, ...args }: RequiredPack,
  limits: ReportOptions,
): Promise<readonly string[]> {
  const isAll = args.name === allPacksName;
  let requirement: Requirement = {
    run,
    limits,
    ...(isAll ? { tolerate: listingTolerance(tolerate), except } : { tolerate }),
  };
  let asked: PackStatusArgs = args;
  try {
    const options = optionsFor(args.name, tolerate);
    requirement = { ...requirement, settings: options.settings };
    if (isAll) return await violationsOfAll(requirement, args, options);
    asked = await withLookupRegions(args, options);
    return violationsIn(requirement, asked, { status: await lookUp(asked, options) });
  } catch (error) {
    // What can't be looked up has not passed.
    return violationsIn(requirement, asked, { error });
  }
}

/** Each pack has a status file of its own, and so has a list of packs about which there is something to say. */
async function violationsOfAll(
  ofList: Requirement,
  args: PackStatusArgs,
  options: GatherOptions,
): Promise<readonly string[]> {
  const { except = [], limits, run, settings } = ofList;
  const { listError, notices, packs, unlisted } = await decideAll({ ...args, except }, options);
  run.notices.remember(
    "",
    notices.map((notice) => `All required packs: ${notice}`),
  );
  // What the preview found to be wrong with the list may be right in the update.
  if (!listError && !unlisted) forgetLookup(lookupOf(ofList, args), rememberIn(run));
  return [
    // The later file takes the place of the earlier: an error says what passes, too.
    ...(unlisted ? violationsIn(ofList, args, { status: unlisted }) : []),
    ...(listError ? violationsIn(ofList, args, { error: listError }) : []),
    ...packs.flatMap(({ name, neededTolerance, outcome, regions }) =>
      violationsIn(
        { run, limits, settings, tolerate: options.tolerate, neededTolerance },
        { ...args, name, regions },
        outcome instanceof OrgConformanceError ? { error: outcome } : { status: outcome },
      ),
    ),
  ];
}

/** @throws What is no failure of a lookup. */
function violationsIn(requirement: Requirement, args: PackStatusArgs, found: Found): readonly string[] {
  const { limits, run, tolerate, neededTolerance = tolerate } = requirement;
  saveLookup(found, lookupOf(requirement, args), rememberIn(run));
  if ("error" in found) {
    if (!(found.error instanceof OrgConformanceError)) throw found.error;
    return [[inStackWords(found.error.message), ...whomToAsk(limits)].join("\n")];
  }
  const { tolerated, remaining, warnings } = decide(found.status, neededTolerance);
  run.notices.remember(
    "",
    [...tolerated, ...warnings].map((sentence) => `${subjectOf(args)}: ${sentence}`),
  );
  const message = report(remaining, notPassed, limits);
  return message === undefined ? [] : [message];
}

function subjectOf({ name }: PackStatusArgs): string {
  return name === allPacksName ? "All required packs" : `Required pack "${name}"`;
}

/** The lookup as a status file describes it. */
function lookupOf({ except, neededTolerance, settings, tolerate }: Requirement, args: PackStatusArgs): Lookup {
  const { PULUMI_NODEJS_PROJECT: project, PULUMI_NODEJS_STACK: stack } = process.env;
  const run = { ...(project && { project }), ...(stack && { stack }), preview: isPreview() };
  return { by: "requiredPacks", args, except, settings, tolerate, neededTolerance, lookedUpAt: new Date(), run };
}

function rememberIn({ notices }: PolicyRun): (sentence: string) => void {
  return (sentence) => {
    notices.remember("", [sentence]);
  };
}

function withLookupRegions(args: PackStatusArgs, { settings }: GatherOptions): Promise<PackStatusArgs> {
  const { withLookupRegions } =
    require("../core/lookup/lookupRegions") as typeof import("../core/lookup/lookupRegions");
  return withLookupRegions(args, settings);
}

function lookUp(args: PackStatusArgs, options: GatherOptions): Promise<PackStatus> {
  const { gatherPackStatus } =
    require("../core/lookup/gatherPackStatus") as typeof import("../core/lookup/gatherPackStatus");
  return gatherPackStatus(args, options);
}

function decideAll(args: AllPacksArgs, options: GatherOptions): Promise<DecidedPacks> {
  const { decideAllPacks } = require("../core/lookup/decideAllPacks") as typeof import("../core/lookup/decideAllPacks");
  return decideAllPacks(args, options);
}

/** Loaded only now, as are the lookups: a pack without this configuration does not pay for loading the AWS SDK. */
function optionsFor(name: string, tolerate: Tolerance | undefined): Pick<GatherOptions, "settings" | "tolerate"> {
  // The SDK's advice to upgrade Node.js would stand among the violations.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const { stackSettings } = require("./stackSettings") as typeof import("./stackSettings");
  return { settings: stackSettings(name), tolerate };
}

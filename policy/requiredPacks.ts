import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { inPluginWords, pluginNamespace } from "../core/aws/settingsNamespace";
import { OrgConformanceError } from "../core/errors";
import { decide } from "../core/gate/decide";
import { report, type ReportOptions, whomToAsk } from "../core/gate/report";
import {
  requiredPacksCheck,
  requiredPacksName,
  type RequiredPack,
  type RequiredPacks,
} from "../core/gate/requiredPacks";
import { type Tolerance, toleratesNoSuchPack } from "../core/gate/tolerance";
import { type Found, saveLookup } from "../core/statusFile/saveLookup";
import type { PackStatus } from "../core/status/packStatus";
import type { PackStatusArgs } from "../core/status/packStatusArgs";
import { notPassed } from "../core/status/verdict";
import { stackConfig } from "./stackConfig";
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
    run.requiredPacks ??= Promise.all(packs.map((pack) => violationOf(run, pack, limits)));
    for (const message of await run.requiredPacks) if (isFirst && message !== undefined) reportViolation(message);
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

/** Why one pack has not passed, for a person; `undefined` when it has. */
async function violationOf(run: PolicyRun, pack: RequiredPack, limits: ReportOptions): Promise<string | undefined> {
  const { tolerate, ...args } = pack;
  try {
    const { tolerated, remaining, warnings } = decide(await lookUp(run, args, tolerate), tolerate);
    run.notices.remember(
      "",
      [...tolerated, ...warnings].map((sentence) => `Required pack "${pack.name}": ${sentence}`),
    );
    return report(remaining, notPassed, limits);
  } catch (error) {
    // What can't be looked up has not passed.
    if (error instanceof OrgConformanceError) return [inStackWords(error.message), ...whomToAsk(limits)].join("\n");
    throw error;
  }
}

async function lookUp(run: PolicyRun, args: PackStatusArgs, tolerate: Tolerance | undefined): Promise<PackStatus> {
  const save = (found: Found): void => {
    const { PULUMI_NODEJS_PROJECT: project, PULUMI_NODEJS_STACK: stack } = process.env;
    const pulumiRun = { ...(project && { project }), ...(stack && { stack }), preview: isPreview() };
    saveLookup(found, { by: "requiredPacks", args, tolerate, lookedUpAt: new Date(), run: pulumiRun }, (sentence) => {
      run.notices.remember("", [sentence]);
    });
  };
  try {
    const status = await gather(args, tolerate);
    save({ status });
    return status;
  } catch (error) {
    save({ error });
    throw error;
  }
}

/** A message that names settings as the stack has them. */
function inStackWords(message: string): string {
  return stackConfig(pluginNamespace).size === 0 ? message : inPluginWords(message);
}

function gather(args: PackStatusArgs, tolerate: Tolerance | undefined): Promise<PackStatus> {
  // The SDK's advice to upgrade Node.js would stand among the violations.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  // Loaded only now: a pack without this configuration does not pay for loading the AWS SDK.
  const { gatherPackStatus } =
    require("../core/lookup/gatherPackStatus") as typeof import("../core/lookup/gatherPackStatus");
  const { stackSettings } = require("./stackSettings") as typeof import("./stackSettings");
  return gatherPackStatus(args, {
    settings: stackSettings(args.name),
    noSuchPackIsReason: toleratesNoSuchPack(tolerate),
  });
}

/**
 * The policies, for packs of your own.
 *
 * @packageDocumentation
 */
import type { Policies, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { incompletePolicy } from "./incomplete";
import { inProgressPolicy } from "./inProgress";
import { memberFailedPolicy } from "./memberFailed";
import { nothingJudgedPolicy } from "./nothingJudged";
import { packWithoutGatePolicy } from "./packWithoutGate";
import { PolicyRun } from "./policyRun";
import { requiredPacksPolicy } from "./requiredPacks";
import { settledPolicy } from "./settled";
import { toleratedPolicy } from "./tolerated";

/** A policy that looks at each resource, and again at the whole stack. */
export type Policy = ResourceValidationPolicy & StackValidationPolicy;

// One run for all: what one of them has judged, another need not.
const run = new PolicyRun();

export const memberFailed = memberFailedPolicy(run);
export const incomplete = incompletePolicy(run);
export const inProgress = inProgressPolicy(run);
export const requiredPacks = requiredPacksPolicy(run);
export const packWithoutGate = packWithoutGatePolicy;
export const settled = settledPolicy(run);
export const tolerated = toleratedPolicy(run);

const judging = [memberFailed, incomplete, inProgress, requiredPacks, packWithoutGate, settled];
export const nothingJudged = nothingJudgedPolicy(run, [...judging, tolerated]);

/** All policies of the pack, to spread into the policies of another. */
export const policies: Policies = [
  ...judging,
  nothingJudged,
  // The last one: it reports what the others excepted.
  tolerated,
];

import type { Policies } from "@pulumi/policy";
import { incompletePolicy } from "./incomplete";
import { inProgressPolicy } from "./inProgress";
import { memberFailedPolicy } from "./memberFailed";
import { nothingJudgedPolicy } from "./nothingJudged";
import { otherIdentityPolicy } from "./otherIdentity";
import { packWithoutGatePolicy } from "./packWithoutGate";
import { PolicyRun } from "./policyRun";
import { requiredPacksPolicy } from "./requiredPacks";
import { settledPolicy } from "./settled";
import { toleratedPolicy } from "./tolerated";

/** The policies of one pack, by their names and in their order. They share one run: what one has judged, another need not. */
export function createPolicies() {
  const run = new PolicyRun();
  const memberFailed = memberFailedPolicy(run);
  const incomplete = incompletePolicy(run);
  const inProgress = inProgressPolicy(run);
  const requiredPacks = requiredPacksPolicy(run);
  const packWithoutGate = packWithoutGatePolicy;
  const otherIdentity = otherIdentityPolicy;
  const settled = settledPolicy(run);
  const tolerated = toleratedPolicy(run);
  const judging = [memberFailed, incomplete, inProgress, requiredPacks, packWithoutGate, otherIdentity, settled];
  const nothingJudged = nothingJudgedPolicy(run, [...judging, tolerated]);
  // The last one is tolerated: it reports what the others excepted.
  const policies: Policies = [...judging, nothingJudged, tolerated];
  return {
    memberFailed,
    incomplete,
    inProgress,
    requiredPacks,
    packWithoutGate,
    otherIdentity,
    settled,
    nothingJudged,
    tolerated,
    policies,
  };
}

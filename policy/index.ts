/**
 * The policies, for packs of your own.
 *
 * @packageDocumentation
 */
import type { Policies } from "@pulumi/policy";
import { incomplete } from "./incomplete";
import { inProgress } from "./inProgress";
import { memberFailed } from "./memberFailed";
import { nothingJudgedPolicy } from "./nothingJudged";
import { packWithoutGate } from "./packWithoutGate";
import { requiredPacks } from "./requiredPacks";
import { settled } from "./settled";
import { tolerated } from "./tolerated";

export { incomplete, inProgress, memberFailed, packWithoutGate, requiredPacks, settled, tolerated };

const judging: Policies = [memberFailed, incomplete, inProgress, requiredPacks, packWithoutGate, settled];

/** Says so when there was nothing to judge. */
export const nothingJudged = nothingJudgedPolicy([...judging, tolerated]);

/** All policies of the pack, to spread into the policies of another. */
export const policies: Policies = [
  ...judging,
  nothingJudged,
  // The last one: it says what the others let pass.
  tolerated,
];

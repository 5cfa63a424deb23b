/**
 * The policies, for packs of your own.
 *
 * @packageDocumentation
 */
import type { Policies } from "@pulumi/policy";
import { incomplete } from "./incomplete";
import { inProgress } from "./inProgress";
import { memberFailed } from "./memberFailed";
import { settled } from "./settled";

export { incomplete, inProgress, memberFailed, settled };

/** All policies of the pack, to spread into the policies of another. */
export const policies: Policies = [memberFailed, incomplete, inProgress, settled];

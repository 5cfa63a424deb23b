/**
 * The policies, for packs of your own.
 *
 * @packageDocumentation
 */
import type { Policies } from "@pulumi/policy";
import { createPolicies } from "./policies";

// A pack's process lives for one preview or one update: this is its run.
const own = createPolicies();

/** Checks that no member account of an organization conformance pack has failed. Mandatory. */
export const memberFailed = own.memberFailed;

/** Checks that a pack has members, that every expected account is one, and that the status of each is known. Mandatory. */
export const incomplete = own.incomplete;

/** Checks that no rollout of a pack is in progress. Advisory. */
export const inProgress = own.inProgress;

/** Checks that the packs named in its configuration have passed, whatever the program declares. Mandatory. */
export const requiredPacks = own.requiredPacks;

/** Checks that each pack of a stack has an `OrganizationConformancePackStatus`. Advisory. */
export const packWithoutGate = own.packWithoutGate;

/** Checks that a gate of the provider plugin uses the AWS identity of the stack. Advisory. */
export const otherIdentity = own.otherIdentity;

/** Checks at the end of a run what no other policy has judged as it is then. Mandatory. */
export const settled = own.settled;

/** Checks that the policies have a pack to judge. Advisory. */
export const nothingJudged = own.nothingJudged;

/** Reports which exceptions, limits and waits apply, and which exceptions are no longer needed. Advisory. */
export const tolerated = own.tolerated;

/** All of them in their order, to spread into the policies of another pack. */
export const policies: Policies = own.policies;

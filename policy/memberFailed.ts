import { statusPolicy } from "./statusPolicy";

/**
 * No member account of a pack has failed. It also answers for what it cannot judge: a resource without a status, or with
 * that of an earlier run, may hide a failure.
 */
export const memberFailed = statusPolicy({
  name: "organization-conformance-pack-member-failed",
  displayName: "Organization conformance pack: member failed",
  description: "No member account of an organization conformance pack has failed.",
  enforcementLevel: "mandatory",
  violatedBy: ["FAILED"],
  tellsUnknown: true,
});

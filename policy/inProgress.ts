import { statusPolicy } from "./statusPolicy";

/** No member account of a pack is still in progress. */
export const inProgress = statusPolicy({
  name: "organization-conformance-pack-in-progress",
  displayName: "Organization conformance pack: in progress",
  description: "An organization conformance pack is done in every member account.",
  enforcementLevel: "advisory",
  violatedBy: ["IN_PROGRESS"],
});

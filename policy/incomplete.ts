import { statusPolicy } from "./statusPolicy";

/** Everything that a pass rests on is established. */
export const incomplete = statusPolicy({
  name: "organization-conformance-pack-incomplete",
  displayName: "Organization conformance pack: incomplete",
  description:
    "An organization conformance pack has members, every expected account is one of them, and each has a status that is known.",
  enforcementLevel: "mandatory",
  violatedBy: ["INCOMPLETE"],
});

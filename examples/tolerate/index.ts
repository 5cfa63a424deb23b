import * as pulumi from "@pulumi/pulumi";
import * as conformance from "pulumi-org-conformance";

// What is known to fail, and may, by name and until a day. Rows and verdict are shown as they are; what changes is what the
// gate does, and it says by which exception.
const tolerate: conformance.Tolerance = new pulumi.Config().getObject("tolerate") ?? {
  accounts: [
    {
      accountId: "222222222222",
      reason: "Is closed at the end of the quarter; agreed with its owner in GOV-142.",
      expires: "2027-03-31",
    },
  ],
  maxFailedPercent: 1,
};

const gate = new conformance.OrganizationConformancePackStatus("gate", {
  name: new pulumi.Config().get("packName") ?? "security-baseline",
  failOn: "notPassed",
  tolerate,
});

export const verdict = gate.verdict;
export const decision = gate.decision.verdict;
export const tolerated = gate.decision.tolerated;
export const warnings = gate.decision.warnings;

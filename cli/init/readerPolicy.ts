import type { RequiredPack } from "../../core/gate/requiredPacks";
import type { ConfiguredLookups } from "./configuredLookups";

/** The exceptions for organizational units are a part of the lookup: it reads which accounts are in them. */
function needsOf({ tolerate, ...args }: RequiredPack) {
  return { ...args, unitIds: (tolerate?.organizationalUnits ?? []).map(({ id }) => id) };
}

/** The IAM policy with what the lookups of these packs and of gates call, and what makes their errors say who called. */
export function readerPolicy({ packs, unitIds }: ConfiguredLookups) {
  // Loaded only here: it comes with the AWS SDK.
  const { neededActions } =
    require("../../core/lookup/neededActions") as typeof import("../../core/lookup/neededActions");
  const gates = packs.length === 0 || unitIds.length > 0 ? [{ unitIds }] : [];
  const lookups = [...packs.map(needsOf), ...gates];
  const needed = [...new Set(lookups.flatMap(neededActions))].sort();
  const statement = (Sid: string, actions: readonly string[]) => ({
    Sid,
    Effect: "Allow",
    Action: actions,
    Resource: "*",
  });
  const optional = [
    "config:DescribeOrganizationConformancePacks",
    "organizations:DescribeOrganization",
    "organizations:ListDelegatedAdministrators",
  ];
  return {
    Version: "2012-10-17",
    Statement: [
      statement("Gate", needed),
      statement(
        "BetterErrors",
        optional.filter((action) => !needed.includes(action)),
      ),
    ],
  };
}

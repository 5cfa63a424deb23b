import { AccessDeniedError, allPacksName, PackListError } from "../../core/errors";
import type { PackStatus } from "../../core/status/packStatus";
import { failedLookupFileOf } from "../../core/statusFile/makeStatusFile";
import type { StatusFile } from "../../core/statusFile/statusFile";
import { newRow, stuckAfter, stuckRow } from "../core/gate/cases";
import { except, silent } from "./exceptions";
import { account, all, row, rows } from "./members";
import { expecting, inRegions, statusOf, withoutAnswer } from "./packStatus";
import { fileOf, lookup } from "./statusFile";

const recorder = {
  errorCode: "NoAvailableConfigurationRecorderException",
  errorMessage: "There are no configuration recorders available to put the conformance pack.",
  lastUpdateTime: "2026-03-10T08:12:44.000Z",
};
const denied = {
  errorCode: "InsufficientPermissionsException",
  errorMessage: "The service-linked role AWSServiceRoleForConfigConforms could not be created: an explicit deny.",
  lastUpdateTime: "2026-03-14T08:12:44.000Z",
};
const regions = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-south-1", "sa-east-1"];

/** 3 of 250 accounts failed, in 2 of 6 regions. */
export function threeFailed(): PackStatus {
  const healthy = rows(...Array.from({ length: 250 }, () => "CREATE_SUCCESSFUL"));
  const failed = new Map([
    [account(41), { accountName: "payments-prod", ...recorder }],
    [account(125), { accountName: "data-lake-dev", ...recorder }],
    [account(208), { accountName: "sandbox-7", ...denied }],
  ]);
  const members = regions.flatMap((region) =>
    all(healthy, { region }).map((member) => {
      const trouble = failed.get(member.accountId);
      const isHere = region === "eu-west-1" || (region === "us-east-1" && member.accountId !== account(208));
      if (!trouble) return member;
      return isHere
        ? { ...member, ...trouble, status: "CREATE_FAILED" }
        : { ...member, accountName: trouble.accountName };
    }),
  );
  return statusOf(members, {
    regions: regions.map((region) => ({
      region,
      aggregate: { status: ["us-east-1", "eu-west-1"].includes(region) ? "CREATE_FAILED" : "CREATE_SUCCESSFUL" },
    })),
  });
}

/** Status files of the situations that a person meets. */
export const situations: Readonly<Record<string, StatusFile>> = {
  passed: fileOf(statusOf(rows("CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL")), { callerAccountId: "222233334444" }),
  failed: fileOf(threeFailed(), { callerAccountId: "222233334444" }),
  excepted: fileOf(threeFailed(), {
    tolerate: { accounts: [except(208, { reason: "GOV-142", expires: "2026-03-20" })] },
  }),
  passedByExceptions: fileOf(threeFailed(), {
    tolerate: { accounts: [except(208, { reason: "GOV-142" })], maxFailedAccounts: 2 },
  }),
  exceptedUnit: fileOf(
    {
      ...threeFailed(),
      organizationalUnits: [
        { id: "r-ab12", accountIds: [] },
        { id: "ou-ab12-workload", name: "Workloads", parentId: "r-ab12", accountIds: [account(41)] },
        { id: "ou-ab12-sandbox1", name: "Sandbox", parentId: "r-ab12", accountIds: [account(125), account(208)] },
      ],
    },
    {
      args: { name: "baseline", expectedAccounts: { organizationalUnits: ["r-ab12"] }, accountPaths: true },
      tolerate: { organizationalUnits: [{ id: "ou-ab12-sandbox1", reason: "GOV-150", expires: "2026-12-31" }] },
    },
  ),
  owned: fileOf({
    ...threeFailed(),
    accountOwners: {
      owners: [
        { owner: "Ann Example", accountIds: [account(208)] },
        { owner: "team-payments", accountIds: [account(41)] },
      ],
      warning: "The owner of 1 account could not be read: AWS Organizations throttled the calls.",
    },
  }),
  rollout: fileOf(
    statusOf([newRow(1), newRow(2), stuckRow(3), ...rows().concat(row({ accountId: account(9) }))], stuckAfter),
  ),
  rolloutAllowed: fileOf(statusOf([newRow(1), row({ accountId: account(9) })], stuckAfter), {
    tolerate: { inProgress: "warn" },
  }),
  missing: fileOf(statusOf(rows("CREATE_SUCCESSFUL"), { regions: expecting(1, 2, 3) })),
  leaving: fileOf(statusOf(rows("CREATE_SUCCESSFUL", "DELETE_SUCCESSFUL"), { regions: expecting(1, 2) })),
  silent: fileOf(statusOf(rows("CREATE_SUCCESSFUL"), { regions: withoutAnswer("regionUnanswered") })),
  outageTolerated: fileOf(statusOf(rows("CREATE_SUCCESSFUL"), { regions: withoutAnswer("regionUnanswered", true) }), {
    tolerate: silent(4, lookup().lookedUpAt),
  }),
  noSuchPack: fileOf(statusOf(rows("CREATE_SUCCESSFUL"), { regions: withoutAnswer("noSuchPack") })),
  noSuchPackAllowed: fileOf(statusOf(rows("CREATE_SUCCESSFUL"), { regions: withoutAnswer("noSuchPack") }), {
    tolerate: { noSuchPack: "allow" },
  }),
  unknownStatus: fileOf(statusOf(rows("CREATE_PAUSED", "CREATE_SUCCESSFUL"))),
  nobody: fileOf(statusOf([], { regions: inRegions("us-east-1") })),
  aggregateFailed: fileOf(statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "CREATE_FAILED" })),
  awaited: fileOf(statusOf(rows("CREATE_IN_PROGRESS", "CREATE_FAILED")), { isAwaited: true, run: { preview: true } }),
  notLookedUp: failedLookupFileOf(
    new AccessDeniedError({
      packName: "baseline",
      region: "us-east-1",
      action: "config:DescribeOrganizationConformancePackStatuses",
      requestId: "11111111-2222",
    }),
    lookup(),
  ),
  packsUnknown: failedLookupFileOf(
    new PackListError({
      packName: allPacksName,
      region: "eu-west-1",
      problem: "The caller sees no organization conformance pack in eu-west-1.",
      nextStep: "Leave eu-west-1 out of regions if it has none.",
    }),
    lookup({ args: { name: allPacksName, regions: ["us-east-1", "eu-west-1"] } }),
  ),
};

import { Failure, isOutage, NoSuchOrganizationConformancePackError, summaryOf } from "../errors";
import { sanitize } from "../text/sanitize";
import type { Evidence, RegionEvidence } from "../status/evidence";
import { type Expectation, expectListed, expectOrganization, expectUnits } from "../status/expectation";
import type { MemberStatus } from "../status/memberStatus";
import type { Organization, OrganizationTree } from "../status/organization";
import type { PackStatusArgs } from "../status/packStatusArgs";
import { byAccountThenRegion } from "../status/place";
import { neededActions } from "./neededActions";
import { expectedUnitsOf } from "./treeOfLookup";
import type { AskedRegion, RegionAnswer } from "./regionAnswer";

/** The answers of the regions, as a judgement takes them. */
export function packEvidence(
  args: PackStatusArgs,
  asked: readonly AskedRegion[],
  organization: Organization | undefined,
  tree: OrganizationTree | undefined,
): Evidence {
  const { accountIds, detail, statuses, stuckAfterMinutes } = args;
  const accountNames = accountNamesIn(organization, tree);
  const answered = asked.flatMap(({ answer, region }) => (answer instanceof Failure ? [] : [{ region, ...answer }]));
  const answeredIn = answered.map(({ region }) => region);
  return {
    regions: asked.map(({ answer, region }) =>
      answer instanceof Failure
        ? { region, failure: failureEvidence(answer, args, answeredIn) }
        : { region, ...answerEvidence(answer, args, organization, tree) },
    ),
    members: named(
      answered.flatMap(({ rows }) => rows.members),
      accountNames,
    ).sort(byAccountThenRegion),
    accountNames,
    ...(detail === "unsuccessful" && { successfulOmitted: true }),
    ...(statuses && { onlyStatuses: statuses }),
    ...(accountIds && { onlyAccounts: accountIds }),
    remarks: answered.flatMap(({ rows }) => rows.remarks),
    stuckAfterMinutes,
  };
}

function answerEvidence(
  { aggregate, excluded, hasSuccessful }: RegionAnswer,
  args: PackStatusArgs,
  organization: Organization | undefined,
  tree: OrganizationTree | undefined,
): Omit<RegionEvidence, "region"> {
  const expectation = expectationOf(args, organization, tree, excluded);
  return {
    ...(aggregate && { aggregate }),
    ...(expectation && { expectation }),
    ...(hasSuccessful !== undefined && { hasSuccessful }),
  };
}

function failureEvidence(
  failure: Failure,
  args: PackStatusArgs,
  acceptedIn: readonly string[],
): NonNullable<RegionEvidence["failure"]> {
  const error = failure.toError({ acceptedIn, neededActions: neededActions(args) });
  const { message, nextStep, requestId } = error;
  return {
    code: failure.is(NoSuchOrganizationConformancePackError) ? "noSuchPack" : "regionUnanswered",
    // What happened, where.
    message: message.split("\n", 1).join(),
    error: summaryOf(error),
    ...(isOutage(failure) && { isOutage: true }),
    ...(requestId !== undefined && { requestId: sanitize(requestId, 80) }),
    nextStep,
  };
}

/** An account that is asked for by name is expected to be there. */
function expectationOf(
  args: PackStatusArgs,
  organization: Organization | undefined,
  tree: OrganizationTree | undefined,
  excludedByPack: readonly string[],
): Expectation | undefined {
  const { accountIds, excludedAccounts = [], expectedAccounts } = args;
  const excluded = [...excludedByPack, ...excludedAccounts];
  if (organization) return expectOrganization(organization, excluded);
  const units = expectedUnitsOf(args);
  if (units && tree) return expectUnits(tree, units, excluded);
  const listed = Array.isArray(expectedAccounts) ? (expectedAccounts as readonly string[]) : accountIds;
  return listed && expectListed(listed);
}

function accountNamesIn(
  organization: Organization | undefined,
  tree: OrganizationTree | undefined,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { accountId, accountName } of [
    ...(organization?.accounts.values() ?? []),
    ...(tree?.accounts.values() ?? []),
  ]) {
    if (accountName !== undefined) names.set(accountId, accountName);
  }
  return names;
}

function named(members: readonly MemberStatus[], names: ReadonlyMap<string, string>): MemberStatus[] {
  if (names.size === 0) return [...members];
  return members.map((member) => {
    const accountName = names.get(member.accountId);
    return accountName === undefined ? member : { ...member, accountName };
  });
}

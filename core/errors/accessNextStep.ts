/** The shipped policies, the smallest first, by an action that only they and larger ones have. */
const policyFiles: readonly (readonly [action: string, file: string])[] = [
  ["organizations:ListAccountsForParent", "iam/organizational-units.json"],
  ["organizations:ListAccounts", "iam/organization.json"],
  ["config:DescribeOrganizationConformancePacks", "iam/all-packs.json"],
  ["config:DescribeOrganizationConformancePackStatuses", "iam/lookup.json"],
  ["config:GetOrganizationConformancePackDetailedStatus", "iam/lookup-without-aggregate.json"],
];

/** The files of the package that allow these actions: one, and one for the owners of accounts. */
function policyFilesOf(actions: readonly string[]): readonly string[] {
  const file = policyFiles.find(([action]) => actions.includes(action))?.[1];
  const hasOwners = actions.includes("organizations:ListTagsForResource");
  return [...(file === undefined ? [] : [file]), ...(hasOwners ? ["iam/owner-tag.json"] : [])];
}

/** The way to do without an action that not everyone has. */
const withoutAction: ReadonlyMap<string, string> = new Map([
  [
    "config:DescribeOrganizationConformancePackStatuses",
    "Without it, set aggregate: false; the pack's own status is then not judged.",
  ],
  ["config:DescribeOrganizationConformancePacks", "Without it, name the packs, and give expectedAccounts as a list."],
  ...["ListAccountsForParent", "ListOrganizationalUnitsForParent", "ListRoots"].map((name): [string, string] => [
    `organizations:${name}`,
    "Organizations answers the management account and delegated administrators only. Without it, give accounts in place of organizational units, and leave out accountPaths.",
  ]),
  [
    "organizations:ListAccounts",
    "Organizations answers the management account and delegated administrators only. Without it, give expectedAccounts as a list.",
  ],
]);

/** The next step for an action that is not one of a lookup's own. */
const credentialsSteps: ReadonlyMap<string, string> = new Map([
  [
    "sts:AssumeRole",
    "Allow sts:AssumeRole on the role to whoever assumes it (iam/assume-role.json), update the role's trust policy to allow it too, with the external id if it asks for one, and check that no service control policy denies it.",
  ],
  [
    "sts:AssumeRoleWithWebIdentity",
    "Update the role's trust policy to allow sts:AssumeRoleWithWebIdentity to the identity provider, with conditions that the token's subject and audience meet, and check the role's ARN.",
  ],
  [
    "sso:GetRoleCredentials",
    "Have the permission set assigned to you in the account, and check sso_account_id and sso_role_name of the profile.",
  ],
  [
    "sts:GetCallerIdentity",
    "Check that no policy denies sts:GetCallerIdentity explicitly: without a denial, everyone may call it.",
  ],
]);

/**
 * The next step for a denied action.
 *
 * @param needed - All that the lookup needs, so that the next run is not denied by the next action.
 * @param isWordless - Set if AWS gave no reason.
 */
export function accessNextStep(action: string, needed: readonly string[] = [], isWordless = false): string {
  const files = policyFilesOf(needed);
  const all = `${needed.join(", ")}${files.length > 0 ? ` (${files.join(", ")})` : ""}`;
  const step = credentialsSteps.get(action);
  if (step !== undefined) return needed.length > 0 ? `${step} The last role then needs ${all}.` : step;
  return [
    `Allow ${action} to the calling role, and check that no service control policy denies it.`,
    ...(needed.length > 0 ? [`This lookup needs ${all}.`] : []),
    ...(isWordless && action.startsWith("config:")
      ? [
          "AWS gave no reason, as in regions that have no organization conformance packs: check that the region has them.",
        ]
      : []),
    ...(withoutAction.has(action) ? [withoutAction.get(action)] : []),
  ].join(" ");
}

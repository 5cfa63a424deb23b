import { createPolicies } from "../../policy/policies";

const { nothingJudged, otherIdentity, packWithoutGate, policies, tolerated } = createPolicies();

test("the pack has these policies, at these levels, in this order: exceptions are reported at the end", () => {
  expect(policies.map(({ name, enforcementLevel }) => [name, enforcementLevel])).toEqual([
    ["organization-conformance-pack-member-failed", "mandatory"],
    ["organization-conformance-pack-incomplete", "mandatory"],
    ["organization-conformance-pack-in-progress", "advisory"],
    ["organization-conformance-pack-required-packs", "mandatory"],
    ["organization-conformance-pack-without-gate", "advisory"],
    ["organization-conformance-pack-other-identity", "advisory"],
    ["organization-conformance-pack-settled", "mandatory"],
    ["organization-conformance-pack-nothing-judged", "advisory"],
    ["organization-conformance-pack-tolerated", "advisory"],
  ]);
});

/** They have no settings. */
const withoutSettings = [packWithoutGate, otherIdentity, nothingJudged, tolerated];

test.each(policies)("$name has a headline that says what it checks, and settings if it takes any", (policy) => {
  const ownName = policy.name.replace("organization-conformance-pack-", "").replaceAll("-", " ");
  expect(policy.displayName).toBe(`Organization conformance pack: ${ownName}`);
  expect(policy.description).toMatch(/^Checks .*\.$/);
  expect(policy.configSchema?.required).toBeUndefined();
  if (withoutSettings.some((each) => each === policy)) {
    expect(policy.configSchema).toBeUndefined();
    return;
  }
  expect(policy.configSchema?.properties).toMatchObject({
    maxAccountsShown: { default: 20 },
    maxGroupsShown: { default: 10 },
  });
});

test("the policies that refuse an old status have a setting for its age", () => {
  const withAge = policies.filter(
    ({ configSchema }) => configSchema && "maxStatusAgeMinutes" in configSchema.properties,
  );
  expect(withAge.map(({ name }) => name)).toEqual([
    "organization-conformance-pack-member-failed",
    "organization-conformance-pack-incomplete",
    "organization-conformance-pack-in-progress",
    "organization-conformance-pack-settled",
  ]);
});

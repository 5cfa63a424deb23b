"""What a program in Python sends to the provider, and what it gets, under Pulumi's mocks."""

import unittest
from typing import Any

import pulumi
import pulumi_org_conformance as conformance

ROLE = "arn:aws:iam::111111111111:role/reader"
EXPECTED = {
    "name": "security-baseline",
    "expectedAccounts": ["111111111111"],
    "assumeRole": {"roleArn": ROLE, "durationSeconds": 900.0},
    "tolerate": {
        "accounts": [{"accountId": "222222222222", "reason": "Closes in May."}],
        "maxFailedAccounts": 2.0,
        "inProgress": "warn",
    },
    "triggers": [{"Rules": ["s3_bucket"]}, "snake_case"],
    "waitForSettled": {"timeoutSeconds": 60.0},
}
FAILED = {
    "status": "CREATE_FAILED",
    "errorCode": "NoRecorder",
    "accountIds": {"us-east-1": ["333333333333"]},
    "conformancePackNames": {"us-east-1": "OrgConformsPack"},
    "times": "-",
}
ROW = {"accountId": "333333333333", "region": "us-east-1", "status": "CREATE_FAILED", "conformancePackName": "x"}


class Mocks(pulumi.runtime.Mocks):
    def __init__(self) -> None:
        self.resources: dict[str, Any] = {}
        self.calls: list[Any] = []

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        self.resources[args.typ] = args.inputs
        return "id", {**args.inputs, "verdict": "FAILED", "failedGroups": [FAILED], "lookedUpAt": "2026-01-02T03:04:05Z"}

    def call(self, args: pulumi.runtime.MockCallArgs) -> Any:
        self.calls.append((args.token, args.args))
        return {"verdict": "FAILED", "failed": [ROW], "members": [ROW]}


mocks = Mocks()
pulumi.runtime.set_mocks(mocks)


class SdkTest(unittest.TestCase):
    @pulumi.runtime.test
    def test_a_gate(self) -> Any:
        gate = conformance.OrganizationConformancePackStatus(
            "gate",
            name="security-baseline",
            expected_accounts=["111111111111"],
            assume_role=conformance.AssumeRoleArgs(role_arn=ROLE, duration_seconds=900),
            tolerate={
                "accounts": [{"account_id": "222222222222", "reason": "Closes in May."}],
                "max_failed_accounts": 2,
                "in_progress": "warn",
            },
            triggers=[{"Rules": ["s3_bucket"]}, "snake_case"],
            wait_for_settled=conformance.WaitForSettledArgs(timeout_seconds=60),
        )
        return gate.failed_groups.apply(self.check)

    def check(self, groups: Any) -> None:
        self.assertEqual(mocks.resources["org-conformance:index:OrganizationConformancePackStatus"], EXPECTED)
        [group] = groups
        self.assertEqual(group.error_code, "NoRecorder")
        self.assertEqual(group.account_ids, {"us-east-1": ["333333333333"]})

    @pulumi.runtime.test
    def test_words_in_place_of_a_list_and_of_limits(self) -> Any:
        gate = conformance.OrganizationConformancePackStatus(
            "words", name="security-baseline", expected_accounts="organization", wait_for_settled=True
        )

        def check(found: list[Any]) -> None:
            self.assertEqual(found, ["organization", True, "FAILED"])

        return pulumi.Output.all(gate.expected_accounts, gate.wait_for_settled, gate.verdict).apply(check)

    @pulumi.runtime.test
    def test_both_forms_of_the_function(self) -> Any:
        plain = conformance.get_organization_conformance_pack_status(
            name="security-baseline", assume_role=conformance.AssumeRole(role_arn=ROLE)
        )
        self.assertEqual([row.account_id for row in plain.failed], ["333333333333"])
        output = conformance.get_organization_conformance_pack_status_output(name="security-baseline")

        def check(rows: Any) -> None:
            self.assertEqual([row.account_id for row in rows], ["333333333333"])
            token = "org-conformance:index:getOrganizationConformancePackStatus"
            role = {"roleArn": ROLE}
            self.assertIn((token, {"name": "security-baseline", "assumeRole": role}), mocks.calls)
            self.assertIn((token, {"name": "security-baseline"}), mocks.calls)

        return output.members.apply(check)

    @pulumi.runtime.test
    def test_an_explicit_provider(self) -> Any:
        provider = conformance.Provider(
            "audit",
            region="us-east-1",
            max_retries=3,
            use_fips_endpoint=True,
            endpoints=[conformance.ProviderEndpointArgs(configservice="http://127.0.0.1:4566")],
            assume_roles=[conformance.ProviderAssumeRoleArgs(role_arn=ROLE, external_id="shared")],
        )

        def check(_: Any) -> None:
            inputs = mocks.resources["pulumi:providers:org-conformance"]
            self.assertEqual(inputs["region"], "us-east-1")
            self.assertEqual(inputs["maxRetries"], "3")
            self.assertEqual(inputs["useFipsEndpoint"], "true")
            self.assertEqual(inputs["endpoints"], '[{"configservice": "http://127.0.0.1:4566"}]')
            self.assertIn('"roleArn"', str(inputs["assumeRoles"]))

        return provider.urn.apply(check)


if __name__ == "__main__":
    unittest.main()

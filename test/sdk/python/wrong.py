"""A program with a mistake in every call: a type checker has to find each."""

import pulumi_org_conformance as conformance

conformance.OrganizationConformancePackStatus("misspelled", name="a", reigons=["us-east-1"])
conformance.OrganizationConformancePackStatus("text", name="a", page_size="many")
conformance.OrganizationConformancePackStatus("class", name="a", tolerate=conformance.ToleranceArgs(max_failed=1))
conformance.OrganizationConformancePackStatus("dictionary", name="a", tolerate={"max_failed": 1})
conformance.OrganizationConformancePackStatus("union", name="a", wait_for_settled={"timeout_seconds": 1})
conformance.get_organization_conformance_pack_status(name="a", fail_on="failed")
conformance.get_organization_conformance_pack_status(name="a", assume_role={"role_arn": "b"})

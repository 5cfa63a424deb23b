import pulumi
import pulumi_org_conformance as conformance

pack_name = pulumi.Config().get("packName") or "security-baseline"

# The way to AWS for the gate and the function. Without it, the settings of `org-conformance:*` count.
audit = conformance.Provider("audit", region="us-east-1")

# Run it with the policy pack:
#   pulumi preview --policy-pack ../../node_modules/pulumi-org-conformance/policy
gate = conformance.OrganizationConformancePackStatus(
    "gate", name=pack_name, opts=pulumi.ResourceOptions(provider=audit)
)


class Service(pulumi.ComponentResource):
    """Stands for what you deploy."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions) -> None:
        super().__init__("example:index:Service", name, {}, opts)
        self.register_outputs({})


Service("api", pulumi.ResourceOptions(depends_on=[gate]))

# Every row, to read. The function gates nothing.
status = conformance.get_organization_conformance_pack_status_output(
    name=pack_name, opts=pulumi.InvokeOutputOptions(provider=audit)
)

pulumi.export("verdict", gate.verdict)
pulumi.export(
    "failedGroups",
    gate.failed_groups.apply(
        lambda groups: [f"{group.error_code} in {', '.join(group.account_ids)}" for group in groups]
    ),
)
pulumi.export(
    "failed",
    status.failed.apply(lambda rows: [f"{row.account_id}: {row.error_code}" for row in rows]),
)

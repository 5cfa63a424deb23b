package main

import (
	"fmt"

	"github.com/pulumi-org-conformance/pulumi-org-conformance/sdk/go/orgconformance"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

// service stands for what you deploy.
type service struct {
	pulumi.ResourceState
}

func program(ctx *pulumi.Context) error {
	packName := config.Get(ctx, "packName")
	if packName == "" {
		packName = "security-baseline"
	}

	// The way to AWS for the gate and the function. Without it, the settings of `org-conformance:*` count.
	audit, err := orgconformance.NewProvider(ctx, "audit", &orgconformance.ProviderArgs{
		Region: pulumi.String("us-east-1"),
	})
	if err != nil {
		return err
	}

	// Run it with the policy pack:
	//   pulumi preview --policy-pack ../../node_modules/pulumi-org-conformance/policy
	gate, err := orgconformance.NewOrganizationConformancePackStatus(ctx, "gate",
		&orgconformance.OrganizationConformancePackStatusArgs{Name: pulumi.String(packName)},
		pulumi.Provider(audit))
	if err != nil {
		return err
	}

	err = ctx.RegisterComponentResource("example:index:Service", "api", &service{},
		pulumi.DependsOn([]pulumi.Resource{gate}))
	if err != nil {
		return err
	}

	// Every row, to read. The function gates nothing.
	status := orgconformance.LookupOrganizationConformancePackStatusOutput(ctx,
		orgconformance.LookupOrganizationConformancePackStatusOutputArgs{Name: pulumi.String(packName)},
		pulumi.Provider(audit))

	ctx.Export("verdict", gate.Verdict)
	ctx.Export("failedGroups", gate.FailedGroups.ApplyT(func(groups []orgconformance.MemberGroup) []string {
		causes := []string{}
		for _, group := range groups {
			for region := range group.AccountIds {
				causes = append(causes, *group.ErrorCode+" in "+region)
			}
		}
		return causes
	}))
	ctx.Export("failed", status.Failed().ApplyT(func(rows []orgconformance.MemberStatus) []string {
		failures := []string{}
		for _, row := range rows {
			failures = append(failures, fmt.Sprintf("%s: %s", row.AccountId, *row.ErrorCode))
		}
		return failures
	}))
	return nil
}

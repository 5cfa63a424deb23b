// Package program is what a program in Go sends to the provider, and what it gets, under Pulumi's mocks.
package program

import (
	"encoding/json"
	"reflect"
	"sync"
	"testing"

	"github.com/pulumi-org-conformance/pulumi-org-conformance/sdk/go/orgconformance"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const role = "arn:aws:iam::111111111111:role/reader"

type mocks struct {
	sync.Mutex
	sent map[string]string
}

func (m *mocks) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	m.record(args.Name, args.Inputs)
	outputs := args.Inputs.Copy()
	outputs["verdict"] = resource.NewStringProperty("FAILED")
	outputs["failedGroups"] = resource.NewPropertyValue([]any{map[string]any{
		"status":               "CREATE_FAILED",
		"errorCode":            "NoRecorder",
		"accountIds":           map[string]any{"us-east-1": []any{"333333333333"}},
		"conformancePackNames": map[string]any{"us-east-1": "OrgConformsPack"},
		"times":                "-",
	}})
	return "id", outputs, nil
}

func (m *mocks) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	m.record(args.Token, args.Args)
	row := map[string]any{
		"accountId": "333333333333", "region": "us-east-1", "status": "CREATE_FAILED", "conformancePackName": "x",
	}
	return resource.NewPropertyMapFromMap(map[string]any{"verdict": "FAILED", "failed": []any{row}}), nil
}

func (m *mocks) record(name string, inputs resource.PropertyMap) {
	m.Lock()
	defer m.Unlock()
	text, err := json.Marshal(inputs.Mappable())
	if err != nil {
		panic(err)
	}
	m.sent[name] = string(text)
}

// run runs a program under mocks, and returns what it sent, by the name of the resource or the token of the function.
func run(t *testing.T, program pulumi.RunFunc) map[string]string {
	t.Helper()
	m := &mocks{sent: map[string]string{}}
	if err := pulumi.RunErr(program, pulumi.WithMocks("project", "stack", m)); err != nil {
		t.Fatal(err)
	}
	return m.sent
}

func expectSent(t *testing.T, sent, expected string) {
	t.Helper()
	var got, want any
	if err := json.Unmarshal([]byte(sent), &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(expected), &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("sent %s, not %s", sent, expected)
	}
}

func TestGate(t *testing.T) {
	found := make(chan string, 1)
	sent := run(t, func(ctx *pulumi.Context) error {
		gate, err := orgconformance.NewOrganizationConformancePackStatus(ctx, "gate",
			&orgconformance.OrganizationConformancePackStatusArgs{
				Name:             pulumi.String("security-baseline"),
				ExpectedAccounts: pulumi.StringArray{pulumi.String("111111111111")},
				AssumeRole:       &orgconformance.AssumeRoleArgs{RoleArn: pulumi.String(role), DurationSeconds: pulumi.Int(900)},
				Tolerate: &orgconformance.ToleranceArgs{
					Accounts: orgconformance.ToleratedAccountArray{&orgconformance.ToleratedAccountArgs{
						AccountId: pulumi.String("222222222222"),
						Reason:    pulumi.String("Closes in May."),
					}},
					MaxFailedAccounts: pulumi.Int(2),
				},
				Triggers:       pulumi.Array{pulumi.Map{"Rules": pulumi.String("s3_bucket")}},
				WaitForSettled: &orgconformance.WaitForSettledArgs{TimeoutSeconds: pulumi.Float64(60)},
			})
		if err != nil {
			return err
		}
		pulumi.All(gate.Verdict, gate.FailedGroups).ApplyT(func(all []any) string {
			group := all[1].([]orgconformance.MemberGroup)[0]
			found <- all[0].(string) + " " + *group.ErrorCode + " " + group.AccountIds["us-east-1"][0]
			return ""
		})
		return nil
	})
	if text := <-found; text != "FAILED NoRecorder 333333333333" {
		t.Error(text)
	}
	expectSent(t, sent["gate"], `{
		"name": "security-baseline",
		"expectedAccounts": ["111111111111"],
		"assumeRole": {"roleArn": "arn:aws:iam::111111111111:role/reader", "durationSeconds": 900},
		"tolerate": {"accounts": [{"accountId": "222222222222", "reason": "Closes in May."}], "maxFailedAccounts": 2},
		"triggers": [{"Rules": "s3_bucket"}],
		"waitForSettled": {"timeoutSeconds": 60}
	}`)
}

func TestWordsInPlaceOfAListAndOfLimits(t *testing.T) {
	sent := run(t, func(ctx *pulumi.Context) error {
		_, err := orgconformance.NewOrganizationConformancePackStatus(ctx, "gate",
			&orgconformance.OrganizationConformancePackStatusArgs{
				Name:             pulumi.String("security-baseline"),
				ExpectedAccounts: pulumi.String("organization"),
				WaitForSettled:   pulumi.Bool(true),
			})
		return err
	})
	expectSent(t, sent["gate"],
		`{"name": "security-baseline", "expectedAccounts": "organization", "waitForSettled": true}`)
}

func TestBothFormsOfTheFunction(t *testing.T) {
	const token = "org-conformance:index:getOrganizationConformancePackStatus"
	sent := run(t, func(ctx *pulumi.Context) error {
		status, err := orgconformance.LookupOrganizationConformancePackStatus(ctx,
			&orgconformance.LookupOrganizationConformancePackStatusArgs{
				Name:       "security-baseline",
				AssumeRole: &orgconformance.AssumeRole{RoleArn: role},
			})
		if err != nil {
			return err
		}
		if id := status.Failed[0].AccountId; id != "333333333333" {
			t.Error(id)
		}
		return nil
	})
	expectSent(t, sent[token],
		`{"name": "security-baseline", "assumeRole": {"roleArn": "arn:aws:iam::111111111111:role/reader"}}`)

	found := make(chan string, 1)
	sent = run(t, func(ctx *pulumi.Context) error {
		status := orgconformance.LookupOrganizationConformancePackStatusOutput(ctx,
			orgconformance.LookupOrganizationConformancePackStatusOutputArgs{Name: pulumi.String("security-baseline")})
		status.Failed().Index(pulumi.Int(0)).AccountId().ApplyT(func(id string) string {
			found <- id
			return id
		})
		return nil
	})
	if id := <-found; id != "333333333333" {
		t.Error(id)
	}
	expectSent(t, sent[token], `{"name": "security-baseline"}`)
}

func TestExplicitProvider(t *testing.T) {
	sent := run(t, func(ctx *pulumi.Context) error {
		_, err := orgconformance.NewProvider(ctx, "audit", &orgconformance.ProviderArgs{
			Region:     pulumi.String("us-east-1"),
			MaxRetries: pulumi.Int(3),
			Endpoints: orgconformance.ProviderEndpointArray{
				&orgconformance.ProviderEndpointArgs{Configservice: pulumi.String("http://127.0.0.1:4566")},
			},
		})
		return err
	})
	expectSent(t, sent["audit"], `{
		"region": "us-east-1",
		"maxRetries": 3,
		"endpoints": [{"configservice": "http://127.0.0.1:4566"}]
	}`)
}

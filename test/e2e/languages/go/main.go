// Command inline runs an example through Pulumi's Automation API for Go: `inline <preview|up|destroy> [policy pack]`.
// The example's program.go is copied beside this file.
//
// The current folder has the project; the stack, its backend and the CLI are in the environment.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optdestroy"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optpreview"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
)

func main() {
	if err := run(context.Background(), os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, operation string, policyPacks []string) error {
	stack, err := auto.UpsertStackInlineSource(ctx, os.Getenv("STACK"), "org-conformance", program, auto.WorkDir("."))
	if err != nil {
		return err
	}
	switch operation {
	case "preview":
		_, err = stack.Preview(ctx, optpreview.PolicyPacks(policyPacks...), optpreview.ProgressStreams(os.Stdout))
	case "up":
		_, err = stack.Up(ctx, optup.PolicyPacks(policyPacks...), optup.ProgressStreams(os.Stdout))
	default:
		_, err = stack.Destroy(ctx, optdestroy.ProgressStreams(os.Stdout))
	}
	return err
}

import * as pulumi from "@pulumi/pulumi";
import { mockPackStatusState } from "pulumi-org-conformance/testing";

interface Example {
  readonly verdict: pulumi.Output<string>;
  readonly failedAccounts: pulumi.Output<string[]>;
}

test("gate-with-pack: the gate looks at the pack that it creates", async () => {
  const declared: pulumi.runtime.MockResourceArgs[] = [];
  await pulumi.runtime.setMocks({
    newResource: (args) => {
      declared.push(args);
      return args.type === "aws:cfg/organizationConformancePack:OrganizationConformancePack"
        ? { id: "security-baseline", state: args.inputs as object }
        : {
            id: "gate",
            state: {
              ...(args.inputs as object),
              ...mockPackStatusState({
                name: "security-baseline",
                members: [{ accountId: "222222222222", status: "CREATE_FAILED" }],
              }),
            },
          };
    },
    call: ({ inputs }) => inputs as object,
  });
  const { verdict, failedAccounts } = jest.requireActual<Example>("../../examples/gate-with-pack/index");
  const settled = await new Promise((resolve) => {
    pulumi.all([verdict, failedAccounts]).apply(resolve);
  });

  expect(settled).toEqual(["FAILED", ["222222222222"]]);
  expect(declared.map(({ type, inputs }) => [type, (inputs as { name?: string }).name])).toEqual([
    ["aws:cfg/organizationConformancePack:OrganizationConformancePack", "security-baseline"],
    ["pulumi-nodejs:dynamic/conformance:OrganizationConformancePackStatus", "security-baseline"],
  ]);
});

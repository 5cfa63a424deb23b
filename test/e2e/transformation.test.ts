import * as pulumi from "@pulumi/pulumi";
import { OrganizationConformancePackStatus } from "pulumi-org-conformance";
import { everyCase } from "../everyCase";
import { dependentType, gatedStack, packName, resourceOfType, Service, statusIn, statusType } from "./gatedStack";

const failing = { name: packName, members: 250, failing: 3 };

function program() {
  const gate = new OrganizationConformancePackStatus("gate", { name: packName });
  new Service("api", { dependsOn: gate });
  return Promise.resolve({});
}

/** The program, with a transformation that makes a read of every gate: after the check in the constructor. */
function transformed() {
  pulumi.runtime.registerStackTransformation(({ opts, props, type }) =>
    type === statusType ? { props, opts: { ...opts, id: `${packName}@us-east-1` } } : undefined,
  );
  return program();
}

test.each(everyCase ? ["new", "existing"] : ["existing"])(
  "a transformation that makes a read of the gate is refused in a stack that is %s",
  async (age) => {
    const stack = await gatedStack(program, { packs: [{ name: packName, members: 250 }] });
    if (age === "existing") {
      const gateAlone = () => {
        new OrganizationConformancePackStatus("gate", { name: packName });
        return Promise.resolve({});
      };
      await stack.deploy(gateAlone);
    }
    stack.emulator.setMembers(packName, failing);
    for (const run of [stack.preview, stack.up]) {
      const { output, succeeded } = await run({ program: transformed });
      expect({ output, succeeded }).toMatchObject({ succeeded: false });
      expect(output).toContain("it would gate nothing");
      expect(output).not.toMatch(/^\s+at .*:\d+:\d+/m);
    }
    expect(resourceOfType(await stack.resources(), dependentType)).toBeUndefined();
    expect(statusIn(await stack.resources())?.outputs?.verdict).toBe(age === "existing" ? "PASSED" : undefined);
  },
);

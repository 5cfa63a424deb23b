import * as pulumi from "@pulumi/pulumi";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { mockPackStatus } from "../../../emulator";
import {
  getOrganizationConformancePackStatus,
  getOrganizationConformancePackStatusOutput,
  streamOrganizationConformancePackMemberStatuses,
} from "../../../sdk/nodejs";
import { Other, setMocks, settle, valueOf } from "./mocks";

const token = "org-conformance:index:getOrganizationConformancePackStatus";
const status = mockPackStatus({
  name: "baseline",
  members: [{ accountId: "111111111111" }, { accountId: "222222222222", status: "CREATE_FAILED" }],
});
const call = () => status;

describe("getOrganizationConformancePackStatus", () => {
  test("asks the mocks, not AWS", async () => {
    const { calls } = await setMocks({ call });
    const args = { name: "baseline", regions: ["us-east-1"], pageSize: 10 };
    expect(await getOrganizationConformancePackStatus(args)).toEqual(status);
    expect(calls).toEqual([{ token, inputs: args, provider: "" }]);
  });

  test("asks the mocks that another copy of Pulumi's SDK set, with the function, its Output form and the stream", async () => {
    const { calls } = await setMocks({ call });
    // What `jest.resetModules()` does, and a second installation of @pulumi/pulumi.
    await jest.isolateModulesAsync(async () => {
      expect(jest.requireActual<typeof pulumi>("@pulumi/pulumi").Output).not.toBe(pulumi.Output);
      const sdk = jest.requireActual<typeof import("../../../sdk/nodejs")>("../../../sdk/nodejs");
      expect((await sdk.getOrganizationConformancePackStatus({ name: "baseline" })).verdict).toBe("FAILED");
      expect(
        await valueOf(sdk.getOrganizationConformancePackStatusOutput({ name: pulumi.output("baseline") }).verdict),
      ).toBe("FAILED");
      const rows = [];
      for await (const row of sdk.streamOrganizationConformancePackMemberStatuses({ name: "baseline" })) rows.push(row);
      expect(rows).toEqual(status.members);
    });
    expect(calls.map((made) => made.token)).toEqual([token, token, token]);
  });

  test("a mock that throws makes it reject", async () => {
    await setMocks({
      call: () => {
        throw new Error("No such pack.");
      },
    });
    await expect(getOrganizationConformancePackStatus({ name: "baseline" })).rejects.toThrow();
  });
});

describe("getOrganizationConformancePackStatusOutput", () => {
  test("takes plain values, promises and Outputs", async () => {
    const { calls } = await setMocks({ call });
    const result = getOrganizationConformancePackStatusOutput({
      name: pulumi.output("baseline"),
      regions: Promise.resolve(["us-east-1"]),
      accountIds: [pulumi.output("111111111111")],
      pageSize: 10,
    });
    expect(await settle(result)).toEqual({ value: status, isKnown: true, isSecret: false });
    expect(await valueOf(result.failed)).toEqual(status.failed);
    expect(calls.map(({ inputs }) => inputs as unknown)).toEqual([
      { name: "baseline", regions: ["us-east-1"], accountIds: ["111111111111"], pageSize: 10 },
    ]);
  });

  test("secret in, secret out", async () => {
    const { calls } = await setMocks({ call });
    const result = getOrganizationConformancePackStatusOutput({ name: pulumi.secret("baseline") });
    expect(await settle(result)).toEqual({ value: status, isKnown: true, isSecret: true });
    expect((await settle(result.verdict)).isSecret).toBe(true);
    expect(calls).toMatchObject([{ inputs: { name: "baseline" } }]);
  });

  test("unknown stays unknown, and no lookup is made", async () => {
    const { calls } = await setMocks({ call, preview: true, planned: ["pack"] });
    const pack = new Other("pack");
    const results = [
      getOrganizationConformancePackStatusOutput({ name: pack.id }),
      getOrganizationConformancePackStatusOutput({ name: "baseline", regions: [pack.id] }),
      getOrganizationConformancePackStatusOutput({ name: "baseline", pageSize: pack.id.apply(() => 10) }),
    ];
    for (const result of results) {
      expect((await settle(result)).isKnown).toBe(false);
      expect((await settle(result.verdict)).isKnown).toBe(false);
    }
    expect(calls).toEqual([]);
  });

  test("an error is inside the Output, and ends the program the way that Pulumi shows without a stack", async () => {
    // In a process of its own: a rejected Output ends the process that it is in.
    const script = `
      const pulumi = require("@pulumi/pulumi");
      const { getOrganizationConformancePackStatusOutput: get } = require(${JSON.stringify(join(__dirname, "../../../sdk/nodejs/index.ts"))});
      const rejections = new Set();
      process.on("unhandledRejection", (error) => rejections.add(error));
      const result = get({ name: pulumi.output("9") });
      process.once("beforeExit", () => {
        const errors = [...rejections].map((error) => [error.name, pulumi.RunError.isInstance(error)]);
        process.stdout.write(JSON.stringify({ isOutput: pulumi.Output.isInstance(result), errors }));
      });`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...["--require", require.resolve("tsx/cjs")],
      ...["-e", script],
    ]);
    expect(JSON.parse(stdout)).toEqual({ isOutput: true, errors: [["InvalidArgumentsError", true]] });
  });

  describe("dependsOn", () => {
    /** A component with one resource, in as many components as `depth` says. */
    class Component extends pulumi.ComponentResource {
      constructor(name: string, depth: number, parent?: pulumi.Resource) {
        super("test:index:Component", name, {}, parent ? { parent } : {});
        if (depth > 0) new Component(`${name}-child`, depth - 1, this);
        else new Other(`${name}-leaf`, { parent: this });
        this.registerOutputs();
      }
    }

    /** A component that makes its resource later. */
    class SlowComponent extends pulumi.ComponentResource {
      constructor(name: string) {
        super("test:index:SlowComponent", name);
      }

      protected override async initialize(): Promise<void> {
        await new Promise((resolve) => setImmediate(resolve));
        new Other("leaf", { parent: this });
      }
    }

    const dependencies: [
      string,
      () => pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>,
    ][] = [
      ["a resource", () => new Other("leaf")],
      ["a list", () => [new Other("first"), new Other("leaf")]],
      ["an Output of a resource", () => pulumi.output(new Other("leaf"))],
      ["an Output of a list", () => pulumi.output([new Other("first"), new Other("leaf")])],
      ["a list of Outputs", () => [pulumi.output(new Other("leaf"))]],
      ["a promise", () => Promise.resolve(new Other("leaf"))],
      ["a component", () => new Component("leaf", 0)],
      ["a component in a component", () => [new Component("leaf", 1)]],
      ["a component that is not done", () => new SlowComponent("slow")],
    ];
    const planned = ["leaf", "leaf-leaf", "leaf-child-leaf"];

    test.each(dependencies)("on %s: looked up when that is there", async (_, dependsOn) => {
      const { calls } = await setMocks({ call });
      const result = getOrganizationConformancePackStatusOutput({ name: "baseline" }, { dependsOn: dependsOn() });
      expect(await valueOf(result.verdict)).toBe("FAILED");
      expect(calls).toHaveLength(1);
    });

    test.each(dependencies)("on %s: unknown while that is only planned", async (_, dependsOn) => {
      const { calls } = await setMocks({ call, preview: true, planned });
      const result = getOrganizationConformancePackStatusOutput({ name: "baseline" }, { dependsOn: dependsOn() });
      expect((await settle(result)).isKnown).toBe(false);
      expect(calls).toEqual([]);
    });
  });
});

describe("streamOrganizationConformancePackMemberStatuses", () => {
  async function streamed(): Promise<unknown[]> {
    const rows: unknown[] = [];
    for await (const row of streamOrganizationConformancePackMemberStatuses({ name: "baseline" })) rows.push(row);
    return rows;
  }

  test("streams the rows of the mocked status", async () => {
    const { calls } = await setMocks({ call });
    expect(await streamed()).toEqual(status.members);
    expect(calls).toEqual([{ token, inputs: { name: "baseline" }, provider: "" }]);
  });

  test("refuses under mocks too what it would refuse in a run", async () => {
    const { calls } = await setMocks({ call });
    const args = { name: "baseline", expectedAccounts: "organization" };
    const rows = streamOrganizationConformancePackMemberStatuses(args);
    await expect(rows.next()).rejects.toThrow("expectedAccounts: A stream only reads rows");
    expect(calls).toEqual([]);
  });

  test("under naive mocks there are no rows", async () => {
    await setMocks();
    expect(await streamed()).toEqual([]);
  });
});

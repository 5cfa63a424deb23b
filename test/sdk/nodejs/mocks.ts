import * as pulumi from "@pulumi/pulumi";
import type { MockCallArgs, MockResourceArgs } from "@pulumi/pulumi/runtime";

/** What the mocks of a test answer; by default as naively as the first test that a user writes. */
export interface Answers {
  readonly state?: (args: MockResourceArgs) => Record<string, unknown>;
  readonly call?: (args: MockCallArgs) => unknown;
  /** Resources of these names are only planned: they have no id. */
  readonly planned?: readonly string[];
  readonly preview?: boolean;
}

/** Sets mocks, and returns what they see. */
export async function setMocks({ call, planned = [], preview = false, state }: Answers = {}): Promise<{
  resources: MockResourceArgs[];
  calls: MockCallArgs[];
}> {
  const seen = { resources: [] as MockResourceArgs[], calls: [] as MockCallArgs[] };
  await pulumi.runtime.setMocks(
    {
      newResource: (args) => {
        seen.resources.push(args);
        const answer = state?.(args) ?? (args.inputs as Record<string, unknown>);
        return { id: planned.includes(args.name) ? undefined : `${args.name}-id`, state: answer };
      },
      call: (args) => {
        seen.calls.push(args);
        return (call ? call(args) : args.inputs) as Record<string, unknown>;
      },
    },
    "project",
    "stack",
    preview,
  );
  return seen;
}

/** All of an Output, whose promise a program does not see. */
export async function settle<T>(output: pulumi.Output<T>): Promise<{ value: T; isKnown: boolean; isSecret: boolean }> {
  const inside = output as unknown as { promise(): Promise<T>; isKnown: Promise<boolean>; isSecret: Promise<boolean> };
  return { value: await inside.promise(), isKnown: await inside.isKnown, isSecret: await inside.isSecret };
}

export async function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  const { isKnown, value } = await settle(output);
  if (!isKnown) throw new Error("It is unknown.");
  return value;
}

/** Something else that a program has. */
export class Other extends pulumi.CustomResource {
  constructor(name: string, opts?: pulumi.CustomResourceOptions) {
    super("test:index:Other", name, {}, opts);
  }
}

/** What a program has started ends with its test: the mocks of the next one do not know its resources. */
afterEach(async () => {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
});

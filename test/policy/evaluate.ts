import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { MockPackStatusArgs } from "../../emulator";
import { mockPackStatusState } from "../../emulator";

/** The policy SDK's own, which its public types leave out. */
const { unknownCheckingProxy } = jest.requireActual<{ unknownCheckingProxy: (props: object) => object }>(
  "@pulumi/policy/proxy",
);

export const { UnknownValueError } = jest.requireActual<{ UnknownValueError: new () => Error }>("@pulumi/policy/proxy");

/** What the engine sends for a text that is not known until the update. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const statusType = "pulumi-nodejs:dynamic/conformance:OrganizationConformancePackStatus";

export interface EvaluatedResource {
  readonly props: object;
  readonly urn?: string;
  readonly type?: string;
}

let urns = 0;

/** An URN that no other test has: policies remember what they judged for as long as their process lives. */
export function newUrn(): string {
  urns += 1;
  return `urn:pulumi:test::test::${statusType}::status-${String(urns)}`;
}

/** A status resource as the policy SDK hands it out: whoever touches an unknown value gets an error. */
function argsOf({ props, type = statusType, urn = newUrn() }: EvaluatedResource) {
  return { type, urn, name: "status", props: unknownCheckingProxy({ __provider: "text", ...props }) };
}

/** What a resource policy reports. */
export async function violationsOf(
  policy: ResourceValidationPolicy,
  resource: EvaluatedResource,
  config: object = {},
): Promise<string[]> {
  const violations: string[] = [];
  const args = { ...argsOf(resource), getConfig: () => config } as unknown as ResourceValidationArgs;
  for (const validate of [policy.validateResource ?? []].flat()) {
    await validate(args, (message) => violations.push(message));
  }
  return violations;
}

/** What a stack policy reports, with the URN it reports it on. */
export async function stackViolationsOf(
  policy: StackValidationPolicy,
  resources: readonly EvaluatedResource[],
  config: object = {},
): Promise<[message: string, urn: string | undefined][]> {
  const violations: [string, string | undefined][] = [];
  const args = {
    resources: resources.map((resource) => argsOf(resource) as unknown as PolicyResource),
    getConfig: () => config,
  } as unknown as StackValidationArgs;
  await policy.validateStack(args, (message, urn) => violations.push([message, urn]));
  return violations;
}

/** Account ids that a reader tells apart: 100000000001, 100000000002, … */
export const account = (index: number): string => String(100_000_000_000 + index);

type Members = NonNullable<MockPackStatusArgs["members"]>;

/** Rows with the same status and error. */
export function rows(count: number, row: Omit<Members[number], "accountId"> = {}, first = 1): Members {
  return Array.from({ length: count }, (_, index) => ({ accountId: account(first + index), ...row }));
}

/** The state of a status resource, looked up just now. */
export function stateOf(members: Members, others: Omit<MockPackStatusArgs, "members"> = {}) {
  return mockPackStatusState({ name: "security-baseline", members, ...others });
}

export const noRecorder = {
  status: "CREATE_FAILED",
  errorCode: "NoAvailableConfigurationRecorderException",
  errorMessage: "There are no configuration recorders available to put the conformance pack.",
} as const;

import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { MockPackStatusArgs } from "../../emulator";
import { mockPackStatusState } from "../../emulator";
import { requiredPacks, tolerated } from "../../policy/index";
import * as keptNotices from "../../policy/notices";
import * as keptErrors from "../../core/errors";
import { type GateArgs } from "../../core/gate/gateArgs";
import { encodeState } from "../../provider/gateState";
import type { Tolerance } from "../../core/gate/tolerance";
import type { Evidence } from "../../core/status/evidence";
import { judge } from "../../core/status/judge";

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
  /** By property, the URNs of the resources that its value comes from. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
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
  const shown = resources.map((resource) => ({ ...argsOf(resource), propertyDependencies: {} }));
  const byUrn = new Map(shown.map((resource) => [resource.urn, resource]));
  resources.forEach(({ propertyDependencies = {} }, index) => {
    // As the policy SDK does: what is not in the stack is left out.
    const found = Object.entries(propertyDependencies).map(([property, urns]) => [
      property,
      urns.map((urn) => byUrn.get(urn)).filter((resource) => resource !== undefined),
    ]);
    Object.assign(shown[index] ?? {}, { propertyDependencies: Object.fromEntries(found) as object });
  });
  const args = {
    resources: shown as unknown as PolicyResource[],
    getConfig: () => config,
  } as unknown as StackValidationArgs;
  await policy.validateStack(args, (message, urn) => violations.push([message, urn]));
  return violations;
}

/**
 * What the policies have let pass since this was asked before: the text, and the URN that it is about.
 *
 * @param resources - What the stack has at the end of the run.
 */
export function notices(
  resources: readonly EvaluatedResource[] = [],
): Promise<[message: string, urn: string | undefined][]> {
  return stackViolationsOf(tolerated, resources);
}

/** The policy as a new process has it: it judges once a process. */
export function newRequiredPacks(): typeof requiredPacks {
  const kept: [path: string, module: unknown][] = [
    ["../../policy/notices", keptNotices],
    ["../../core/errors", keptErrors],
  ];
  let made = requiredPacks;
  jest.isolateModules(() => {
    for (const [path, module] of kept) jest.doMock(path, () => module);
    made = jest.requireActual<{ requiredPacks: typeof requiredPacks }>("../../policy/requiredPacks").requiredPacks;
  });
  for (const [path] of kept) jest.dontMock(path);
  return made;
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

/** The same, with the arguments that the resource was given beside those of the lookup. */
export function gateOf(members: Members, args: GateArgs, others: Omit<MockPackStatusArgs, "members"> = {}) {
  return { ...stateOf(members, { ...others, ...(args.tolerate && { tolerate: args.tolerate }) }), ...args };
}

/** The state of what `judge` makes of any evidence; the mocks know no region that is silent and no narrowed reading. */
export function stateOfEvidence(evidence: Evidence) {
  const regions = evidence.regions.map(({ region }) => region);
  const { members } = evidence;
  return encodeState({ name: "security-baseline", regions, ...judge(evidence), members }, new Date());
}

/** A row as it is read. */
export function memberOf(index: number, row: Omit<Members[number], "accountId"> = {}): Evidence["members"][number] {
  const healthy = { region: "us-east-1", conformancePackName: "OrgConformsPack-1a2b3c4d", status: "CREATE_SUCCESSFUL" };
  return { ...healthy, accountId: account(index), ...row };
}

/** An exception for one account. */
export function excepting(index: number, others: Omit<Exception, "accountId" | "reason"> = {}): Tolerance {
  return { accounts: [{ accountId: account(index), reason: "Ann decided it.", ...others }] };
}

type Exception = NonNullable<Tolerance["accounts"]>[number];

export const noRecorder = {
  status: "CREATE_FAILED",
  errorCode: "NoAvailableConfigurationRecorderException",
  errorMessage: "There are no configuration recorders available to put the conformance pack.",
} as const;

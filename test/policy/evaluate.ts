import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";

/** The policy SDK's own, which its public types leave out. */
const { unknownCheckingProxy } = jest.requireActual<{ unknownCheckingProxy: (props: object) => object }>(
  "@pulumi/policy/proxy",
);

export const { UnknownValueError } = jest.requireActual<{ UnknownValueError: new () => Error }>("@pulumi/policy/proxy");

/** What the engine sends for a text that is not known until the update. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const statusType = "pulumi-nodejs:dynamic/conformance:OrganizationConformancePackStatus";
export const pluginType = "org-conformance:index:OrganizationConformancePackStatus";

export interface EvaluatedResource {
  readonly props: object;
  readonly urn?: string;
  readonly type?: string;
  /** The inputs of the resource's provider. */
  readonly provider?: object;
  /** By property, the URNs of the resources that its value comes from. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

let urns = 0;

/** An URN that no other resource has: a run remembers by URN what it judged. */
export function newUrn(): string {
  urns += 1;
  return `urn:pulumi:test::test::${statusType}::status-${String(urns)}`;
}

/** A status resource as the policy SDK hands it out: whoever touches an unknown value gets an error. */
function argsOf({ props, provider, type = statusType, urn = newUrn() }: EvaluatedResource) {
  return {
    type,
    urn,
    name: "status",
    props: unknownCheckingProxy({ __provider: "text", ...props }),
    ...(provider && { provider: { props: unknownCheckingProxy(provider) } }),
  };
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

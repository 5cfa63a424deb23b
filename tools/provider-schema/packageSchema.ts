import { pluginNamespace as packageName } from "../../core/aws/settingsNamespace";
import { version } from "../../core/text/version";
import { replacingKeys } from "../../provider/gateHandlers";
import { organizationConformancePackStatusType, pluginFunction, pluginStatusType } from "../../provider/pulumiTokens";
import { DocumentedTypes } from "./documentedTypes";
import { providerSettings, providerTypes } from "./providerSettings";
import type { ObjectTypeSpec, PackageSpec, PropertySpec } from "./schemaSpecs";

const repository = "https://github.com/pulumi-org-conformance/pulumi-org-conformance";
const goModule = "github.com/pulumi-org-conformance/pulumi-org-conformance/sdk/go";

const modules = {
  lookupArgs: "core/status/packStatusArgs.ts",
  gateArgs: "core/gate/gateArgs.ts",
  status: "core/status/packStatus.ts",
  state: "provider/gateState.ts",
} as const;

/**
 * Pulumi's schema of the provider. Arguments, outputs and descriptions are those of the TypeScript interfaces, so that
 * every language has the same reference.
 */
export function packageSchema(): PackageSpec {
  const documented = new DocumentedTypes(Object.values(modules), packageName);
  const lookupArgs = documented.objectOf(modules.lookupArgs, "PackStatusArgs");
  const gateArgs = documented.objectOf(modules.gateArgs, "GateArgs");
  const status = documented.objectOf(modules.status, "PackStatus");
  const state = documented.objectOf(modules.state, "GateState");
  const settings = providerSettings(packageName);

  const inputs = marked({ ...lookupArgs.properties, ...gateArgs.properties, ...triggersInput(gateArgs) });
  return {
    $schema: "https://raw.githubusercontent.com/pulumi/pulumi/master/pkg/codegen/schema/pulumi.json",
    name: packageName,
    displayName: "Organization Conformance",
    version,
    description:
      "Gates deployments on the status of an AWS Config organization conformance pack in every member account",
    keywords: ["pulumi", "aws", "aws-config", "aws-organizations", "conformance-pack", "category/cloud", "kind/native"],
    homepage: repository,
    repository,
    license: "Apache-2.0",
    publisher: "pulumi-org-conformance",
    pluginDownloadURL: "github://api.github.com/pulumi-org-conformance/pulumi-org-conformance",
    language: {
      csharp: {
        namespaces: { [packageName]: "OrgConformance" },
        packageReferences: { Pulumi: "3.*" },
        respectSchemaVersion: true,
      },
      go: {
        importBasePath: `${goModule}/orgconformance`,
        modulePath: goModule,
        generateResourceContainerTypes: true,
        respectSchemaVersion: true,
      },
      java: { basePackage: "io.github.pulumiorgconformance", buildFiles: "gradle" },
      nodejs: { packageName: "pulumi-org-conformance-provider", respectSchemaVersion: true },
      python: {
        packageName: "pulumi_org_conformance",
        inputTypes: "classes-and-dicts",
        pyproject: { enabled: true },
        readme: pythonReadme,
        requires: { pulumi: ">=3.165.0,<4.0.0" },
        respectSchemaVersion: true,
      },
    },
    config: { variables: settings },
    provider: {
      description:
        "The way to AWS: credentials, region and endpoints, under the names that they have in `aws:*`. What is not set here is taken from the environment. The stack's `aws:*` settings don't reach this provider.",
      inputProperties: settings,
      properties: {},
    },
    types: { ...documented.types, ...providerTypes(packageName) },
    resources: {
      [pluginStatusType]: {
        description: resourceDescription,
        // A program that moves from the class keeps its resource.
        aliases: [{ type: organizationConformancePackStatusType }],
        inputProperties: inputs,
        requiredInputs: lookupArgs.required ?? [],
        properties: marked({
          ...state.properties,
          ...lookupArgs.properties,
          ...gateArgs.properties,
          ...triggersOutput(gateArgs),
        }),
        required: state.required ?? [],
      },
    },
    functions: {
      [pluginFunction]: {
        description: functionDescription,
        inputs: lookupArgs,
        outputs: status,
      },
    },
  };
}

const pythonReadme = `# pulumi_org_conformance

Gates Pulumi deployments on the status of an AWS Config organization conformance pack in every member account.

\`\`\`python
import pulumi_org_conformance as conformance

gate = conformance.OrganizationConformancePackStatus(
    "gate", name="security-baseline", fail_on="notPassed"
)
# Give what relies on the pack opts=pulumi.ResourceOptions(depends_on=[gate]).
\`\`\`

Documentation: ${repository}`;

const awsSource =
  "AWS source: `GetOrganizationConformancePackDetailedStatus`, all pages, and `DescribeOrganizationConformancePackStatuses`. Needs the IAM actions of both names.";

const resourceDescription = `The status of an organization conformance pack in every member account, as a resource that gates others.

The lookup is made in the preview, and again in the update before a dependent changes. The policy pack, or \`failOn\`, refuses a status that has not passed. Deleting the resource changes nothing at AWS.

Rows are in groups by cause; for one object for each row, call \`getOrganizationConformancePackStatus\`. A resource that is read, with \`get\`, gates nothing, so that is refused.

${awsSource}`;

const functionDescription = `Looks up the status of an organization conformance pack in every member account.

It looks up in every preview and update and keeps nothing in state, so no policy sees the result. To gate other resources, use \`OrganizationConformancePackStatus\`.

${awsSource}`;

type Properties = Readonly<Record<string, PropertySpec>>;

/** `triggers` comes as a list, and is kept as its digest; under mocks, it stays what it was. */
function triggersInput({ properties: { triggers } }: ObjectTypeSpec): Properties {
  return { triggers: { description: triggers?.description ?? "", type: "array", items: { $ref: "pulumi.json#/Any" } } };
}

function triggersOutput({ properties: { triggers } }: ObjectTypeSpec): Properties {
  return { triggers: { ...triggers, description: `${triggers?.description ?? ""} Kept as a SHA-256 digest.` } };
}

/** The properties, with a mark at those whose change replaces the resource. */
function marked(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      replacingKeys.includes(name) ? { ...property, willReplaceOnChanges: true as const } : property,
    ]),
  );
}

import {
  ConfigServiceClient,
  DeleteOrganizationConformancePackCommand,
  DescribeOrganizationConformancePacksCommand,
  NoSuchOrganizationConformancePackException,
  PutOrganizationConformancePackCommand,
} from "@aws-sdk/client-config-service";

/** The inputs that a program sets. */
export interface PackInputs {
  readonly name: string;
  readonly region?: string | undefined;
  readonly templateBody?: string | undefined;
  readonly templateS3Uri?: string | undefined;
  readonly deliveryS3Bucket?: string | undefined;
  readonly deliveryS3KeyPrefix?: string | undefined;
  readonly excludedAccounts?: readonly string[] | undefined;
  readonly inputParameters?: readonly { readonly parameterName: string; readonly parameterValue: string }[] | undefined;
}

/** The outputs that a program sees, without the id, which is the name. */
export interface PackState extends PackInputs {
  readonly arn: string;
}

/** The stack's `aws:*` settings. */
export interface ProviderSettings {
  readonly region: string | undefined;
  readonly accessKey: string | undefined;
  readonly secretKey: string | undefined;
  readonly token: string | undefined;
  /** JSON: `[{"configservice": "http://127.0.0.1:1234"}]`. */
  readonly endpoints: string | undefined;
}

/**
 * A stand-in for the aws.cfg.OrganizationConformancePack of the real pulumi-resource-aws.
 *
 * The real one waits until AWS has rolled the pack out, and its update fails where the pack fails in an account. This
 * one does NOT wait: what waits is what is tested.
 */
export class OrganizationConformancePackProvider {
  readonly #settings: ProviderSettings;

  constructor(settings: ProviderSettings) {
    this.#settings = settings;
  }

  /** @param autoName - For a new pack whose program gives it no name. */
  check(
    olds: Partial<PackInputs>,
    news: Partial<PackInputs>,
    autoName: string,
  ): { inputs: PackInputs; failures: { property: string; reason: string }[] } {
    return {
      inputs: {
        ...news,
        name: news.name ?? olds.name ?? autoName,
        region: news.region ?? this.#settings.region,
      },
      failures:
        news.templateBody === undefined && news.templateS3Uri === undefined
          ? [{ property: "templateBody", reason: "One of templateBody and templateS3Uri must be specified" }]
          : [],
    };
  }

  /** Compares with the state, which a refresh may have changed. */
  diff(
    oldInputs: Partial<PackInputs>,
    state: Partial<PackState>,
    news: Partial<PackInputs>,
    ignoreChanges: readonly string[],
  ): { changed: readonly string[]; replaces: readonly string[]; deleteBeforeReplace: boolean } {
    const names = [...new Set([...Object.keys(oldInputs), ...Object.keys(news)])] as (keyof PackInputs)[];
    const changed = names.filter(
      (name) => !ignoreChanges.includes(name) && JSON.stringify(state[name]) !== JSON.stringify(news[name]),
    );
    const replaces = changed.filter((name) => name === "name" || name === "region");
    // Two packs of one name would be one too many.
    return { changed, replaces, deleteBeforeReplace: replaces.length > 0 && !replaces.includes("name") };
  }

  /** Creates and updates: AWS has one operation for both. */
  async put(inputs: PackInputs): Promise<PackState> {
    const { OrganizationConformancePackArn: arn = "" } = await this.#client(inputs).send(
      new PutOrganizationConformancePackCommand({
        OrganizationConformancePackName: inputs.name,
        TemplateBody: inputs.templateBody,
        TemplateS3Uri: inputs.templateS3Uri,
        DeliveryS3Bucket: inputs.deliveryS3Bucket,
        DeliveryS3KeyPrefix: inputs.deliveryS3KeyPrefix,
        ExcludedAccounts: inputs.excludedAccounts && [...inputs.excludedAccounts],
        ConformancePackInputParameters: inputs.inputParameters?.map(({ parameterName, parameterValue }) => ({
          ParameterName: parameterName,
          ParameterValue: parameterValue,
        })),
      }),
    );
    return { ...inputs, arn };
  }

  /**
   * Undefined when there is none. AWS does not tell the template.
   *
   * @param state - As it was. On import and in `get` it has nothing but what the program says.
   */
  async read(id: string, state: Partial<PackState>): Promise<PackState | undefined> {
    const { OrganizationConformancePacks: [pack] = [] } = await this.#client(state)
      .send(new DescribeOrganizationConformancePacksCommand({ OrganizationConformancePackNames: [id] }))
      .catch(ifGone({ OrganizationConformancePacks: [] }));
    if (!pack) return undefined;
    return {
      name: id,
      region: state.region ?? this.#settings.region,
      arn: pack.OrganizationConformancePackArn ?? "",
      templateBody: state.templateBody,
      templateS3Uri: state.templateS3Uri,
      deliveryS3Bucket: pack.DeliveryS3Bucket || undefined,
      deliveryS3KeyPrefix: pack.DeliveryS3KeyPrefix || undefined,
      excludedAccounts: unlessEmpty(pack.ExcludedAccounts),
      inputParameters: unlessEmpty(pack.ConformancePackInputParameters)?.map((parameter) => ({
        parameterName: parameter.ParameterName ?? "",
        parameterValue: parameter.ParameterValue ?? "",
      })),
    };
  }

  /** It is no error when there is none. */
  async delete(id: string, state: Partial<PackState>): Promise<void> {
    await this.#client(state)
      .send(new DeleteOrganizationConformancePackCommand({ OrganizationConformancePackName: id }))
      .catch(ifGone(undefined));
  }

  /** Credentials that the stack does not set are the environment's. */
  #client({ region = this.#settings.region }: Partial<PackInputs>): ConfigServiceClient {
    const { accessKey, secretKey, token, endpoints = "[]" } = this.#settings;
    const [{ configservice: endpoint } = {}] = JSON.parse(endpoints) as { configservice?: string }[];
    return new ConfigServiceClient({
      ...(region !== undefined && { region }),
      ...(endpoint !== undefined && { endpoint }),
      ...(accessKey !== undefined &&
        secretKey !== undefined && {
          credentials: {
            accessKeyId: accessKey,
            secretAccessKey: secretKey,
            ...(token !== undefined && { sessionToken: token }),
          },
        }),
    });
  }
}

function ifGone<T>(otherwise: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof NoSuchOrganizationConformancePackException) return otherwise;
    throw error;
  };
}

/** An empty list is what AWS makes of none. */
function unlessEmpty<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list?.length ? list : undefined;
}

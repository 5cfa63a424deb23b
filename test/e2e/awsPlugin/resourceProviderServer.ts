import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import {
  CheckFailure,
  CheckResponse,
  ConfigureResponse,
  CreateResponse,
  DiffResponse,
  ReadResponse,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { OrganizationConformancePackProvider, type PackInputs, type PackState } from "./organizationConformancePack";
import { Empty, Struct } from "./pulumiDependencies";

const packType = "aws:cfg/organizationConformancePack:OrganizationConformancePack";
/** How the engine writes a value that is not known yet. */
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type Unary<Request, Response> = (
  call: { readonly request: Request },
  callback: (error: Error | null, response?: Response) => void,
) => void;
type Served = "configure" | "check" | "diff" | "create" | "read" | "update" | "delete" | "invoke" | "getPluginInfo";

/**
 * How the engine calls the provider. `pulumi.provider.main` would do it, but keeps the stack's `aws:*` settings from
 * the provider. What is not here is UNIMPLEMENTED, which the engine takes well: CheckConfig, for one, then accepts all.
 */
export function resourceProviderServer(version: string): Pick<IResourceProviderServer, Served> {
  let provider: OrganizationConformancePackProvider | undefined;
  /** The provider, when it has the type. The engine configures it before it asks for anything else. */
  const providerOf = (type: string): OrganizationConformancePackProvider => {
    if (type !== packType) throw new Error(`The stand-in for pulumi-resource-aws has no ${type}, only ${packType}.`);
    if (!provider) throw new Error("The provider is not configured.");
    return provider;
  };

  return {
    getPluginInfo: answer(() => new PluginInfo().setVersion(version)),

    configure: answer((request) => {
      const setting = (name: string) => request.getVariablesMap().get(`aws:config:${name}`);
      provider = new OrganizationConformancePackProvider({
        region: setting("region"),
        accessKey: setting("accessKey"),
        secretKey: setting("secretKey"),
        token: setting("token"),
        endpoints: setting("endpoints"),
      });
      return new ConfigureResponse().setSupportspreview(true);
    }),

    check: answer((request) => {
      const seed = Buffer.from(request.getRandomseed_asU8()).toString("hex");
      const { inputs, failures } = providerOf(request.getType()).check(
        plain(request.getOlds()),
        plain(request.getNews()),
        `${request.getName()}-${seed.slice(0, 7)}`,
      );
      return new CheckResponse()
        .setInputs(struct(inputs))
        .setFailuresList(
          failures.map(({ property, reason }) => new CheckFailure().setProperty(property).setReason(reason)),
        );
    }),

    diff: answer((request) => {
      const { changed, replaces, deleteBeforeReplace } = providerOf(request.getType()).diff(
        plain(request.getOldInputs()),
        plain(request.getOlds()),
        plain(request.getNews()),
        request.getIgnorechangesList(),
      );
      const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
      return new DiffResponse()
        .setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME)
        .setDiffsList([...changed])
        .setReplacesList([...replaces])
        .setDeletebeforereplace(deleteBeforeReplace);
    }),

    create: answer(async (request) => {
      const [pack, inputs] = [providerOf(request.getType()), plain(request.getProperties()) as PackInputs];
      if (request.getPreview()) {
        return new CreateResponse().setProperties(struct({ ...inputs, arn: unknownValue }));
      }
      const state = await pack.put(inputs);
      return new CreateResponse().setId(state.name).setProperties(struct(state));
    }),

    update: answer(async (request) => {
      const [pack, inputs] = [providerOf(request.getType()), plain(request.getNews()) as PackInputs];
      const { arn } = plain(request.getOlds());
      return new UpdateResponse().setProperties(
        struct(request.getPreview() ? { ...inputs, arn } : await pack.put(inputs)),
      );
    }),

    read: answer(async (request) => {
      const state = await providerOf(request.getType()).read(request.getId(), plain(request.getProperties()));
      // No id says that there is none.
      if (!state) return new ReadResponse();
      return new ReadResponse()
        .setId(state.name)
        .setProperties(struct(state))
        .setInputs(struct({ ...state, arn: undefined }));
    }),

    delete: answer(async (request) => {
      await providerOf(request.getType()).delete(request.getId(), plain(request.getProperties()));
      return new Empty();
    }),

    invoke: answer((request) => {
      throw new Error(`The stand-in for pulumi-resource-aws has no function ${request.getTok()}.`);
    }),
  };
}

/** An error's message is what the CLI shows. */
function answer<Request, Response>(
  answerTo: (request: Request) => Response | Promise<Response>,
): Unary<Request, Response> {
  return ({ request }, callback) => {
    Promise.resolve(request)
      .then(answerTo)
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          // An error of AWS has its code as its name.
          callback(new Error(String(error).replace(/^Error: /, "")));
        },
      );
  };
}

/** The engine writes what a program leaves undefined as null. */
function plain(properties: Struct | undefined): Partial<PackState> {
  const values = Object.entries(properties?.toJavaScript() ?? {});
  return Object.fromEntries(values.filter(([, value]) => value !== null));
}

/** A Struct refuses undefined, which JSON leaves out. */
function struct(properties: object): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as object);
}

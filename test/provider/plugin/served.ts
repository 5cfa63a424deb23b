import {
  type Client,
  credentials,
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServiceError,
} from "@grpc/grpc-js";
import {
  type IResourceProviderServer,
  ResourceProviderClient,
  ResourceProviderService,
} from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CheckRequest,
  ConfigureRequest,
  CreateRequest,
  DiffRequest,
  ErrorResourceInitFailed,
  InvokeRequest,
  PropertyDiff,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Emulator } from "../../../emulator";
import { EngineLog } from "../../../provider/plugin/engineLog";
import { fromStruct, toStruct } from "../../../provider/plugin/properties";
import { resourceProviderService } from "../../../provider/plugin/resourceProviderService";
import { pluginFunction, pluginStatusType } from "../../../provider/pulumiTokens";
import { atTheEnd } from "../../builders/cleanUp";

export type Properties = Readonly<Record<string, unknown>>;

export const urn = `urn:pulumi:test::test::${pluginStatusType}::gate`;

/** The plugin as the engine reaches it, over a real connection. */
export interface Served {
  readonly client: ResourceProviderClient;
  readonly configure: (settings: Readonly<Record<string, string>>, providerUrn?: string) => Promise<Properties>;
  readonly check: (news: Properties, olds?: Properties) => Promise<{ inputs: Properties; failures: Failure[] }>;
  readonly diff: (olds: Properties, news: Properties) => Promise<Difference>;
  readonly create: (
    properties: Properties,
    isPreview?: boolean,
    timeoutSeconds?: number,
  ) => Promise<{ id: string; properties: Properties }>;
  readonly update: (
    olds: Properties,
    news: Properties,
    isPreview?: boolean,
    timeoutSeconds?: number,
  ) => Promise<Properties>;
  readonly read: (properties: Properties, inputs?: Properties) => Promise<{ id: string; properties: Properties }>;
  readonly invoke: (args: Properties, token?: string) => Promise<{ result: Properties; failures: Failure[] }>;
}

export interface Failure {
  readonly property: string;
  readonly reason: string;
}

export interface Difference {
  readonly changes: number;
  readonly replaces: readonly string[];
  /** By key, the kind of its change. */
  readonly detailed: Readonly<Record<string, string>>;
}

/** Serves the plugin until the end of the test. */
export async function serve(log = new EngineLog()): Promise<Served> {
  const server = new Server();
  server.addService(ResourceProviderService, resourceProviderService(log, "{}"));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  const client = new ResourceProviderClient(`127.0.0.1:${String(port)}`, credentials.createInsecure(), {
    // As the engine's.
    "grpc.max_receive_message_length": 400 * 1024 * 1024,
    "grpc.max_metadata_size": 16 * 1024 * 1024,
  });
  atTheEnd(() => {
    (client as unknown as Client).close();
    server.forceShutdown();
  });
  return {
    client,
    configure: async (settings, providerUrn = "") => {
      const request = new ConfigureRequest().setUrn(providerUrn);
      for (const [name, value] of Object.entries(settings)) {
        request.getVariablesMap().set(`org-conformance:config:${name}`, value);
      }
      return (await answerOf(client, "configure", request)).toObject();
    },
    check: async (news, olds = {}) => {
      const request = new CheckRequest().setUrn(urn).setNews(toStruct(news)).setOlds(toStruct(olds));
      const response = await answerOf(client, "check", request);
      return { inputs: fromStruct(response.getInputs()), failures: response.toObject().failuresList };
    },
    diff: async (olds, news) => {
      const request = new DiffRequest().setUrn(urn).setOlds(toStruct(olds)).setNews(toStruct(news));
      const response = await answerOf(client, "diff", request);
      const kinds = Object.fromEntries(Object.entries(PropertyDiff.Kind).map(([name, number]) => [number, name]));
      const changes = response.getDetaileddiffMap();
      return {
        changes: response.getChanges(),
        replaces: response.getReplacesList(),
        detailed: Object.fromEntries(
          changes.getEntryList().map(([key]) => [key, kinds[changes.get(key)?.getKind() ?? -1] ?? ""]),
        ),
      };
    },
    create: async (properties, isPreview = false, timeoutSeconds = 0) => {
      const request = new CreateRequest()
        .setUrn(urn)
        .setProperties(toStruct(properties))
        .setPreview(isPreview)
        .setTimeout(timeoutSeconds);
      const response = await answerOf(client, "create", request);
      return { id: response.getId(), properties: fromStruct(response.getProperties()) };
    },
    update: async (olds, news, isPreview = false, timeoutSeconds = 0) => {
      const request = new UpdateRequest()
        .setUrn(urn)
        .setId("saved-id")
        .setOlds(toStruct(olds))
        .setNews(toStruct(news))
        .setPreview(isPreview)
        .setTimeout(timeoutSeconds);
      return fromStruct((await answerOf(client, "update", request)).getProperties());
    },
    read: async (properties, inputs = properties) => {
      const request = new ReadRequest()
        .setUrn(urn)
        .setId("id")
        .setProperties(toStruct(properties))
        .setInputs(toStruct(inputs));
      const response = await answerOf(client, "read", request);
      return { id: response.getId(), properties: fromStruct(response.getProperties()) };
    },
    invoke: async (args, token = pluginFunction) => {
      const request = new InvokeRequest().setTok(token).setArgs(toStruct(args));
      const response = await answerOf(client, "invoke", request);
      return { result: fromStruct(response.getReturn()), failures: response.toObject().failuresList };
    },
  };
}

/** The settings of a provider that reach nothing but the emulator. */
export function settingsOf({ endpoint }: Emulator): Record<string, string> {
  return {
    region: "us-east-1",
    accessKey: "AKIACANARY",
    secretKey: "secret-canary",
    maxRetries: "0",
    endpoints: JSON.stringify([{ configservice: endpoint, organizations: endpoint, sts: endpoint }]),
  };
}

type Method = Exclude<keyof ReturnType<typeof resourceProviderService>, number>;
type Types<M extends Method> =
  IResourceProviderServer[M] extends handleUnaryCall<infer Request, infer Response>
    ? { readonly request: Request; readonly response: Response }
    : never;
type RequestOf<M extends Method> = Types<M>["request"];
type ResponseOf<M extends Method> = Types<M>["response"];

/** What a call is answered with. */
export function answerOf<M extends Method>(
  client: ResourceProviderClient,
  method: M,
  request: RequestOf<M>,
): Promise<ResponseOf<M>> {
  const call = client[method].bind(client) as (
    request: RequestOf<M>,
    done: (error: ServiceError | null, response: ResponseOf<M>) => void,
  ) => void;
  return new Promise((resolve, reject) => {
    call(request, (error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}

/** The resource that a call was refused with: what the engine saves. */
export function savedOf(error: unknown): { id: string; properties: Properties; reasons: string[] } {
  const [details] = (error as ServiceError).metadata.get("grpc-status-details-bin");
  const [detail] = Status.deserializeBinary(details as Buffer).getDetailsList();
  expect(detail?.getTypeName()).toBe("pulumirpc.ErrorResourceInitFailed");
  const failed = ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? new Uint8Array());
  return {
    id: failed.getId(),
    properties: fromStruct(failed.getProperties()),
    reasons: failed.getReasonsList(),
  };
}

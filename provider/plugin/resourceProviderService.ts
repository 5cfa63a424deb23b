import { status as grpcStatus } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CheckResponse,
  ConfigureResponse,
  CreateResponse,
  DiffResponse,
  GetSchemaResponse,
  InvokeResponse,
  ProviderHandshakeResponse,
  ReadResponse,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { isDeepStrictEqual } from "node:util";
import { pluginNamespace } from "../../core/aws/settingsNamespace";
import { maxWaitSeconds } from "../../core/gate/gateChecks";
import { version } from "../../core/text/version";
import { pluginFunction, pluginStatusType } from "../pulumiTokens";
import { containsUnknown, isUnknown } from "../unknown";
import { placeOf, typeOf } from "../urn";
import { AnswerError, answering, notImplemented } from "./answering";
import { CallsInFlight } from "./callsInFlight";
import { checkFailures } from "./checkFailures";
import { diffResponse } from "./diffResponse";
import type { EngineLog } from "./engineLog";
import type { Call } from "./gateProvider";
import { initFailed } from "./initFailed";
import { fromStruct, toStruct } from "./properties";
import type { ProviderSettings } from "./providerSettings";

/**
 * Loaded when it is first needed: the AWS SDK is in it, and the engine waits for the plugin's start. It is bundled into a
 * file of its own, so no class of it is known here.
 */
export function gateProvider(): typeof import("./gateProvider") {
  return require("./gateProvider") as typeof import("./gateProvider");
}

/** @param urn - Of the provider. */
function readSettings(values: ReadonlyMap<string, string>, urn = ""): ProviderSettings {
  return gateProvider().readProviderSettings(values, isOfTheStack(urn) && placeOf(urn).project === pluginNamespace);
}

/** All but `list`, which answers with a stream. */
type Served =
  | "handshake"
  | "attach"
  | "getPluginInfo"
  | "getSchema"
  | "checkConfig"
  | "diffConfig"
  | "configure"
  | "check"
  | "diff"
  | "create"
  | "update"
  | "read"
  | "delete"
  | "invoke"
  | "cancel"
  | "parameterize"
  | "call"
  | "construct"
  | "getMapping"
  | "getMappings";

/** The `customTimeouts` for a call, in seconds: at most those that an argument may have. The engine sends 0 for none. */
function waitLimitOf(seconds: number): number | undefined {
  return seconds > 0 ? Math.min(seconds, maxWaitSeconds) : undefined;
}

/** The calls of the engine that the plugin serves. A call that is not here is not implemented, and says so. */
export function resourceProviderService(log: EngineLog, schema: string): Pick<IResourceProviderServer, Served> {
  const calls = new CallsInFlight();
  const answer = answering(calls, (error) => gateProvider().wordsOf(error));
  /** Absent until the engine knows the configuration: in a preview, it may not. */
  let settings: ProviderSettings | undefined;

  // A check does not say whether it is a preview.
  const callOf = (signal: AbortSignal, urn = "", run = placeOf(urn)): Call => ({
    settings,
    signal,
    run,
    log: (severity, text) => {
      log.show(urn, severity, text);
    },
  });

  /** A call that changes the resource: not in a preview, and with the resource's `customTimeouts`. */
  const updateCallOf = (signal: AbortSignal, request: { getUrn(): string; getTimeout(): number }): Call => {
    const urn = request.getUrn();
    return {
      ...callOf(signal, urn, { ...placeOf(urn), preview: false }),
      timeoutSeconds: waitLimitOf(request.getTimeout()),
    };
  };

  return {
    // Neither secrets nor outputs are accepted: the engine then marks again what was secret.
    handshake: answer((request) => {
      log.connectTo(request.getEngineAddress());
      return new ProviderHandshakeResponse();
    }),

    attach: answer((request) => {
      log.connectTo(request.getAddress());
      return new Empty();
    }),

    getPluginInfo: answer(() => new PluginInfo().setVersion(version)),

    getSchema: answer((request) => {
      if (request.getVersion() !== 0)
        throw notFound(`Only schema version 0 is available, not ${request.getVersion()}.`);
      return new GetSchemaResponse().setSchema(schema);
    }),

    checkConfig: answer((request) => {
      const given = fromStruct(request.getNews());
      // They are checked again when all of them are known.
      const { doubts, problems } = containsUnknown(given)
        ? { doubts: [], problems: [] }
        : readSettings(settingsIn(given), request.getUrn());
      for (const { property, reason } of doubts) log.warn(`${property}: ${reason}`);
      // The inputs as they came, also with marks of secrets.
      return new CheckResponse().setInputs(request.getNews()).setFailuresList(checkFailures(problems));
    }),

    // Other settings look elsewhere; the gates stay as they are until their next lookup.
    diffConfig: answer((request) => {
      const isSame = isDeepStrictEqual(fromStruct(request.getOlds()), fromStruct(request.getNews()));
      const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
      return new DiffResponse().setChanges(isSame ? DIFF_NONE : DIFF_SOME);
    }),

    configure: answer((request) => {
      const values = variablesIn(request.getVariablesMap().toObject());
      settings = [...values.values()].some(isUnknown) ? undefined : readSettings(values, request.getUrn());
      return new ConfigureResponse().setSupportspreview(true);
    }),

    check: answer(async (request, signal) => {
      refuseOtherTypes(request.getUrn());
      const { failures, inputs } = await gateProvider().check(
        fromStruct(request.getOlds()),
        fromStruct(request.getNews()),
        callOf(signal, request.getUrn()),
      );
      return new CheckResponse().setInputs(toStruct(inputs)).setFailuresList(checkFailures(failures));
    }),

    diff: answer((request) => {
      refuseOtherTypes(request.getUrn());
      return diffResponse(gateProvider().diff(fromStruct(request.getOlds()), fromStruct(request.getNews())));
    }),

    create: answer(async (request, signal) => {
      refuseOtherTypes(request.getUrn());
      const inputs = fromStruct(request.getProperties());
      const { previewed, settle } = gateProvider();
      const urn = request.getUrn();
      if (request.getPreview()) {
        return new CreateResponse().setProperties(toStruct(previewed(inputs, callOf(signal, urn))));
      }
      const settled = await settle(inputs, updateCallOf(signal, request));
      if (settled.kind === "refused") throw initFailed(settled.message, settled.id, settled.state);
      return new CreateResponse().setId(settled.id).setProperties(toStruct(settled.state));
    }),

    update: answer(async (request, signal) => {
      refuseOtherTypes(request.getUrn());
      const inputs = fromStruct(request.getNews());
      const { previewed, settle } = gateProvider();
      const urn = request.getUrn();
      if (request.getPreview()) {
        return new UpdateResponse().setProperties(toStruct(previewed(inputs, callOf(signal, urn))));
      }
      const settled = await settle(inputs, updateCallOf(signal, request));
      // The id of a resource does not change in an update.
      if (settled.kind === "refused") throw initFailed(settled.message, request.getId(), settled.state);
      return new UpdateResponse().setProperties(toStruct(settled.state));
    }),

    read: answer(async (request, signal) => {
      refuseOtherTypes(request.getUrn());
      const { id, state } = await gateProvider().read(
        fromStruct(request.getProperties()),
        fromStruct(request.getInputs()),
        callOf(signal, request.getUrn()),
      );
      return new ReadResponse().setId(id).setProperties(toStruct(state)).setInputs(toStruct(state));
    }),

    // Nothing at AWS belongs to a gate.
    delete: answer(() => new Empty()),

    invoke: answer(async (request, signal) => {
      if (request.getTok() !== pluginFunction)
        throw notFound(`There is no function ${request.getTok()}. There is: ${pluginFunction}.`);
      const call = callOf(signal, "", { preview: request.getPreview() });
      const { failures, result } = await gateProvider().lookUp(fromStruct(request.getArgs()), call);
      const response = new InvokeResponse().setFailuresList(checkFailures(failures));
      return result === undefined ? response : response.setReturn(toStruct(result));
    }),

    cancel: answer(() => {
      calls.cancel();
      return new Empty();
    }),

    parameterize: notImplemented("parameters"),
    call: notImplemented("methods"),
    construct: notImplemented("components"),
    getMapping: notImplemented("mapping from another tool"),
    getMappings: notImplemented("mappings from other tools"),
  };
}

/** The settings that Configure brings: `org-conformance:config:region`. */
function variablesIn(variables: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  return new Map(variables.map(([key, value]) => [key.slice(key.lastIndexOf(":") + 1), value]));
}

/** The settings that CheckConfig brings, as Configure brings them. */
function settingsIn(properties: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(properties).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/** True for the provider that the engine makes of the stack's configuration: `default`, or `default_0_1_0`. */
function isOfTheStack(providerUrn: string): boolean {
  return /::default(_[^:]*)?$/.test(providerUrn);
}

function refuseOtherTypes(urn: string): void {
  const type = typeOf(urn);
  if (type !== pluginStatusType) throw notFound(`There is no resource ${type}. There is: ${pluginStatusType}.`);
}

/** A mistake of the caller, not a failure of the provider. */
function notFound(message: string): AnswerError {
  return new AnswerError(message, grpcStatus.NOT_FOUND);
}

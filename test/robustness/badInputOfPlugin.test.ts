import { credentials, Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderClient, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CheckRequest,
  type CheckFailure,
  type CheckResponse,
  ConfigureRequest,
  InvokeRequest,
  type InvokeResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { promisify } from "node:util";
import { readAwsSettings } from "../../core/aws/settings";
import { inPluginWords } from "../../core/aws/settingsNamespace";
import type { Problem } from "../../core/checks/problem";
import { findProblems } from "../../core/status/packStatusChecks";
import { gateInputChecks } from "../../provider/gateInputs";
import { EngineLog } from "../../provider/plugin/engineLog";
import { toStruct } from "../../provider/plugin/properties";
import { resourceProviderService } from "../../provider/plugin/resourceProviderService";
import { pluginFunction, pluginStatusType } from "../../provider/pulumiTokens";
import { account } from "../builders/members";

const name = "baseline";
const urn = `urn:pulumi:local::program::${pluginStatusType}::gate`;
/** A region that is not there, so that no input is refused for want of one, and none is looked up. */
const settings = { region: "us-east-1", accessKey: "AKIA", secretKey: "secret" };

let server: Server;
let client: ResourceProviderClient;

beforeEach(async () => {
  server = new Server();
  server.addService(ResourceProviderService, resourceProviderService(new EngineLog(), "{}"));
  const port = await promisify(server.bindAsync.bind(server))("127.0.0.1:0", ServerCredentials.createInsecure());
  client = new ResourceProviderClient(`127.0.0.1:${String(port)}`, credentials.createInsecure());
});

afterEach(() => {
  client.close();
  server.forceShutdown();
});

/** The arguments that a lookup refuses, one mistake each. */
const badLookups: readonly [title: string, args: Readonly<Record<string, unknown>>][] = [
  ["no name", {}],
  ["a name with a space", { name: "security baseline" }],
  ["a misspelled argument", { name, reigons: ["us-east-1"] }],
  ["a key as Python writes it", { name, page_size: 3 }],
  ["a text for a list", { name, regions: "us-east-1" }],
  ["a region twice", { name, regions: ["us-east-1", "us-east-1"] }],
  ["no region", { name, regions: ["nowhere"] }],
  ["an account id of 11 digits", { name, accountIds: ["11111111111"] }],
  ["an account id that became a number", { name, accountIds: [111111111111] }],
  ["an unknown status", { name, statuses: ["CREATE_FALED"] }],
  ["a word for expected accounts", { name, expectedAccounts: "organisation" }],
  ["expected and selected accounts", { name, expectedAccounts: "organization", accountIds: [account(1)] }],
  ["excluded accounts of a list", { name, expectedAccounts: [account(1)], excludedAccounts: [account(2)] }],
  ["a text for a boolean", { name, aggregate: "true" }],
  ["no detail", { name, detail: "some" }],
  ["a fraction of a page", { name, pageSize: 1.5 }],
  ["no time", { name, timeoutSeconds: 0 }],
  ["no role", { name, assumeRole: {} }],
  ["a key of a role as Python writes it", { name, assumeRole: { role_arn: "arn:aws:iam::111111111111:role/a" } }],
];
const badGates: typeof badLookups = [
  ["a word for failOn", { name, failOn: "fail" }],
  ["a misspelled exception", { name, tolerate: { maxFailed: 1 } }],
  ["an exception without a reason", { name, tolerate: { accounts: [{ accountId: account(1) }] } }],
  [
    "a day that is none",
    { name, tolerate: { accounts: [{ accountId: account(1), reason: "a", expires: "2026-02-30" }] } },
  ],
  ["a share above all", { name, tolerate: { maxFailedPercent: 101 } }],
  ["a text for a wait", { name, waitForSettled: "yes" }],
  ["a key of a wait as Python writes it", { name, waitForSettled: { timeout_seconds: 3 } }],
];

test.each([...badLookups, ...badGates])("Check says of %s what TypeScript says", async (_, args) => {
  await configure(settings);
  const expected = findProblems(args, gateInputChecks);
  expect(expected).not.toEqual([]);
  expect(await check(args)).toEqual(expected);
});

test.each(badLookups)("Invoke says of %s what TypeScript says", async (_, args) => {
  await configure(settings);
  const expected = findProblems(args);
  expect(expected).not.toEqual([]);
  expect(await invoke(args)).toEqual(expected);
});

const badSettings: readonly [title: string, settings: Readonly<Record<string, string>>][] = [
  ["a region that is none", { region: "nowhere" }],
  ["half a key", { accessKey: "AKIA" }],
  ["retries that are no number", { maxRetries: "many" }],
  ["a flag that is none", { useFipsEndpoint: "perhaps" }],
  ["endpoints that are no JSON", { endpoints: "http://127.0.0.1" }],
  ["an endpoint that is no URL", { endpoints: '[{"configservice":"localhost:4566"}]' }],
  ["roles without an ARN", { assumeRoles: '[{"externalId":"shared"}]' }],
  ["an account id of 11 digits", { allowedAccountIds: '["11111111111"]' }],
  ["a setting that is refused", { insecure: "true" }],
  ["a proxy without a scheme", { httpsProxy: "proxy:8080" }],
];

test.each(badSettings)("Configure, CheckConfig and what follows say of %s what TypeScript says", async (_, given) => {
  const { problems } = readAwsSettings((key) => given[key.slice("aws:".length)], {});
  const expected = problems.map(({ property, reason }) => ({
    property: inPluginWords(property),
    reason: inPluginWords(reason),
  }));
  expect(expected).not.toEqual([]);
  const request = new CheckRequest().setUrn("urn").setNews(toStruct(given));
  const checked = await new Promise<CheckResponse>((resolve, reject) => {
    client.checkConfig(request, (error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
  expect(problemsIn(checked.getFailuresList())).toEqual(expected);
  await configure(given);
  expect(await check({ name })).toEqual(expected);
  expect(await invoke({ name })).toEqual(expected);
});

function configure(values: Readonly<Record<string, string>>): Promise<void> {
  const request = new ConfigureRequest();
  for (const [key, value] of Object.entries(values)) {
    request.getVariablesMap().set(`org-conformance:config:${key}`, value);
  }
  return new Promise((resolve, reject) => {
    client.configure(request, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

async function check(args: object): Promise<readonly Problem[]> {
  const request = new CheckRequest().setUrn(urn).setOlds(toStruct({})).setNews(toStruct(args));
  const response = await new Promise<CheckResponse>((resolve, reject) => {
    client.check(request, (error, checked) => {
      if (error) reject(error);
      else resolve(checked);
    });
  });
  return problemsIn(response.getFailuresList());
}

async function invoke(args: object): Promise<readonly Problem[]> {
  const request = new InvokeRequest().setTok(pluginFunction).setArgs(toStruct(args));
  const response = await new Promise<InvokeResponse>((resolve, reject) => {
    client.invoke(request, (error, found) => {
      if (error) reject(error);
      else resolve(found);
    });
  });
  return problemsIn(response.getFailuresList());
}

function problemsIn(failures: readonly CheckFailure[]): readonly Problem[] {
  return failures.map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
}

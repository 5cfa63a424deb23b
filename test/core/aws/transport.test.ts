import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import type { Tolerance } from "../../../core/gate/tolerance";
import type { PackStatus } from "../../../core/status/packStatus";
import { readAwsSettings } from "../../../core/aws/settings";
import { silent } from "../../builders/exceptions";
import { type AwsBehindProxy, awsBehindProxy } from "./awsBehindProxy";
import "./awsEnvironment";
import { emulate, rejectionOf } from "./emulate";
import "./nodeErrors";

type Texts = Readonly<Record<string, string>>;

const target = "config.us-east-1.amazonaws.com:443";

async function behindProxy(password?: string, purpose?: "client"): Promise<AwsBehindProxy> {
  const emulator = await emulate({
    packs: [{ name: "baseline", members: 1 }],
    organization: { accounts: [{ id: "111111111111" }] },
  });
  return awsBehindProxy(emulator, password, purpose);
}

function gather(config: Texts, env: Texts, tolerate: Tolerance = {}): Promise<PackStatus> {
  Object.assign(process.env, env);
  const { settings, problems } = readAwsSettings(
    (key) => ({ "aws:region": "us-east-1", "aws:accessKey": "AKIA", "aws:secretKey": "s", ...config })[key],
  );
  expect(problems).toEqual([]);
  return gatherPackStatus({ name: "baseline", maxAttempts: 1 }, { settings, tolerate });
}

test.each<[from: string, config: (aws: AwsBehindProxy) => Texts, env: (aws: AwsBehindProxy) => Texts]>([
  [
    "HTTPS_PROXY and AWS_CA_BUNDLE",
    () => ({}),
    ({ proxy, caBundle }) => ({ HTTPS_PROXY: proxy, AWS_CA_BUNDLE: caBundle }),
  ],
  [
    "https_proxy without a scheme",
    () => ({}),
    ({ proxy, caBundle }) => ({
      https_proxy: proxy.replace("http://", ""),
      AWS_CA_BUNDLE: caBundle,
    }),
  ],
  [
    "aws:httpsProxy and aws:customCaBundle",
    ({ proxy, caBundle }) => ({ "aws:httpsProxy": proxy, "aws:customCaBundle": caBundle }),
    () => ({ HTTPS_PROXY: "http://127.0.0.1:1", AWS_CA_BUNDLE: "/nowhere" }),
  ],
  [
    "aws:httpProxy alone",
    ({ proxy }) => ({ "aws:httpProxy": proxy, "aws:customCaBundle": "${BUNDLES}/ca.pem" }),
    ({ caBundle }) => ({ BUNDLES: join(caBundle, "..") }),
  ],
  [
    "aws:noProxy in place of NO_PROXY",
    () => ({ "aws:noProxy": "example.com" }),
    ({ proxy, caBundle }) => ({ HTTPS_PROXY: proxy, AWS_CA_BUNDLE: caBundle, NO_PROXY: "amazonaws.com" }),
  ],
])("AWS is reached through the proxy of %s", async (_from, config, env) => {
  const aws = await behindProxy();
  expect((await gather(config(aws), env(aws))).verdict).toBe("PASSED");
  expect(new Set(aws.connected)).toEqual(new Set([target]));
});

test("a proxy gets the user and the password of its URL", async () => {
  const aws = await behindProxy("me:pass word");
  const env = { HTTPS_PROXY: aws.proxy.replace("//", "//me:pass%20word@"), AWS_CA_BUNDLE: aws.caBundle };
  expect((await gather({}, env)).verdict).toBe("PASSED");
});

test.each<[what: string, config: Texts]>([
  ["a host of NO_PROXY", {}],
  ["an empty aws:httpsProxy", { "aws:httpsProxy": "" }],
])("%s is reached without the proxy", async (_what, config) => {
  const aws = await behindProxy();
  // There is no such host, and no name server is asked: it has the form of an address.
  const endpoint = { "aws:endpoints": JSON.stringify([{ configservice: "https://[::ffff:127.0.0.1]:1" }]) };
  const noProxy = config["aws:httpsProxy"] === undefined ? { NO_PROXY: "::/0" } : {};
  const error = await rejectionOf(gather({ ...endpoint, ...config }, { HTTPS_PROXY: aws.proxy, ...noProxy }));
  expect(error).toMatchObject({ name: "UnreachableError" });
  expect(aws.connected).toEqual([]);
});

test("an endpoint of HTTP on this machine is reached without a proxy, and one elsewhere through HTTP_PROXY", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
  const seen: string[] = [];
  const proxy: Server = createServer((request, response) => {
    seen.push(request.url ?? "");
    response.writeHead(407).end();
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  try {
    const env = { HTTP_PROXY: `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}` };
    const at = (url: string) => ({ "aws:endpoints": JSON.stringify([{ configservice: url }]) });
    expect((await gather(at(emulator.endpoint), env)).verdict).toBe("PASSED");
    expect(seen).toEqual([]);
    const error = await rejectionOf(gather(at("http://localstack.example:4566"), env));
    expect(error).toMatchObject({ name: "UnreachableError" });
    expect(error.message).toContain("Check the proxy");
    expect(seen).toEqual(["http://localstack.example:4566/"]);
  } finally {
    proxy.closeAllConnections();
    proxy.close();
  }
});

// Also under break glass, which is for a bad day at AWS.
describe("the error names the obstacle,", () => {
  const password = "the-password";

  test("a proxy that refuses", async () => {
    const aws = await behindProxy(`me:${password}`);
    const url = aws.proxy.replace("//", `//me:not-${password}@`);
    const error = await rejectionOf(gather({}, { HTTPS_PROXY: url, AWS_CA_BUNDLE: aws.caBundle }));
    expect(error).toMatchObject({ name: "UnreachableError" });
    expect(error.message).toContain(`The proxy ${aws.proxy} refused the connection: HTTP 407`);
    expect(error.message).toContain("Next: Check the proxy that HTTPS_PROXY or aws:httpsProxy names");
    expect(error.message).not.toContain(password);
  });

  test("a proxy that is not there", async () => {
    const error = await rejectionOf(gather({}, { HTTPS_PROXY: `http://me:${password}@127.0.0.1:1` }));
    expect(error).toMatchObject({ name: "UnreachableError" });
    expect(error.message).toContain("The proxy http://127.0.0.1:1 could not be reached");
    expect(error.message).toContain("Next: Check the proxy");
    expect(error.message).not.toContain(password);
  });

  test("a proxy that opens TLS with a certificate that is not trusted", async () => {
    const aws = await behindProxy();
    const error = await rejectionOf(gather({}, { HTTPS_PROXY: aws.proxy }, silent(4)));
    expect(error).toMatchObject({ name: "UnreachableError" });
    expect(error.message).toContain("set AWS_CA_BUNDLE or aws:customCaBundle to a file with its root certificate");
    expect(aws.requests).toEqual([]);
  });

  test("a certificate of a trusted root that is not for servers", async () => {
    const aws = await behindProxy(undefined, "client");
    const error = await rejectionOf(gather({}, { HTTPS_PROXY: aws.proxy, AWS_CA_BUNDLE: aws.caBundle }, silent(4)));
    expect(error).toMatchObject({ name: "UnreachableError" });
    expect(error.message).toContain("Next: Node.js does not trust the certificate.");
    expect(aws.requests).toEqual([]);
  });

  test("an endpoint that speaks no TLS", async () => {
    const { endpoint } = await emulate({ packs: [{ name: "baseline", members: 1 }] });
    const endpoints = JSON.stringify([{ configservice: endpoint.replace("http:", "https:") }]);
    const error = await rejectionOf(gather({ "aws:endpoints": endpoints }, {}, silent(4)));
    expect(error).toMatchObject({ name: "UnreachableError" });
    expect(error.message).toContain("a custom endpoint (aws:endpoints, AWS_ENDPOINT_URL), speaks plain HTTP");
  });

  test.each<[property: string, config: Texts, env: Texts, says: string]>([
    ["AWS_CA_BUNDLE", {}, { AWS_CA_BUNDLE: "/nowhere/ca.pem" }, "can't be read"],
    ["aws:customCaBundle", { "aws:customCaBundle": join(__dirname, "emulate.ts") }, {}, "no certificate"],
    ["HTTPS_PROXY", {}, { HTTPS_PROXY: `socks5://me:${password}@127.0.0.1:1` }, "not the URL of an HTTP"],
  ])("a mistake in %s", async (property, config, env, says) => {
    const error = await rejectionOf(gather(config, env));
    expect(error).toMatchObject({ name: "InvalidArgumentsError", problems: [{ property }] });
    expect(error.message).toContain(says);
    expect(error.message).not.toContain(password);
  });
});

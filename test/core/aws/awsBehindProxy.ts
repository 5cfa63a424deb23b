import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "../../../emulator";

/** The hosts of AWS that the certificate is for. */
const hosts = [
  "config.us-east-1.amazonaws.com",
  "config.eu-west-1.amazonaws.com",
  "config-fips.us-east-1.amazonaws.com",
  "organizations.us-east-1.amazonaws.com",
  "portal.sso.eu-west-1.amazonaws.com",
  "sts.us-east-1.amazonaws.com",
  "sts.eu-west-1.amazonaws.com",
  "sts.eu-central-1.amazonaws.com",
  "sts-fips.us-east-1.amazonaws.com",
];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-org-conformance-tls-"));
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Test root");
  openssl("req", ...key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=Test server");
  const names = `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(",")}\n`;
  for (const purpose of ["server", "client"]) {
    writeFileSync(join(folder, "extensions"), `${names}extendedKeyUsage=${purpose}Auth\n`);
    const ca = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "extensions"];
    openssl("x509", "-req", "-in", "server.csr", ...ca, "-out", `${purpose}.pem`);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** One request as it came out of the tunnel. */
export interface TunneledRequest {
  readonly host: string;
  /** Who signed it; `undefined` where no one did. */
  readonly accessKeyId: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A proxy on 127.0.0.1, and behind it AWS's hosts, with a certificate of our own. */
export interface AwsBehindProxy {
  /** The URL of the proxy. */
  readonly proxy: string;
  /** The file that has the root certificate. */
  readonly caBundle: string;
  /** What the proxy was asked to connect to, for example `sts.us-east-1.amazonaws.com:443`. */
  readonly connected: readonly string[];
  readonly requests: readonly TunneledRequest[];
}

/**
 * Answers as AWS Config, Organizations and STS by an emulator, and itself as the portal of SSO and as the part of STS
 * that takes web identities.
 *
 * @param password - What the proxy asks for, as `user:password`.
 * @param purpose - What the certificate of AWS's hosts is for.
 */
export async function awsBehindProxy(
  { endpoint }: Emulator,
  password?: string,
  purpose: "server" | "client" = "server",
): Promise<AwsBehindProxy> {
  const connected: string[] = [];
  const requests: TunneledRequest[] = [];
  const tls = createTlsServer(
    { key: readFileSync(join(folder, "server.key")), cert: readFileSync(join(folder, `${purpose}.pem`)) },
    (request, response) => {
      void readBody(request).then((body) => {
        const { host = "", authorization } = request.headers;
        const accessKeyId = /Credential=([^/]+)\//.exec(authorization ?? "")?.[1];
        requests.push({ host, accessKeyId, headers: request.headers, body });
        if (host.startsWith("portal.sso.")) response.end(ssoAnswer);
        else if (body.includes("Action=AssumeRoleWithWebIdentity")) response.end(webIdentityAnswer);
        else forward(endpoint, request, body, response);
      });
    },
  );
  const tlsPort = await listen(tls);
  const proxy = createServer((_request, response) => response.writeHead(501).end());
  proxy.on("connect", (request: IncomingMessage, socket: Socket) => {
    const given = Buffer.from(request.headers["proxy-authorization"]?.split(" ")[1] ?? "", "base64").toString();
    if (password !== undefined && given !== password) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    connected.push(request.url ?? "");
    const onward = connect(tlsPort, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(onward).pipe(socket);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
    stops.push(() => Promise.resolve([socket.destroy(), onward.destroy()]));
  });
  const port = await listen(proxy);
  return { proxy: `http://127.0.0.1:${String(port)}`, caBundle: join(folder, "ca.pem"), connected, requests };
}

const expiration = Date.now() + 3_600_000;
const ssoAnswer = JSON.stringify({
  roleCredentials: { accessKeyId: "ASIASSO", secretAccessKey: "s", sessionToken: "t", expiration },
});
const webIdentityAnswer = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIAWEB</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${new Date(expiration).toISOString()}</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;

/** The emulator answers as 127.0.0.1 only. */
function forward(endpoint: string, { headers, method }: IncomingMessage, body: string, response: ServerResponse): void {
  const onward = httpRequest(
    endpoint,
    { method: method ?? "POST", headers: { ...headers, host: new URL(endpoint).host } },
    (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on("error", () => response.destroy());
  onward.end(body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
  return body;
}

async function listen(server: Server & { closeAllConnections?: () => void }): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => {
    server.closeAllConnections?.();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

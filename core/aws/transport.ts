import { readFileSync } from "node:fs";
import type { Agent } from "node:http";
import type { AgentOptions } from "node:https";
import { homedir } from "node:os";
import { join } from "node:path";
import { InvalidArgumentsError } from "../errors";
import type { ProxyOf } from "./proxyAgents";
import { isExemptFromProxy } from "./noProxy";
import type { AwsSettings } from "./settings";

/** The agents of a client's request handler: none of its own where there is no proxy and no bundle of certificates. */
export function agentsOf(settings: AwsSettings): { httpAgent?: Agent; httpsAgent?: Agent | AgentOptions } {
  const ca = certificates(settings);
  const proxyOf = proxies(settings);
  // As many sockets as the SDK's own agents have.
  const options: AgentOptions = { keepAlive: true, maxSockets: 50, ...(ca !== undefined && { ca }) };
  if (!proxyOf) return ca === undefined ? {} : { httpsAgent: options };
  // Loaded only where a proxy is set: each preview would pay for it.
  const { RoutingAgent } = require("./proxyAgents") as typeof import("./proxyAgents");
  return { httpAgent: new RoutingAgent(proxyOf, options), httpsAgent: new RoutingAgent(proxyOf, options) };
}

/** A path as @pulumi/aws takes it: with `~` and variables of the environment. */
export function expandPath(path: string): string {
  const expanded = path.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced?: string, bare?: string) => {
    return process.env[braced ?? bare ?? ""] ?? "";
  });
  return /^~(?=\/|\\|$)/.test(expanded) ? join(homedir(), expanded.slice(1)) : expanded;
}

/** They are trusted in place of those that Node.js brings. */
function certificates({ customCaBundle }: AwsSettings): string | undefined {
  const path = customCaBundle ?? process.env.AWS_CA_BUNDLE;
  if (!path) return undefined;
  const refuse = (reason: string, cause?: unknown) =>
    new InvalidArgumentsError(
      [{ property: customCaBundle === undefined ? "AWS_CA_BUNDLE" : "aws:customCaBundle", reason }],
      "",
      cause,
    );
  let text: string;
  try {
    text = readFileSync(expandPath(path), "utf8");
  } catch (error) {
    throw refuse("The file can't be read.", error);
  }
  if (!text.includes("-----BEGIN CERTIFICATE-----")) throw refuse("The file has no certificate in PEM format.");
  return text;
}

/** A function that names the proxy for a URL; `undefined` without any proxy. */
function proxies(settings: AwsSettings): ProxyOf | undefined {
  const { env } = process;
  const http = settings.httpProxy ?? (env.HTTP_PROXY || env.http_proxy);
  // As in @pulumi/aws, aws:httpProxy is for both where nothing is said of HTTPS.
  const https = settings.httpsProxy ?? (env.HTTPS_PROXY || env.https_proxy || settings.httpProxy);
  if (!http && !https) return undefined;
  const noProxy = settings.noProxy ?? (env.NO_PROXY || env.no_proxy || "");
  const urls = { "http:": parse(http, "HTTP_PROXY"), "https:": parse(https, "HTTPS_PROXY") };
  return (protocol, host, port) => (isExemptFromProxy(host, port, noProxy) ? undefined : urls[protocol]);
}

function parse(url: string | undefined, property: string): URL | undefined {
  if (!url) return undefined;
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(url) ? url : `http://${url}`;
  // Not quoted back: it may have a password.
  if (!/^https?:/i.test(withScheme) || !URL.canParse(withScheme)) {
    throw new InvalidArgumentsError([{ property, reason: "It is not the URL of an HTTP or HTTPS proxy." }]);
  }
  return new URL(withScheme);
}

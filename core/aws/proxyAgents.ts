import http, { type ClientRequest } from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import { Agent, type AgentConnectOpts } from "agent-base";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";

/** Says which proxy a host is reached by; `undefined` for none. */
export type ProxyOf = (protocol: "http:" | "https:", host: string, port: number) => URL | undefined;

/** Reaches each host by its proxy, or directly. */
export class RoutingAgent extends Agent {
  readonly #proxyOf: ProxyOf;
  readonly #agentOptions: https.AgentOptions;
  /** By the proxy's URL; the empty one is direct. */
  readonly #agents = new Map<string, http.Agent>();

  constructor(proxyOf: ProxyOf, options: https.AgentOptions) {
    super(options);
    this.#proxyOf = proxyOf;
    this.#agentOptions = options;
  }

  override connect(_request: ClientRequest, { host, port, secureEndpoint }: AgentConnectOpts): http.Agent {
    const proxy = this.#proxyOf(secureEndpoint ? "https:" : "http:", host ?? "localhost", port);
    const key = `${String(secureEndpoint)} ${proxy?.href ?? ""}`;
    const agent = this.#agents.get(key) ?? this.#agentFor(proxy, secureEndpoint);
    this.#agents.set(key, agent);
    return agent;
  }

  override destroy(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    super.destroy();
  }

  #agentFor(proxy: URL | undefined, isSecure: boolean): http.Agent {
    if (!proxy) return new (isSecure ? https : http).Agent(this.#agentOptions);
    return new (isSecure ? TunnelAgent : HttpProxyAgent)(proxy, this.#agentOptions);
  }
}

/** The proxy did not give a way to AWS. */
class ProxyError extends Error {
  /** Not all of its URL: that may have a password. */
  readonly proxy: string;

  /** @param code - Node.js's, by which the AWS SDK decides whether it tries again. */
  constructor(
    { protocol, host }: URL,
    what: string,
    readonly code: string,
  ) {
    const proxy = `${protocol}//${host}`;
    super(`The proxy ${proxy} ${what}`);
    this.name = "ProxyError";
    this.proxy = proxy;
  }
}

class TunnelAgent extends HttpsProxyAgent<string> {
  override async connect(request: ClientRequest, options: AgentConnectOpts): Promise<Socket> {
    let answer: { readonly statusCode: number; readonly statusText: string } | undefined;
    request.once("proxyConnect", (given: typeof answer) => (answer = given));
    let socket: Socket;
    try {
      socket = await super.connect(request, options);
    } catch (error) {
      const { code = "ECONNRESET", message } = error as NodeJS.ErrnoException;
      throw new ProxyError(this.proxy, `could not be reached: ${message}`, code);
    }
    if (answer?.statusCode === 200) return socket;
    socket.destroy();
    const { statusCode = 0, statusText = "" } = answer ?? {};
    throw new ProxyError(this.proxy, `refused the connection: HTTP ${String(statusCode)} ${statusText}`, "EPROXY");
  }
}

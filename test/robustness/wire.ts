import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Emulator } from "../../emulator";

/** An answer: a body of status 200, the whole of it, or whoever writes it. */
export type Reply =
  | string
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Buffer;
    }
  | ((response: ServerResponse) => void);

/** One request on its way to the emulator. */
export interface Exchange {
  readonly operation: string;
  /** How many requests of this operation came before. */
  readonly index: number;
  readonly request: IncomingMessage;
  readonly body: string;
  /** For headers that stand beside the emulator's. */
  readonly response: ServerResponse;
  /** Asks the emulator, and returns what it says. */
  readonly ask: () => Promise<string>;
  /** The same, with another body. */
  readonly forward: (body: string) => Promise<string>;
}

/** What comes back in the place of the emulator's answer; `undefined` lets that through. */
export type Meddle = (exchange: Exchange) => Reply | undefined | Promise<Reply | undefined>;

const servers: { stop: () => void }[] = [];

afterEach(() => {
  for (const { stop } of servers.splice(0)) stop();
});

/** A server that stands between a client and the emulator, and answers what AWS never would. */
export async function between({ endpoint }: Pick<Emulator, "endpoint">, meddle: Meddle) {
  const operations: string[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const target = request.headers["x-amz-target"];
    const operation = target ? String(target).split(".")[1] : new URLSearchParams(body).get("Action");
    const index = operations.filter((each) => each === operation).length;
    operations.push(operation ?? "");
    const asked = (sent: string): Promise<Response> => {
      const headers = Object.fromEntries(
        ["authorization", "content-type", "x-amz-target"].flatMap((name) => {
          const value = request.headers[name];
          return value === undefined ? [] : [[name, String(value)]];
        }),
      );
      return fetch(endpoint, { method: "POST", headers, body: sent });
    };
    const forward = async (sent: string): Promise<string> => (await asked(sent)).text();
    const ask = (): Promise<string> => forward(body);
    const reply = await meddle({ operation: operation ?? "", index, request, body, response, ask, forward });
    if (typeof reply === "function") {
      reply(response);
    } else if (reply === undefined) {
      const answer = await asked(body);
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
      response.end(await answer.text());
    } else {
      const { status = 200, headers = {}, body: text = "" } = typeof reply === "string" ? { body: reply } : reply;
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1", ...headers });
      response.end(text);
    }
  };
  const server = createServer((request, response) => {
    // A client that gave up is no mistake.
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push({
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  });
  return { endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, operations };
}

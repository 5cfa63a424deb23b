import type { ServerResponse } from "node:http";

/** Sends a whole answer. */
export function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { "content-type": contentType, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

/** Announces the whole body, sends half of it, and closes the connection. */
export function sendHalf(response: ServerResponse, status: number, contentType: string, text: string): void {
  const body = Buffer.from(text);
  response.writeHead(status, { "content-type": contentType, "content-length": body.length });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
}

/** Refuses a request and closes the connection, without reading what else comes. */
export function hangUp(response: ServerResponse, status: number, body: string): void {
  response.req.pause();
  response.shouldKeepAlive = false;
  response.once("finish", () => response.socket?.destroySoon());
  send(response, status, "text/plain", body);
}

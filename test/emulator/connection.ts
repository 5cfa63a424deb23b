import { connect } from "node:net";
import { atTheEnd } from "../builders/cleanUp";

/** A connection as bytes, and all that comes back until it is closed. */
export function open({ endpoint }: { readonly endpoint: string }) {
  const socket = connect({ port: Number(new URL(endpoint).port), host: "127.0.0.1" });
  atTheEnd(() => {
    socket.destroy();
  });
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
  socket.on("error", () => undefined);
  const closed = new Promise<string>((resolve) => {
    socket.once("close", () => {
      resolve(text);
    });
  });
  const opened = new Promise<void>((resolve) => {
    socket.once("connect", () => {
      resolve();
    });
  });
  return { socket, closed, opened };
}

/** The first lines of a request. */
export const head = (...lines: string[]): string => ["POST / HTTP/1.1", ...lines, "", ""].join("\r\n");

import type { IncomingMessage, ServerResponse } from "node:http";
import { hangUp } from "./answers";
import { maxBodyBytes, readBody } from "./requestBody";

/** The body of a request, or `undefined` if the request was refused: for its host, or for its size. */
export async function acceptedBody(request: IncomingMessage, response: ServerResponse): Promise<string | undefined> {
  // Checked before the body is read: a web page can make a browser send requests here under another name.
  if (!/^(127\.0\.0\.1|localhost)(:\d{1,5})?$/i.test(request.headers.host ?? "")) {
    hangUp(response, 403, "This emulator answers only as 127.0.0.1 or localhost.");
    return undefined;
  }
  const body = await readBody(request);
  if (body === undefined) hangUp(response, 413, `A request body is larger than ${String(maxBodyBytes)} bytes.`);
  return body;
}

import { request } from "node:http";
import type { Emulator } from "../../emulator";

export interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export const signature =
  "AWS4-HMAC-SHA256 Credential=AKIAOFTHETEST/20260101/us-east-1/config/aws4_request, SignedHeaders=host, Signature=00";

/** A request as bytes, for what no AWS client would send. */
export function post(
  { endpoint }: Pick<Emulator, "endpoint">,
  { operation, headers = {}, body }: { operation?: string; headers?: Record<string, string>; body: string },
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(endpoint, {
      method: "POST",
      agent: false,
      headers: {
        authorization: signature,
        ...(operation !== undefined && { "x-amz-target": `StarlingDoveService.${operation}` }),
        ...headers,
      },
    });
    sent.on("error", reject);
    sent.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("error", reject);
      response.on("end", () => {
        resolve({ status: response.statusCode, headers: response.headers, body: text });
      });
    });
    sent.end(body);
  });
}

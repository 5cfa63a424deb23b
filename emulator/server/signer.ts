import type { IncomingMessage } from "node:http";
import { AwsFault } from "../awsFault";
import type { Signer } from "../services/sessions";

/**
 * The signer of a request. The signature itself is not verified; its scope names the signer and the region:
 * `Credential=AKID/20260101/us-east-1/config/aws4_request`.
 *
 * @throws `MissingAuthenticationTokenException`
 */
export function signerOf(request: IncomingMessage): Signer {
  const [, accessKeyId, region] =
    /^AWS4-HMAC-SHA256 .*Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/(?:config|organizations|sts)\/aws4_request/.exec(
      request.headers.authorization ?? "",
    ) ?? [];
  if (!accessKeyId || !region) {
    throw new AwsFault("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  return { accessKeyId, region };
}

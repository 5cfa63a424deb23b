import type { ErrorContext } from "./errorContext";
import { OrgConformanceError } from "./orgConformanceError";
import { packIn, serviceOf } from "./subject";

/** The service's endpoint could not be reached. */
export class UnreachableError extends OrgConformanceError {
  constructor(context: ErrorContext) {
    super(`${serviceOf(context)} could not be reached for ${packIn(context)}.`, nextStepOf(context), context);
  }
}

function nextStepOf({ cause }: ErrorContext): string {
  const { code, proxy, $metadata } = (cause ?? {}) as {
    readonly code?: unknown;
    readonly proxy?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  if (proxy !== undefined || $metadata?.httpStatusCode === 407) {
    return "Check the proxy that HTTPS_PROXY or aws:httpsProxy names: its address, its user and password, and whether it lets this machine reach AWS. NO_PROXY or aws:noProxy names the hosts that need no proxy.";
  }
  if (typeof code === "string" && /CERT|SIGNATURE|ERR_TLS/.test(code)) {
    return "Node.js does not trust the certificate. If a proxy on the way opens TLS connections, set AWS_CA_BUNDLE or aws:customCaBundle to a file with its root certificate.";
  }
  return "Check that the region exists and is enabled for the account, then the network, a firewall, a proxy that may be needed (HTTPS_PROXY) and a custom endpoint (aws:endpoints, AWS_ENDPOINT_URL).";
}

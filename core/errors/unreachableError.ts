import { type ConnectionProblem, connectionProblemOf } from "./connectionProblem";
import type { ErrorContext } from "./errorContext";
import { OrgConformanceError } from "./orgConformanceError";
import { packIn, serviceOf } from "./subject";

/** The service's endpoint could not be reached. */
export class UnreachableError extends OrgConformanceError {
  constructor(context: ErrorContext) {
    super(
      `${serviceOf(context)} could not be reached for ${packIn(context)}.`,
      nextSteps[connectionProblemOf(context.cause) ?? "network"],
      context,
    );
  }
}

const nextSteps: Readonly<Record<ConnectionProblem, string>> = {
  network:
    "Check that the region exists and is enabled for the account, then the network, a firewall, a proxy that may be needed (HTTPS_PROXY) and a custom endpoint (aws:endpoints, AWS_ENDPOINT_URL).",
  proxy:
    "Check the proxy that HTTPS_PROXY or aws:httpsProxy names: its address, its user and password, and whether it lets this machine reach AWS. NO_PROXY or aws:noProxy names the hosts that need no proxy.",
  certificate:
    "Node.js does not trust the certificate. If a proxy on the way opens TLS connections, set AWS_CA_BUNDLE or aws:customCaBundle to a file with its root certificate.",
  tls: "Check whether the proxy that HTTPS_PROXY or aws:httpsProxy names, or a custom endpoint (aws:endpoints, AWS_ENDPOINT_URL), speaks plain HTTP, or another version of TLS.",
  machine:
    "Check what keeps this machine from opening connections: a firewall, a sandbox, or the limit of open files (ulimit -n).",
};

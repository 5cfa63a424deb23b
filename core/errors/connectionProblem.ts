/**
 * The reason why no service answered: the network or the service's machines (`network`), a proxy, a certificate that is
 * not trusted, TLS, or this machine, which opened no connection.
 */
export type ConnectionProblem = "network" | "proxy" | "certificate" | "tls" | "machine";

const network = [
  "EAI_AGAIN",
  "EAI_FAIL",
  "EAI_NODATA",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ERR_SOCKET_CONNECTION_TIMEOUT",
  "ERR_STREAM_PREMATURE_CLOSE",
] as const;

/** OpenSSL's reasons against a certificate, as Node.js names them (src/crypto/crypto_common.cc). */
const certificate = [
  "CERT_CHAIN_TOO_LONG",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REJECTED",
  "CERT_REVOKED",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "CRL_HAS_EXPIRED",
  "CRL_NOT_YET_VALID",
  "CRL_SIGNATURE_FAILURE",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERROR_IN_CERT_NOT_AFTER_FIELD",
  "ERROR_IN_CERT_NOT_BEFORE_FIELD",
  "ERROR_IN_CRL_LAST_UPDATE_FIELD",
  "ERROR_IN_CRL_NEXT_UPDATE_FIELD",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "HOSTNAME_MISMATCH",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "PATH_LENGTH_EXCEEDED",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY",
  "UNABLE_TO_DECRYPT_CERT_SIGNATURE",
  "UNABLE_TO_DECRYPT_CRL_SIGNATURE",
  "UNABLE_TO_GET_CRL",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
] as const;

const machine: ReadonlySet<string> = new Set([
  "EACCES",
  "EADDRINUSE",
  "EADDRNOTAVAIL",
  "EMFILE",
  "ENFILE",
  "ENOBUFS",
  "EPERM",
]);

const problems: ReadonlyMap<string, ConnectionProblem> = new Map<string, ConnectionProblem>([
  ...network.map((code) => [code, "network"] as const),
  ...certificate.map((code) => [code, "certificate"] as const),
  ["EPROXY", "proxy"],
  ["EPROTO", "tls"],
]);

interface NetworkError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  /** Those of all addresses of a host, where each of them failed. */
  readonly errors?: unknown;
  /** Set by this package's agents for proxies. */
  readonly proxy?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly message?: unknown;
}

/** The reason why no service answered; `undefined` for an error that is not about a connection. */
export function connectionProblemOf(error: unknown): ConnectionProblem | undefined {
  const { $metadata, errors, proxy, syscall } = (error ?? {}) as NetworkError;
  // 407 is a proxy's.
  if (proxy !== undefined || $metadata?.httpStatusCode === 407) return "proxy";
  // Of several, the network is to blame only if it is for each.
  if (Array.isArray(errors) && errors.length > 0) {
    const each = errors.map((one) => (networkCodeOf(one) === "ETIMEDOUT" ? "network" : connectionProblemOf(one)));
    return each.every((problem) => problem === "network") ? "network" : each.find((problem) => problem !== "network");
  }
  const code = networkCodeOf(error);
  if (code === undefined) return undefined;
  // The same codes are those of files.
  if (syscall === "connect" && machine.has(code)) return "machine";
  return problems.get(code) ?? (/^ERR_(SSL|TLS)_/.test(code) ? "tls" : undefined);
}

/**
 * The code of Node's network errors. The SDK puts an error of another realm into the text of one of its own, without its
 * code; the code is in that text, but for a host all of whose addresses failed, and for an answer that breaks off.
 */
export function networkCodeOf(error: unknown): string | undefined {
  const { code, message } = (error ?? {}) as NetworkError;
  if (typeof code === "string") return code;
  const [, foreign] = /^AWS SDK error wrapper for ([^]*)/.exec(String(message)) ?? [];
  if (foreign === undefined) return undefined;
  if (foreign.startsWith("AggregateError")) return "ECONNREFUSED";
  if (/^Error: aborted\b/.test(foreign)) return "ECONNRESET";
  return foreign.split(/[^A-Z_]+/).find((word) => problems.has(word) || word === "ETIMEDOUT");
}

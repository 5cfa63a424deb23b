import {
  AccessDeniedError,
  BadResponseError,
  CredentialsError,
  type ErrorContext,
  NoSuchOrganizationConformancePackError,
  OrgConformanceError,
  ServiceError,
  ThrottledError,
  TimedOutError,
  UnreachableError,
} from "./errors";

/** What the AWS SDK and Node put on their errors, as far as it is read here. */
interface SdkError extends Error {
  readonly code?: unknown;
  readonly $fault?: "client" | "server";
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    readonly attempts?: number;
  };
}

const accessDenied = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "NotAuthorized",
  "OrganizationAccessDeniedException",
  "UnauthorizedOperation",
]);

const credentials: Readonly<Record<string, CredentialsError["problem"]>> = {
  CredentialsProviderError: "missing",
  ExpiredToken: "expired",
  ExpiredTokenException: "expired",
  RequestExpired: "expired",
  TokenProviderError: "expired",
  AuthFailure: "refused",
  IncompleteSignature: "refused",
  IncompleteSignatureException: "refused",
  InvalidClientTokenId: "refused",
  InvalidSignatureException: "refused",
  MissingAuthenticationToken: "refused",
  MissingAuthenticationTokenException: "refused",
  SignatureDoesNotMatch: "refused",
  UnrecognizedClientException: "refused",
};

const throttled = new Set([
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "Throttling",
  "ThrottledException",
  "ThrottlingException",
  "TooManyRequestsException",
]);

const unreachable = new Set([
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/**
 * The typed error for what a call of the AWS SDK threw.
 *
 * @param action - The IAM action of the call, named when AWS does not say which one it missed.
 */
export function fromAwsError(
  thrown: unknown,
  action: string,
  where: Pick<ErrorContext, "packName" | "region" | "service">,
): OrgConformanceError {
  if (thrown instanceof OrgConformanceError) return thrown;
  const error = (thrown instanceof Error ? thrown : new Error(String(thrown))) as SdkError;
  const context: ErrorContext = { ...where, requestId: error.$metadata?.requestId, cause: error };
  const status = error.$metadata?.httpStatusCode;

  if (error.name === "NoSuchOrganizationConformancePackException") {
    return new NoSuchOrganizationConformancePackError(context);
  }
  if (accessDenied.has(error.name)) {
    return new AccessDeniedError(/perform: ([\w-]+:\w+)/.exec(error.message)?.[1] ?? action, context);
  }
  if (Object.hasOwn(credentials, error.name)) {
    // The SDK has one name for no credentials and for an SSO session that is over.
    const expired = error.name === "CredentialsProviderError" && /expired|sso login/i.test(error.message);
    return new CredentialsError(expired ? "expired" : (credentials[error.name] ?? "refused"), context);
  }
  if (throttled.has(error.name) || status === 429) {
    return new ThrottledError(error.$metadata?.attempts, context);
  }
  const code = typeof error.code === "string" ? error.code : undefined;
  // First: the SDK names a reset connection a TimeoutError too.
  if (code !== undefined && unreachable.has(code)) return new UnreachableError(context);
  if (error.name === "TimeoutError" || code === "ETIMEDOUT" || code === "ESOCKETTIMEDOUT") {
    return new TimedOutError("requestTimeoutSeconds", context);
  }
  if (error instanceof SyntaxError) return new BadResponseError("it is not JSON", context);
  if (status !== undefined && status >= 300 && status < 400) {
    return new BadResponseError(`it is a redirection (HTTP ${String(status)})`, context);
  }
  if (error.$fault !== undefined || (status !== undefined && status >= 400)) {
    // An answer without an error code, as proxies and load balancers give it, is known by its status alone; so is one
    // that the SDK stumbles over.
    if (!/^(unknown|TypeError$)/i.test(error.name)) return new ServiceError(error.name, context);
    if (status === 401) return new CredentialsError("refused", context);
    if (status === 403) return new AccessDeniedError(action, context);
    return new ServiceError(`HTTP ${String(status)}`, context);
  }
  return new BadResponseError("it could not be read", context);
}

import { RefusedAccount } from "./accountCheck";
import { actionOf, contextOf, fromCredentialsFailure } from "./credentialsFailure";
import { originOf } from "./credentialsSource";
import {
  AccessDeniedError,
  AccountRefusedError,
  BadResponseError,
  CredentialsError,
  type ErrorContext,
  NoSuchOrganizationConformancePackError,
  OrgConformanceError,
  ServiceError,
  ThrottledError,
  TimedOutError,
  UnreachableError,
} from "../errors/errors";
import { isError } from "../errors/isError";

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
  "CERT_HAS_EXPIRED",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "EPROXY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
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
  if (thrown instanceof RefusedAccount) return new AccountRefusedError(thrown, where);
  const error = (isError(thrown) ? thrown : new Error(String(thrown))) as SdkError;
  const context = contextOf(error, { ...where, requestId: error.$metadata?.requestId, cause: error });
  const status = error.$metadata?.httpStatusCode;

  if (error.name === "NoSuchOrganizationConformancePackException") {
    return new NoSuchOrganizationConformancePackError(context);
  }
  const credentialsFailure = fromCredentialsFailure(error, context);
  if (credentialsFailure) return credentialsFailure;
  const refusedAction = actionOf(error, action, context.service);
  if (accessDenied.has(error.name)) return new AccessDeniedError(refusedAction, context);
  if (Object.hasOwn(credentials, error.name)) {
    // The SDK has one name for no credentials and for an SSO session that is over.
    const expired = error.name === "CredentialsProviderError" && /expired|sso login/i.test(error.message);
    return new CredentialsError(expired ? "expired" : (credentials[error.name] ?? "refused"), context);
  }
  if (throttled.has(error.name) || status === 429) {
    return new ThrottledError(error.$metadata?.attempts, context);
  }
  const code = codeOf(error);
  // First: the SDK names a reset connection a TimeoutError too.
  if ((code !== undefined && unreachable.has(code)) || status === 407) return new UnreachableError(context);
  if (error.name === "TimeoutError" || code === "ETIMEDOUT" || code === "ESOCKETTIMEDOUT") {
    return new TimedOutError("requestTimeoutSeconds", context);
  }
  if (error.name === "SyntaxError") return new BadResponseError("it is not JSON", context);
  if (status !== undefined && status >= 300 && status < 400) {
    return new BadResponseError(`it is a redirection (HTTP ${String(status)})`, context);
  }
  if (error.$fault !== undefined || (status !== undefined && status >= 400)) {
    // An answer without an error code, as proxies and load balancers give it, is known by its status alone; so is one
    // that the SDK stumbles over.
    if (!/^(unknown|TypeError$)/i.test(error.name)) return new ServiceError(error.name, context);
    if (status === 401) return new CredentialsError("refused", context);
    if (status === 403) return new AccessDeniedError(refusedAction, context);
    return new ServiceError(`HTTP ${String(status)}`, context);
  }
  // A file that is not there, for example.
  if (originOf(error)?.isOfCredentials === true) return new CredentialsError("missing", context);
  return new BadResponseError("it could not be read", context);
}

/**
 * The code of Node's network errors. The SDK puts an error of another realm into the text of one of its own, without its
 * code; the code is in that text, but for the error of a host all of whose addresses failed.
 */
function codeOf({ code, message }: SdkError): string | undefined {
  if (typeof code === "string") return code;
  const [, foreign] = /^AWS SDK error wrapper for ([^]*)/.exec(message) ?? [];
  if (foreign === undefined) return undefined;
  if (foreign.startsWith("AggregateError")) return "ECONNREFUSED";
  return foreign.split(/[^A-Z_]+/).find((word) => unreachable.has(word) || word === "ETIMEDOUT");
}

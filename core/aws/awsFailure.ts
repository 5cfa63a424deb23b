import {
  AccessDeniedError,
  AccountRefusedError,
  BadResponseError,
  connectionProblemOf,
  CredentialsError,
  type ErrorContext,
  Failure,
  isError,
  networkCodeOf,
  NoSuchOrganizationConformancePackError,
  OrgConformanceError,
  ServiceError,
  ThrottledError,
  TimedOutError,
  UnexpectedError,
  UnreachableError,
} from "../errors";
import { RefusedAccount } from "./accountCheck";
import { BadStsAnswer } from "./badStsAnswer";
import { actionOf, contextOf, fromCredentialsFailure } from "./credentialsFailure";
import { originOf } from "./credentialsSource";

/** An error of the AWS SDK or of Node, with the properties that are read here. */
interface SdkError extends Error {
  readonly code?: unknown;
  readonly $fault?: "client" | "server";
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    readonly attempts?: number;
  };
  /** The answer that the SDK could not read. */
  readonly $response?: { readonly statusCode?: number };
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

/**
 * The failure that a call of the AWS SDK threw.
 *
 * @param action - The IAM action of the call, named when AWS does not say which one was denied.
 * @throws `thrown` itself, where it is an error of this package: nothing more is to be found out about it.
 */
export function failureOf(
  thrown: unknown,
  action: string,
  where: Pick<ErrorContext, "packName" | "region" | "service">,
): Failure {
  if (thrown instanceof OrgConformanceError) throw thrown;
  if (thrown instanceof Failure) return thrown as Failure;
  if (thrown instanceof RefusedAccount) {
    const { accountId, setting } = thrown;
    return new Failure(AccountRefusedError, { ...where, callerAccountId: accountId, setting });
  }
  if (thrown instanceof BadStsAnswer) {
    const { requestId, what } = thrown;
    return new Failure(BadResponseError, { ...where, service: "AWS STS", requestId, what });
  }
  const error = (isError(thrown) ? thrown : new Error(String(thrown))) as SdkError;
  const context = contextOf(error, { ...where, requestId: error.$metadata?.requestId, cause: error });
  const deniedAction = actionOf(error, action, context.service);
  return (
    fromCredentialsFailure(error, context) ??
    ofName(error, context, deniedAction) ??
    ofConnection(error, context) ??
    ofAnswer(error, context, deniedAction) ??
    // A file that does not exist, for example.
    (originOf(error)?.isOfCredentials === true
      ? new Failure(CredentialsError, { ...context, problem: "missing" })
      : new Failure(UnexpectedError, context))
  );
}

/** By the error code of AWS. */
function ofName({ $metadata, message, name }: SdkError, context: ErrorContext, action: string): Failure | undefined {
  if (name === "NoSuchOrganizationConformancePackException") {
    return new Failure(NoSuchOrganizationConformancePackError, context);
  }
  if (accessDenied.has(name)) return new Failure(AccessDeniedError, { ...context, action });
  if (Object.hasOwn(credentials, name)) {
    // The SDK has one name for no credentials and for an SSO session that is over.
    const isExpired = name === "CredentialsProviderError" && /expired|sso login/i.test(message);
    return new Failure(CredentialsError, {
      ...context,
      problem: isExpired ? "expired" : (credentials[name] ?? "refused"),
    });
  }
  if (throttled.has(name) || $metadata?.httpStatusCode === 429) {
    return new Failure(ThrottledError, { ...context, attempts: $metadata?.attempts });
  }
  return undefined;
}

/** Where no service answered. */
function ofConnection(error: SdkError, context: ErrorContext): Failure | undefined {
  // First: the SDK names a reset connection a TimeoutError too.
  if (connectionProblemOf(error) !== undefined) return new Failure(UnreachableError, context);
  const code = networkCodeOf(error);
  if (error.name === "TimeoutError" || code === "ETIMEDOUT" || code === "ESOCKETTIMEDOUT") {
    return new Failure(TimedOutError, { ...context, limit: "requestTimeoutSeconds" });
  }
  return undefined;
}

/** Where something answered that has no code with a class of its own. */
function ofAnswer(error: SdkError, context: ErrorContext, action: string): Failure | undefined {
  const { $fault, $metadata, $response, code, name } = error;
  const badResponse = (what: string): Failure => new Failure(BadResponseError, { ...context, what });
  // Of Node.js's parser.
  if (typeof code === "string" && code.startsWith("HPE_")) return badResponse("it is not HTTP");
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  if ($fault === undefined && status === undefined) return undefined;
  if (name === "SyntaxError") return badResponse("it is not JSON");
  if (status !== undefined && status >= 300 && status < 400) {
    return badResponse(`it is a redirection (HTTP ${String(status)})`);
  }
  if ($fault === undefined && Number(status) < 400) return badResponse("it could not be read");
  // An answer without an error code, as proxies and load balancers give it, is known by its status alone; so is one
  // that the SDK fails to read.
  if (!/^(unknown|TypeError$)/i.test(name)) return new Failure(ServiceError, { ...context, code: name });
  if (status === 401) return new Failure(CredentialsError, { ...context, problem: "refused" });
  if (status === 403) return new Failure(AccessDeniedError, { ...context, action });
  return new Failure(ServiceError, { ...context, code: `HTTP ${String(status)}` });
}

import { runInNewContext } from "node:vm";
import { failureOf } from "../../../core/aws/awsFailure";
import { Failure, InvalidArgumentsError, OrgConformanceError, ServiceError } from "../../../core/errors";

const action = "config:GetOrganizationConformancePackDetailedStatus";
const where = { packName: "security-baseline", region: "us-east-1" };

function awsError(name: string, others: object = {}): Error {
  return Object.assign(new Error("AWS's words."), { name, $fault: "client", ...others });
}

/** As Node's own modules throw it in Jest, and other modules in a `vm` context. */
function foreign(source: string, others: object = {}): Error {
  return Object.assign(runInNewContext(source) as Error, others);
}

/** As the SDK marks an error over an answer that it could not read. */
const answered = { $response: { statusCode: 200 } };

const wrapped = (text: string): Error => new Error(`AWS SDK error wrapper for ${text}`);

const errorOf = (...given: Parameters<typeof failureOf>): OrgConformanceError => failureOf(...given).toError();

type Expected = [name: string, properties?: object];

test.each<[thrown: unknown, expected: Expected]>([
  [awsError("NoSuchOrganizationConformancePackException"), ["NoSuchOrganizationConformancePackError"]],
  [awsError("AccessDeniedException"), ["AccessDeniedError", { action }]],
  [awsError("OrganizationAccessDeniedException"), ["AccessDeniedError", { action }]],
  [
    awsError("AccessDenied", { message: "User: x is not authorized to perform: sts:AssumeRole on resource: y" }),
    ["AccessDeniedError", { action: "sts:AssumeRole" }],
  ],
  [awsError("CredentialsProviderError"), ["CredentialsError", { problem: "missing" }]],
  [awsError("ExpiredTokenException"), ["CredentialsError", { problem: "expired" }]],
  [awsError("TokenProviderError"), ["CredentialsError", { problem: "expired" }]],
  [awsError("UnrecognizedClientException"), ["CredentialsError", { problem: "refused" }]],
  [awsError("InvalidClientTokenId"), ["CredentialsError", { problem: "refused" }]],
  [awsError("ThrottlingException", { $metadata: { attempts: 4 } }), ["ThrottledError"]],
  [awsError("Whatever", { $metadata: { httpStatusCode: 429 } }), ["ThrottledError"]],
  [awsError("TimeoutError"), ["TimedOutError"]],
  [awsError("Error", { code: "ETIMEDOUT" }), ["TimedOutError"]],
  [awsError("Error", { code: "ECONNREFUSED" }), ["UnreachableError"]],
  [awsError("Error", { code: "ENOTFOUND" }), ["UnreachableError"]],
  // The SDK's own name for it.
  [awsError("TimeoutError", { code: "ECONNRESET" }), ["UnreachableError"]],
  [awsError("TimeoutError", { code: "EPIPE" }), ["UnreachableError"]],
  [foreign("new Error('connect')", { code: "ECONNREFUSED" }), ["UnreachableError"]],
  [foreign("new SyntaxError('Unexpected token')", answered), ["BadResponseError"]],
  [foreign("new Error('No.')", { name: "ThrottlingException" }), ["ThrottledError"]],
  // What the SDK makes of an error of another realm.
  [wrapped("Error: connect ECONNREFUSED 127.0.0.1:1"), ["UnreachableError"]],
  [wrapped("TimeoutError: read ECONNRESET"), ["UnreachableError"]],
  [wrapped("Error: getaddrinfo ENOTFOUND config.x.amazonaws.com"), ["UnreachableError"]],
  [wrapped("AggregateError"), ["UnreachableError"]],
  [wrapped("Error: aborted"), ["UnreachableError"]],
  [wrapped("Error: connect ETIMEDOUT 192.0.2.1:443"), ["TimedOutError"]],
  [wrapped("Error: something else"), ["UnexpectedError"]],
  [Object.assign(new SyntaxError("Unexpected token"), answered), ["BadResponseError"]],
  [Object.assign(new TypeError("x is not iterable"), answered), ["BadResponseError"]],
  [Object.assign(new Error("Parse Error"), { code: "HPE_INVALID_CONSTANT" }), ["BadResponseError"]],
  [awsError("InternalFailure", { $fault: "server" }), ["ServiceError", { code: "InternalFailure" }]],
  [awsError("Odd", { $fault: undefined, $metadata: { httpStatusCode: 503 } }), ["ServiceError", { code: "Odd" }]],
  [awsError("constructor"), ["ServiceError", { code: "constructor" }]],
  [new TypeError("x is not a function"), ["UnexpectedError"]],
  [new SyntaxError("Unexpected token"), ["UnexpectedError"]],
  ["a text", ["UnexpectedError"]],
  [undefined, ["UnexpectedError"]],
])("%p becomes %j", (thrown, [name, properties = {}]) => {
  const error = errorOf(thrown, action, where);
  expect(error).toBeInstanceOf(OrgConformanceError);
  expect(error).toMatchObject({ name, ...where, ...properties });
});

test("keeps AWS's request id and words, and how often it was asked", () => {
  const error = errorOf(
    awsError("ThrottlingException", { $metadata: { requestId: "abc-123", attempts: 4 } }),
    action,
    where,
  );
  expect(error.requestId).toBe("abc-123");
  expect(error.message).toContain("Cause: ThrottlingException: AWS's words.");
  expect(error.message).toContain("4 attempts in a row");
});

test("an error of this package is thrown as it is, and a failure stays what it is", () => {
  const error = new InvalidArgumentsError([]);
  expect(() => failureOf(error, action, where)).toThrow(error);
  const failure = new Failure(ServiceError, { ...where, code: "X" });
  expect(failureOf(failure, action, where)).toBe(failure);
});

test("an error of another realm keeps its words", () => {
  const error = errorOf(foreign("new TypeError('Odd.')"), action, where);
  expect(error.message).toContain("Cause: TypeError: Odd.");
});

/** An error as one of the SDK's inner clients throws it, by the name of its class. */
function answeredBy(className: string, name: string, message: string): Error {
  const classes = { [className]: class extends Error {} };
  return Object.assign(new (classes[className] as new (text: string) => Error)(message), { name, $fault: "client" });
}

test.each<[className: string, name: string, message: string, known: object, next: RegExp]>([
  [
    "SSOServiceException",
    "UnauthorizedException",
    "Session token not found or invalid",
    { name: "CredentialsError", problem: "expired" },
    /^Run aws sso login/,
  ],
  [
    "SSOServiceException",
    "ForbiddenException",
    "No access",
    { name: "AccessDeniedError", action: "sso:GetRoleCredentials" },
    /permission set/,
  ],
  ["SSOServiceException", "ResourceNotFoundException", "x", { name: "ServiceError" }, /sso_role_name/],
  ["SSOOIDCServiceException", "ExpiredTokenException", "x", { name: "CredentialsError", problem: "expired" }, /clock/],
])("%s %s is reported as an answer of IAM Identity Center", (className, name, message, known, next) => {
  const error = errorOf(answeredBy(className, name, message), action, where);
  expect(error).toMatchObject({ ...known, service: "IAM Identity Center" });
  expect(error.message.split("\n")[0]).toContain("IAM Identity Center");
  expect(error.nextStep).toMatch(next);
});

test.each(["perform: ", "perform "])("a denied GetCallerIdentity (%j) is one of AWS STS", (perform) => {
  const message = `User: x is not authorized to ${perform}sts:GetCallerIdentity with an explicit deny`;
  const error = errorOf(answeredBy("STSServiceException", "AccessDenied", message), "sts:GetCallerIdentity", {
    ...where,
    service: "AWS STS",
  });
  expect(error).toMatchObject({ name: "AccessDeniedError", action: "sts:GetCallerIdentity", service: "AWS STS" });
  expect(error.nextStep).toContain("denies sts:GetCallerIdentity explicitly");
});

test.each(["UnrecognizedClientException", "InvalidClientTokenId", "AuthFailure"])(
  "%s may mean that the account has not enabled the region: surely first where that is opt-in",
  (name) => {
    const nextStep = (region: string) => errorOf(awsError(name), action, { ...where, region }).nextStep;
    expect(nextStep("me-central-1")).toMatch(
      /^An account has to enable me-central-1 .*global STS endpoint.*access key/,
    );
    expect(nextStep("us-east-1")).toMatch(/^Check the access key.*If other regions accept them.*us-east-1 is enabled/);
    expect(nextStep("us-gov-west-1")).toMatch(/^Check the access key/);
  },
);

test("a wrong signature has nothing to do with the region", () => {
  const { nextStep } = errorOf(awsError("SignatureDoesNotMatch"), action, { ...where, region: "me-central-1" });
  expect(nextStep).toBe("Check the access key, the session token and this machine's clock.");
});

test.each(["", "UnknownError", "Unknown", "null"])(
  "an AccessDeniedException with the text %j: without one, the region may have no conformance packs",
  (message) => {
    const { nextStep } = errorOf(awsError("AccessDeniedException", { message }), action, where);
    expect(nextStep.includes("no organization conformance packs")).toBe(message !== "null");
  },
);

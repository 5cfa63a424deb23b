import { fromAwsError } from "../../provider/awsError";
import { OrgConformanceError, TimedOutError } from "../../provider/errors";
import "./nodeErrors";

const action = "config:GetOrganizationConformancePackDetailedStatus";
const where = { packName: "security-baseline", region: "us-east-1" };

function awsError(name: string, others: object = {}): Error {
  return Object.assign(new Error("AWS's words."), { name, $fault: "client", ...others });
}

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
  [new SyntaxError("Unexpected token"), ["BadResponseError"]],
  [awsError("InternalFailure", { $fault: "server" }), ["ServiceError", { code: "InternalFailure" }]],
  [awsError("Odd", { $fault: undefined, $metadata: { httpStatusCode: 503 } }), ["ServiceError", { code: "Odd" }]],
  [awsError("constructor"), ["ServiceError", { code: "constructor" }]],
  [new TypeError("x is not a function"), ["BadResponseError"]],
  ["a text", ["BadResponseError"]],
  [undefined, ["BadResponseError"]],
])("%p becomes %j", (thrown, [name, properties = {}]) => {
  const error = fromAwsError(thrown, action, where);
  expect(error).toBeInstanceOf(OrgConformanceError);
  expect(error).toMatchObject({ name, ...where, ...properties });
});

test("keeps AWS's request id and words, and how often it was asked", () => {
  const error = fromAwsError(
    awsError("ThrottlingException", { $metadata: { requestId: "abc-123", attempts: 4 } }),
    action,
    where,
  );
  expect(error.requestId).toBe("abc-123");
  expect(error.message).toContain("Cause: ThrottlingException: AWS's words.");
  expect(error.message).toContain("4 attempts in a row");
});

test("an error of this package stays what it is", () => {
  const error = new TimedOutError("timeoutSeconds", where);
  expect(fromAwsError(error, action, where)).toBe(error);
});

import { failureOf } from "../../../core/aws/awsFailure";
import { isOutage } from "../../../core/errors";
import type { AwsService } from "../../../core/errors";

interface Thrown {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly proxy?: string;
  readonly syscall?: string;
  readonly errors?: readonly { readonly code: string; readonly syscall?: string }[];
  readonly $fault?: "client" | "server";
  readonly status?: number;
}

/** As Node.js says that no address of a host could be reached: with the code of the first. */
function ofAddresses(...codes: readonly [string, ...string[]]): Thrown {
  return { name: "AggregateError", code: codes[0], errors: codes.map((code) => ({ code, syscall: "connect" })) };
}

/** The failure that the SDK's error comes to. */
function failing({ message = "", name = "Error", status, ...others }: Thrown, service?: AwsService) {
  const $metadata = status === undefined ? {} : { httpStatusCode: status };
  const error = Object.assign(new Error(message), { name, $metadata, ...others });
  return failureOf(error, "config:X", { packName: "baseline", region: "eu-west-1", service });
}

test.each<[what: string, thrown: Thrown]>([
  ["a silent service", { name: "TimeoutError" }],
  ["a name that can't be resolved", { code: "ENOTFOUND" }],
  ["a name that the resolver fails on", { code: "EAI_FAIL" }],
  ["a connection that is refused", { code: "ECONNREFUSED" }],
  ["a host whose addresses are all out of reach", ofAddresses("ENETUNREACH", "ETIMEDOUT", "ECONNREFUSED")],
  ["a connection that breaks", { code: "ECONNRESET" }],
  ["throttling", { name: "ThrottlingException", $fault: "client", status: 400 }],
  ["an error inside the service", { name: "InternalServerError", $fault: "server", status: 500 }],
  ["an unavailable service", { name: "Unknown", status: 503 }],
  ["an answer that is not JSON", { name: "SyntaxError", status: 200 }],
  ["an answer that is not HTTP", { code: "HPE_INVALID_CONSTANT" }],
  ["an answer that can't be read", { name: "TypeError", status: 200 }],
  ["a connection that breaks off in the answer", { code: "ERR_STREAM_PREMATURE_CLOSE", status: 200 }],
])("%s is an outage", (_what, thrown) => {
  expect(isOutage(failing(thrown))).toBe(true);
  expect(isOutage(failing(thrown, "AWS STS"))).toBe(true);
});

test.each<[what: string, thrown: Thrown]>([
  ["a denied access", { name: "AccessDeniedException", $fault: "client", status: 400 }],
  ["a caller that may not ask", { name: "OrganizationAccessDeniedException", $fault: "client", status: 400 }],
  ["an answer without a code that denies", { name: "Unknown", status: 403 }],
  ["expired credentials", { name: "ExpiredTokenException", $fault: "client", status: 400 }],
  ["no credentials", { name: "CredentialsProviderError" }],
  ["a wrong argument", { name: "ValidationException", $fault: "client", status: 400 }],
  ["a region that is not enabled", { name: "OptInRequired", $fault: "client", status: 403 }],
  ["an unknown pack", { name: "NoSuchOrganizationConformancePackException", $fault: "client", status: 400 }],
  ["a proxy that wants a password", { name: "Unknown", status: 407 }],
  ["a proxy that can't be reached", { code: "ECONNREFUSED", proxy: "http://proxy:3128" }],
  ...[
    "CERT_CHAIN_TOO_LONG",
    "CERT_HAS_EXPIRED",
    "CERT_NOT_YET_VALID",
    "CERT_REJECTED",
    "CERT_REVOKED",
    "CRL_HAS_EXPIRED",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "HOSTNAME_MISMATCH",
    "INVALID_CA",
    "INVALID_PURPOSE",
    "PATH_LENGTH_EXCEEDED",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_GET_CRL",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  ].map((code): [string, Thrown] => [`a certificate with ${code}`, { code }]),
  ["a server that speaks no TLS", { code: "ERR_SSL_WRONG_VERSION_NUMBER" }],
  ["a handshake that fails", { code: "EPROTO", syscall: "write" }],
  ["a connection that this machine does not allow", { code: "EACCES", syscall: "connect" }],
  ["a connection for which no file is free", { code: "EMFILE", syscall: "connect" }],
  ["a host whose second address this machine may not connect to", ofAddresses("ENETUNREACH", "EACCES")],
  ["a host whose first address this machine may not connect to", ofAddresses("EACCES", "ENETUNREACH")],
  ["a page of HTML that denies", { name: "SyntaxError", status: 403 }],
  ["a bug", { name: "TypeError", message: "x is not a function" }],
  ["an error that nobody knows", { code: "ESOMETHING" }],
])("%s is none", (_what, thrown) => {
  expect(isOutage(failing(thrown))).toBe(false);
});

test.each<AwsService>(["IAM Identity Center", "EC2 instance metadata", "AWS Organizations"])(
  "the silence of %s is none: it is not the region's",
  (service) => {
    expect(isOutage(failing({ name: "TimeoutError" }, service))).toBe(false);
  },
);

import {
  AccessDeniedError,
  type AwsService,
  type CredentialsContext,
  CredentialsError,
  type CredentialsSource,
  type ErrorContext,
  Failure,
  ServiceError,
} from "../errors";
import { originOf } from "./credentialsSource";

/** By the class of the SDK's error: each of its clients has one of its own. */
const servicesByClass: readonly (readonly [RegExp, AwsService])[] = [
  [/^STSServiceException/, "AWS STS"],
  [/^SSO(OIDC)?ServiceException/, "IAM Identity Center"],
  [/^SigninServiceException/, "AWS Sign-In"],
  [/^CognitoIdentityServiceException/, "Amazon Cognito"],
];

/** By what the SDK, or Node, says where no service answered. */
const servicesByWords: readonly (readonly [RegExp, AwsService])[] = [
  [/instance metadata|169\.254\.169\.254|fd00:ec2::254/i, "EC2 instance metadata"],
  [
    /container metadata|169\.254\.170\.\d|fd00:ec2::23|^Server responded with status/i,
    "The container credentials endpoint",
  ],
  [/\bsts[.-]/, "AWS STS"],
  [/\b(oidc|portal\.sso)[.-]|\bsso\b/i, "IAM Identity Center"],
  [/\bsignin\./, "AWS Sign-In"],
];

/** Who answered: the service that was called, or the one that gives the credentials for the call. */
function answererOf(error: Error, called: AwsService | undefined): AwsService | undefined {
  const classes = [...classesOf(error)];
  const byClass = servicesByClass.find(([name]) => classes.some((each) => name.test(each)))?.[1];
  if (byClass !== undefined || originOf(error)?.isOfCredentials !== true) return byClass ?? called;
  const said = `${error.message} ${hostOf(error)}`;
  return servicesByWords.find(([words]) => words.test(said))?.[1] ?? "The source of the AWS credentials";
}

function* classesOf(error: Error): Generator<string> {
  let prototype = Object.getPrototypeOf(error) as { readonly constructor?: { readonly name?: unknown } } | null;
  while (prototype !== null) {
    yield String(prototype.constructor?.name);
    prototype = Object.getPrototypeOf(prototype) as typeof prototype;
  }
}

function hostOf(error: Error): string {
  const { address, hostname } = error as { readonly address?: unknown; readonly hostname?: unknown };
  return [hostname, address].filter((text) => typeof text === "string").join(" ");
}

/** Where the credentials come from that an error is about: as was noted, else as the error's words tell. */
function sourceOf({ name, message }: Error, origin: CredentialsSource | undefined): CredentialsSource | undefined {
  if (origin !== undefined) return origin;
  if (/\baws login\b/.test(message)) return "login";
  if (/\bsso\b/i.test(message) || name === "TokenProviderError") return "sso";
  if (/credential_process|^Command failed/.test(message)) return "process";
  if (/^Token expired: current date|WebIdentity/.test(message)) return "webIdentity";
  return /\bprofile\b/i.test(message) ? "profile" : undefined;
}

interface Rule {
  readonly service: AwsService;
  /** The start of the error's name. */
  readonly name?: string;
  readonly words?: RegExp;
  readonly make: (error: Error, context: ErrorContext) => Failure;
}

const refused =
  (nextStep: string): Rule["make"] =>
  (_error, context) =>
    new Failure(CredentialsError, { ...context, problem: "refused", nextStep });
const failed =
  (nextStep: string): Rule["make"] =>
  ({ name }, context) =>
    new Failure(ServiceError, { ...context, code: name, nextStep });

/** Errors that only the services for credentials answer with. The first rule that fits holds. */
const rules: readonly Rule[] = [
  {
    service: "AWS STS",
    name: "InvalidIdentityToken",
    words: /No OpenIDConnect provider/i,
    make: refused(
      "In the account of the role, create the IAM identity provider for the issuer that AWS names, or correct the account in the role's ARN.",
    ),
  },
  {
    service: "AWS STS",
    name: "InvalidIdentityToken",
    words: /audience/i,
    make: refused(
      "Request the token for an audience that the IAM identity provider lists, for example sts.amazonaws.com.",
    ),
  },
  {
    service: "AWS STS",
    name: "InvalidIdentityToken",
    make: refused(
      "Check that the token's issuer is the URL of an IAM identity provider in the role's account, and that AWS can read its keys there.",
    ),
  },
  {
    service: "AWS STS",
    name: "IDPRejectedClaim",
    make: refused(
      "Get a new token: the identity provider no longer accepts this one, or does not accept one of its claims.",
    ),
  },
  {
    service: "AWS STS",
    name: "IDPCommunicationError",
    make: failed(
      "Run the command again; if it happens again, check that AWS can reach the identity provider from the internet.",
    ),
  },
  {
    service: "AWS STS",
    words: /role chaining/i,
    make: failed(
      "AWS limits a role that is assumed with another role's credentials to 1 hour: leave duration out (aws:assumeRoles, or durationSeconds of assumeRole), or set it to at most 1 hour.",
    ),
  },
  {
    service: "AWS STS",
    words: /MaxSessionDuration/i,
    make: failed(
      "Set duration (aws:assumeRoles, or durationSeconds of assumeRole) to at most the role's maximum session duration, or raise that.",
    ),
  },
  {
    service: "AWS STS",
    name: "RegionDisabled",
    make: failed(
      "Activate AWS STS for the region in the account settings of IAM, in the account that is asked, or enable the region there.",
    ),
  },
  {
    service: "AWS STS",
    name: "MalformedPolicyDocument",
    make: failed("Correct the session policy that the role is assumed with."),
  },
  {
    service: "AWS STS",
    name: "PackedPolicyTooLarge",
    make: failed("Shorten the session policy and the session tags that the role is assumed with."),
  },
  {
    service: "IAM Identity Center",
    name: "Unauthorized",
    make: (_error, context) => new Failure(CredentialsError, { ...context, problem: "expired", source: "sso" }),
  },
  {
    service: "IAM Identity Center",
    name: "Forbidden",
    make: (_error, context) => new Failure(AccessDeniedError, { ...context, action: "sso:GetRoleCredentials" }),
  },
  {
    service: "IAM Identity Center",
    name: "ResourceNotFound",
    make: failed("Check sso_account_id, sso_role_name and sso_region of the profile."),
  },
];

/** The context of an error, with who answered and where the credentials come from. */
export function contextOf(error: Error, context: ErrorContext): ErrorContext & Pick<CredentialsContext, "source"> {
  const origin = originOf(error);
  return {
    ...context,
    service: answererOf(error, context.service),
    source: sourceOf(error, origin?.isOfCredentials === true ? undefined : origin?.source),
  };
}

/** A failure that only a service that gives credentials answers with. */
export function fromCredentialsFailure(error: Error, context: ErrorContext): Failure | undefined {
  return rules
    .find(
      ({ name = "", service, words }) =>
        service === context.service && error.name.startsWith(name) && (words?.test(error.message) ?? true),
    )
    ?.make(error, context);
}

/** The IAM action that a refusal is about: AWS names it, with a colon before it or without. */
export function actionOf(error: Error, called: string, service: AwsService | undefined): string {
  const [, named] = /\bperform:?\s+([\w-]+:\w+)/i.exec(error.message) ?? [];
  if (named !== undefined) return named;
  // The call that was made is not the one that was refused.
  return service === "AWS STS" && !called.startsWith("sts:") ? "sts:AssumeRole" : called;
}

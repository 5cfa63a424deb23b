import { inspect } from "node:util";
import { accessNextStep } from "./accessNextStep";
import { expiredNextStep, missingNextStep, refusedNextStep } from "./credentialsNextSteps";
import type { CredentialsSource } from "../aws/credentialsSource";
import { sanitize } from "../text/sanitize";
import { isError } from "./isError";
import type { Problem } from "../checks/problem";
import { plural } from "../text/plural";

/** What can answer in a lookup: the services that are asked, and those that give the credentials for it. */
export type AwsService =
  | "AWS Config"
  | "AWS Organizations"
  | "AWS STS"
  | "IAM Identity Center"
  | "AWS Sign-In"
  | "Amazon Cognito"
  | "EC2 instance metadata"
  | "The container credentials endpoint"
  | "The source of the AWS credentials";

/** What an error knows of the call that failed. */
export interface ErrorContext {
  /** The organization conformance pack that was asked for. */
  readonly packName: string;
  /** The region that was asked; absent when no region was reached. */
  readonly region?: string | undefined;
  /** The service that answered, or was to. Default `AWS Config`. */
  readonly service?: AwsService | undefined;
  /** Where the credentials come from, when that is known. */
  readonly source?: CredentialsSource | undefined;
  /** All IAM actions that the lookup needs. */
  readonly neededActions?: readonly string[] | undefined;
  /** Regions that accept the same credentials. */
  readonly acceptedIn?: readonly string[] | undefined;
  /** What to do, when that is known better than by the class of the error. */
  readonly nextStep?: string | undefined;
  /** What else was found out, a sentence each. */
  readonly diagnosis?: readonly string[] | undefined;
  /** AWS's request id, for a support case. */
  readonly requestId?: string | undefined;
  /** What AWS, or the network, said. */
  readonly cause?: unknown;
}

/**
 * The base of every error of this package. The message says what happened, to which pack, in which
 * region, what AWS said and what to do next. No subclass carries a credential.
 */
export abstract class OrgConformanceError extends Error {
  /** The organization conformance pack that was asked for. */
  readonly packName: string;
  /** The region that was asked, where it is about one. */
  readonly region: string | undefined;
  /** The service that answered, or was to. */
  readonly service: AwsService;
  /** AWS's id of the request, where AWS answered. */
  readonly requestId: string | undefined;
  /** What to do next, as a sentence. */
  readonly nextStep: string;

  constructor(problem: string, classStep: string, context: ErrorContext) {
    const nextStep = context.nextStep ?? classStep;
    const cause = fitToPrint(context.cause);
    super(describe(problem, nextStep, { ...context, cause }), { cause });
    this.name = new.target.name;
    this.packName = context.packName;
    this.region = context.region;
    this.service = context.service ?? "AWS Config";
    contexts.set(this, { ...context, cause });
    this.requestId = context.requestId;
    this.nextStep = nextStep;
    // The Pulumi CLI prints an error that is marked so without its stack (pulumi.RunError). Marked, not
    // inherited: the core of this package loads without Pulumi.
    Object.defineProperty(this, "__pulumiRunError", { value: true });
  }
}

/** What each error was made of, to make it again, knowing more. */
const contexts = new WeakMap<OrgConformanceError, ErrorContext>();

function contextWith(error: OrgConformanceError, more: Partial<ErrorContext>): ErrorContext {
  const { packName } = error;
  return { packName, ...contexts.get(error), ...more };
}

/** AWS knows no organization conformance pack of this name, for this caller, in this region. */
export class NoSuchOrganizationConformancePackError extends OrgConformanceError {
  /** The account that asked, when STS said it. */
  readonly callerAccountId: string | undefined;
  /** The names of the packs that the caller does see in the region, when AWS said them. */
  readonly visiblePacks: readonly string[] | undefined;

  constructor(
    context: ErrorContext & {
      readonly callerAccountId?: string | undefined;
      readonly visiblePacks?: readonly string[] | undefined;
    },
  ) {
    const asked = context.callerAccountId ? `account ${context.callerAccountId} sees` : "the calling account sees";
    super(
      `No organization conformance pack named "${sanitize(context.packName, 128)}": ${asked} none in ${regionOf(context)}.`,
      "Check the name, the region and the account. A pack is regional, and the management account and a delegated administrator each see only the packs that they created themselves.",
      context,
    );
    this.callerAccountId = context.callerAccountId;
    this.visiblePacks = context.visiblePacks;
  }
}

/** The caller may not make a call that is needed. */
export class AccessDeniedError extends OrgConformanceError {
  /** The IAM action that is missing, for example `config:GetOrganizationConformancePackDetailedStatus`. */
  readonly action: string;

  constructor(action: string, context: ErrorContext) {
    super(
      `Access denied by ${serviceOf(context)}: ${action}, for pack "${sanitize(context.packName, 128)}" in ${regionOf(context)}.`,
      errorName(context.cause) === "OrganizationAccessDeniedException"
        ? "Call from the organization's management account, or from an account that is registered as a delegated administrator for config-multiaccountsetup.amazonaws.com."
        : accessNextStep(action, context.neededActions, isWordless(context.cause)),
      context,
    );
    this.action = action;
  }

  /** The same error, knowing more. */
  with(more: Pick<ErrorContext, "diagnosis" | "neededActions">): AccessDeniedError {
    return new AccessDeniedError(this.action, contextWith(this, more));
  }
}

/** Whether AWS gave no reason; the SDK then makes up a word. */
function isWordless(cause: unknown): boolean {
  return isError(cause) && /^(unknown(error)?)?$/i.test(messageOf(cause).trim());
}

/** There are no credentials, or AWS refuses them. */
export class CredentialsError extends OrgConformanceError {
  /** `missing`: none were found. `expired`: their time is over. `refused`: AWS does not accept them. */
  readonly problem: "missing" | "expired" | "refused";

  constructor(problem: "missing" | "expired" | "refused", context: ErrorContext) {
    const { cause, region, source } = context;
    const code = errorName(cause);
    // The SDK says so itself, without having asked.
    const isAnswered = code !== undefined && !code.endsWith("ProviderError");
    const [what, nextStep] = {
      missing: ["No AWS credentials were found", missingNextStep(source)],
      expired: [
        isAnswered
          ? `${serviceOf(context)} says that the credentials have expired`
          : "The AWS credentials have expired",
        expiredNextStep(source),
      ],
      refused: [`${serviceOf(context)} refuses the credentials`, refusedNextStep(code, region, context.acceptedIn)],
    }[problem] as [string, string];
    super(`${what}, for pack "${sanitize(context.packName, 128)}" in ${regionOf(context)}.`, nextStep, context);
    this.problem = problem;
  }

  /** The same error, knowing more. */
  with(more: Pick<ErrorContext, "acceptedIn">): CredentialsError {
    return new CredentialsError(this.problem, contextWith(this, more));
  }
}

/** The credentials are of an account that `aws:allowedAccountIds` or `aws:forbiddenAccountIds` rules out. */
export class AccountRefusedError extends OrgConformanceError {
  /** 12 digits: the account that the credentials are of. */
  readonly callerAccountId: string;

  constructor(
    { accountId, setting }: { readonly accountId: string; readonly setting: string },
    context: Omit<ErrorContext, "cause">,
  ) {
    super(
      `The AWS credentials are of account ${sanitize(accountId, 80)}, which ${setting} does not allow, for pack "${sanitize(context.packName, 128)}" in ${regionOf(context)}.`,
      `Use credentials of an account that is allowed, or correct ${setting}.`,
      context,
    );
    this.callerAccountId = accountId;
  }
}

/** AWS kept throttling until the attempts were used up. */
export class ThrottledError extends OrgConformanceError {
  constructor(attempts: number | undefined, context: ErrorContext) {
    super(
      `AWS throttled the calls for pack "${sanitize(context.packName, 128)}" in ${regionOf(context)}${
        attempts === undefined ? "" : `, ${plural(attempts, "attempt")} in a row`
      }.`,
      `Run the command again, raise maxAttempts, or find out what else calls ${serviceOf(context)} in this account.`,
      context,
    );
  }
}

/** A time limit of this package passed. */
export class TimedOutError extends OrgConformanceError {
  constructor(limit: "requestTimeoutSeconds" | "timeoutSeconds", context: ErrorContext) {
    super(
      limit === "timeoutSeconds"
        ? `Gathering pack "${sanitize(context.packName, 128)}" in ${regionOf(context)} took longer than timeoutSeconds allows.`
        : `${serviceOf(context)} did not answer in time for pack "${sanitize(context.packName, 128)}" in ${regionOf(context)}.`,
      `Run the command again; if it stays slow, raise ${limit}.`,
      context,
    );
  }
}

/** This machine's clock and AWS's differ by so much that nothing which depends on the time can be judged. */
export class ClockSkewError extends OrgConformanceError {
  /** @param offsetMs - How far AWS's clock is ahead, in milliseconds. */
  constructor(offsetMs: number, context: ErrorContext) {
    const minutes = plural(Math.round(Math.abs(offsetMs) / 60_000), "minute");
    super(
      `This machine's clock is ${minutes} ${offsetMs > 0 ? "behind" : "ahead of"} AWS's, as pack "${sanitize(context.packName, 128)}" was read in ${regionOf(context)}.`,
      "Set this machine's clock: by it exceptions expire, accounts are stuck, and a status is of this run.",
      context,
    );
  }
}

/** Waiting for a pack to settle took longer than it may. */
export class NotSettledError extends OrgConformanceError {
  /**
   * @param report - What is not settled, with the accounts.
   * @param timeoutSeconds - How long was waited.
   */
  constructor(report: string, timeoutSeconds: number, context: ErrorContext) {
    super(
      `Pack "${sanitize(context.packName, 128)}" in ${regionOf(context)} has not settled within ${plural(timeoutSeconds, "second")}.\n${report}`,
      "Run the command again to wait on; if AWS needs longer, raise waitForSettled.timeoutSeconds.",
      context,
    );
  }
}

/** The service's endpoint could not be reached. */
export class UnreachableError extends OrgConformanceError {
  constructor(context: ErrorContext) {
    super(
      `${serviceOf(context)} could not be reached for pack "${sanitize(context.packName, 128)}" in ${regionOf(context)}.`,
      unreachableStep(context.cause),
      context,
    );
  }
}

function unreachableStep(cause: unknown): string {
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

/** An answer that is not what AWS Config sends: not JSON, or a row without a field that AWS always sends. */
export class BadResponseError extends OrgConformanceError {
  constructor(what: string, context: ErrorContext) {
    super(
      `${serviceOf(context)}'s answer for pack "${sanitize(context.packName, 128)}" in ${regionOf(context)} makes no sense: ${what}.`,
      "Check whether a proxy or a custom endpoint (aws:endpoints, AWS_ENDPOINT_URL) answers in AWS's place.",
      context,
    );
  }
}

/** AWS returned a NextToken that it had returned before: the pages would never end. */
export class RepeatedTokenError extends OrgConformanceError {
  constructor(pages: number, context: ErrorContext) {
    super(
      `${serviceOf(context)} repeated a NextToken after ${String(pages)} pages of pack "${sanitize(context.packName, 128)}" in ${regionOf(context)}.`,
      "Run the command again; if it happens again, report it to AWS with the request id.",
      context,
    );
  }
}

/** AWS called a NextToken invalid, each time that the pages were read from the start. */
export class InvalidTokenError extends OrgConformanceError {
  constructor(walks: number, context: ErrorContext) {
    super(
      `AWS Config refused its own NextToken in each of ${String(walks)} readings of pack "${sanitize(context.packName, 128)}" in ${regionOf(context)}.`,
      "Run the command again; a smaller number of pages (a larger pageSize) makes it less likely.",
      context,
    );
  }
}

/** There were more pages than `maxPages`. */
export class TooManyPagesError extends OrgConformanceError {
  constructor(maxPages: number, context: ErrorContext) {
    super(
      `Pack "${sanitize(context.packName, 128)}" in ${regionOf(context)} has more than maxPages (${String(maxPages)}) pages.`,
      "Raise maxPages if the organization is that large.",
      context,
    );
  }
}

/** AWS Config failed, or refused the request for a reason that has no class of its own. */
export class ServiceError extends OrgConformanceError {
  /** AWS's error code, for example `InternalServerError`. */
  readonly code: string;

  constructor(code: string, context: ErrorContext) {
    super(
      `${serviceOf(context)} answered ${sanitize(code, 80)} for pack "${sanitize(context.packName, 128)}" in ${regionOf(context)}.`,
      code === "AWSOrganizationsNotInUseException"
        ? "Call from an account of an organization: its management account, or a delegated administrator."
        : "Run the command again; if it happens again, look at the AWS Health Dashboard or ask AWS with the request id.",
      context,
    );
    this.code = code;
  }
}

/** The arguments or the settings are not acceptable; nothing was sent to AWS. */
export class InvalidArgumentsError extends OrgConformanceError {
  /** One entry a mistake. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], packName = "", cause?: unknown) {
    super(
      problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"),
      "Correct the arguments and run the command again.",
      { packName, cause },
    );
    this.problems = problems;
  }
}

/** What happened, and what AWS said, in one line: without the request id, which differs from run to run. */
export function summaryOf({ cause, message }: OrgConformanceError): string {
  return `${message.split("\n", 1).join()}${isError(cause) ? ` ${headOf(cause)}` : ""}`;
}

function describe(problem: string, nextStep: string, { cause, diagnosis = [], requestId }: ErrorContext): string {
  const said = isError(cause) ? `\nCause: ${headOf(cause)}` : "";
  return `${[problem, ...diagnosis].join("\n")}${said}${requestId ? `\nAWS request id: ${sanitize(requestId, 80)}` : ""}\nNext: ${nextStep}`;
}

/** `Name: what it says`, or the name alone; one harmless line. */
function headOf(error: Error): string {
  return [sanitize(nameOf(error), 100), wordsOf(error)].filter((part) => part !== "").join(": ");
}

/** What an error says, in one harmless line, without what may be a secret or is for the SDK's own developers. */
function wordsOf(error: Error): string {
  if (copies.has(error)) return error.message;
  return sanitize(
    messageOf(error)
      // The command line of a profile's credential_process may have a password, and what it prints too.
      .replace(/(Command failed)[^]*/, "$1")
      // JSON.parse quotes what it read, which may be an answer with keys in it.
      .replace(/(Unexpected token '[^]'),[^]*/u, "$1")
      .replace(/^"[^]*" is not valid JSON/, "not valid JSON"),
  );
}

// What stands in AWS's place may give a name and a message of any type.
function nameOf({ name }: { readonly name: unknown }): string {
  return String(name);
}

function messageOf({ message }: { readonly message: unknown }): string {
  const [words = ""] = (typeof message === "string" ? message : inspect(message)).split(sdkHint, 1);
  return words;
}

/** What the AWS SDK puts behind a message, for its own developers. */
const sdkHint = "\n  Deserialization error: to see the raw response";

/** Causes that are fit to print already. */
const copies = new WeakSet<Error>();

/**
 * What was thrown, fit to be printed by whoever prints an error with its cause: Node does it by itself. So the message is
 * a harmless line, and the answer that the AWS SDK hangs on its errors is left out: that leads to the request, whose
 * headers have the session token and the signature, and its text may have keys. None of it can be taken off, so this is
 * a copy, of the same class.
 */
function fitToPrint(cause: unknown, within: readonly unknown[] = []): unknown {
  if (!isError(cause) || cause instanceof OrgConformanceError || copies.has(cause)) return cause;
  // One that is its own cause ends there.
  if (within.includes(cause)) return undefined;
  const copy = new Error(wordsOf(cause));
  const define = (key: PropertyKey, property: PropertyDescriptor | undefined): void => {
    Object.defineProperty(copy, key, { ...property, configurable: true });
  };
  for (const key of Reflect.ownKeys(cause)) {
    if (key === "message" || key === "stack" || (typeof key === "string" && key.startsWith("$response"))) continue;
    define(key, Object.getOwnPropertyDescriptor(cause, key));
  }
  // Its class may have these as getters of what a copy lacks.
  define("name", { value: nameOf(cause), writable: true });
  if ("cause" in cause) define("cause", { value: fitToPrint(cause.cause, [...within, cause]), writable: true });
  // Made when it is asked for: of a long text, that may take long.
  define("stack", { get: () => [headOf(copy), ...framesOf(cause)].join("\n") });
  copies.add(copy);
  return Object.setPrototypeOf(copy, Object.getPrototypeOf(cause) as object | null) as Error;
}

/** Where it was thrown: the lines behind the message; none where it cannot be told which those are. */
function framesOf(error: Error): string[] {
  const stack = error.stack as unknown;
  const message = messageOf(error);
  const at = typeof stack === "string" ? stack.lastIndexOf(message) : -1;
  if (typeof stack !== "string" || at < 0) return [];
  return stack
    .slice(message === "" ? 0 : at + message.length)
    .split("\n")
    .filter((line) => /^ {4}at \S/.test(line))
    .map((line) => `    ${sanitize(line)}`);
}

function serviceOf({ service = "AWS Config" }: ErrorContext): string {
  return service;
}

function regionOf({ region }: ErrorContext): string {
  return region === undefined ? "no region" : sanitize(region, 1_000);
}

function errorName(error: unknown): string | undefined {
  return isError(error) ? error.name : undefined;
}

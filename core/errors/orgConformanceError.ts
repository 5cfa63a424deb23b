import { sanitize } from "../text/sanitize";
import type { AwsService, ErrorContext } from "./errorContext";
import { isError } from "./isError";
import { headOf, plainCause } from "./plainCause";

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
  /** The next step, as a sentence. */
  readonly nextStep: string;

  /**
   * @param problem - The problem, as a sentence that names the pack and the region.
   * @param nextStep - The next step for errors of this class.
   */
  constructor(problem: string, nextStep: string, context: ErrorContext) {
    const step = context.nextStep ?? nextStep;
    const cause = context.cause instanceof OrgConformanceError ? context.cause : plainCause(context.cause);
    super(messageOf(problem, step, { ...context, cause }), { cause });
    this.name = new.target.name;
    this.packName = context.packName;
    this.region = context.region;
    this.service = context.service ?? "AWS Config";
    this.requestId = context.requestId;
    this.nextStep = step;
  }
}

/** The first line of an error, and what AWS said: without the request id, which differs from run to run. */
export function summaryOf(error: OrgConformanceError): string {
  const { cause, message } = error;
  return `${message.split("\n", 1).join()}${isError(cause) ? ` ${headOf(cause)}` : ""}`;
}

function messageOf(problem: string, nextStep: string, context: ErrorContext): string {
  const { cause, diagnosis = [], elsewhere = [], requestId } = context;
  return [
    problem,
    ...diagnosis,
    ...(isError(cause) ? [`Cause: ${headOf(cause)}`] : []),
    ...(requestId ? [`AWS request id: ${sanitize(requestId, 80)}`] : []),
    ...elsewhere,
    `Next: ${nextStep}`,
  ].join("\n");
}

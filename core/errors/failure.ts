import type { AccessDeniedContext } from "./accessDeniedError";
import type { CredentialsContext } from "./credentialsError";
import type { ErrorContext } from "./errorContext";
import type { NoSuchPackContext } from "./noSuchOrganizationConformancePackError";
import type { OrgConformanceError } from "./orgConformanceError";

/** Findings about a failure, made after it and before its error. */
export type Findings = Pick<ErrorContext, "diagnosis" | "elsewhere"> &
  Pick<AccessDeniedContext, "neededActions"> &
  Pick<CredentialsContext, "acceptedIn"> &
  Pick<NoSuchPackContext, "callerAccountId" | "visiblePacks">;

/**
 * A failure inside a lookup, thrown until its error can be made. An error is made once, with all that it says: who called,
 * which actions the lookup needs, what other regions answered.
 */
export class Failure<Context extends ErrorContext = ErrorContext> extends Error {
  readonly #type: new (context: never) => OrgConformanceError;

  constructor(
    type: new (context: Context) => OrgConformanceError,
    readonly context: Context,
  ) {
    super(type.name);
    this.name = "Failure";
    this.#type = type;
  }

  /** True if its error will be of this class. */
  is<Other extends ErrorContext>(type: new (context: Other) => OrgConformanceError): this is Failure<Other> {
    return (this.#type as unknown) === type;
  }

  /** The same failure, of another lookup. */
  in(where: Required<Pick<ErrorContext, "packName" | "region">>): Failure {
    return new Failure<ErrorContext>(this.#type as never, { ...this.context, ...where });
  }

  /** The name of its error's class. */
  get kind(): string {
    return this.#type.name;
  }

  toError(findings: Findings = {}): OrgConformanceError {
    return new this.#type({ ...this.context, ...findings } as never);
  }
}

import type { ErrorContext } from "./errorContext";
import { OrgConformanceError } from "./orgConformanceError";
import { quotedPack, regionOf } from "./subject";

export interface NoSuchPackContext extends ErrorContext {
  /** The account that asked, when STS reported it. */
  readonly callerAccountId?: string | undefined;
  /** The names of the packs that the caller sees in the region, when AWS reported them. */
  readonly visiblePacks?: readonly string[] | undefined;
}

/** AWS knows no organization conformance pack of this name, for this caller, in this region. */
export class NoSuchOrganizationConformancePackError extends OrgConformanceError {
  /** The account that asked, when STS reported it. */
  readonly callerAccountId: string | undefined;
  /** The names of the packs that the caller sees in the region, when AWS reported them. */
  readonly visiblePacks: readonly string[] | undefined;

  constructor(context: NoSuchPackContext) {
    super(
      `No organization conformance pack named ${quotedPack(context)} in ${regionOf(context)}.`,
      "Check the name, the region and the account. A pack is regional, and the management account and a delegated administrator each see only the packs that they created themselves.",
      context,
    );
    this.callerAccountId = context.callerAccountId;
    this.visiblePacks = context.visiblePacks;
  }
}

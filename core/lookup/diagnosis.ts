import type { AwsSettings } from "../aws/settings";
import type { Failure } from "../errors";
import { AccessDeniedError, type Findings, NoSuchOrganizationConformancePackError } from "../errors";
import { callerSentences, describeCaller } from "./caller";
import { visiblePacks, visiblePackSentences } from "./visiblePacks";

/**
 * Findings for who reads the error of a denied access or an unknown pack: who called, and which packs that caller sees. The
 * calls for it are made only here, and their errors are not reported.
 */
export async function diagnosisOf(failure: Failure, settings: AwsSettings): Promise<Findings> {
  const { packName, region = "" } = failure.context;
  if (failure.is(AccessDeniedError)) {
    // No credentials, no caller.
    if (failure.context.action.startsWith("sts:AssumeRole")) return {};
    return { diagnosis: callerSentences(await describeCaller(settings, region)) };
  }
  if (!failure.is(NoSuchOrganizationConformancePackError)) return {};
  const [caller, packs] = await Promise.all([describeCaller(settings, region), visiblePacks(settings, region)]);
  return {
    callerAccountId: caller.accountId,
    visiblePacks: packs,
    diagnosis: [...callerSentences(caller), ...visiblePackSentences(packs, packName, region)],
  };
}

import { type ConfigServiceClient, DescribeOrganizationConformancePacksCommand } from "@aws-sdk/client-config-service";
import { BadResponseError, Failure } from "../errors";
import { type AwsCall, callAws } from "./callAws";
import { onlyEntry } from "./onlyEntry";

/**
 * The accounts that a pack leaves out in one region: its `ExcludedAccounts`. Needs
 * `config:DescribeOrganizationConformancePacks`.
 *
 * @throws A `Failure`; the signal's reason when it aborts.
 */
export async function excludedAccounts(
  client: ConfigServiceClient,
  call: Omit<AwsCall, "action">,
): Promise<readonly string[]> {
  const { packName, region } = call;
  const command = new DescribeOrganizationConformancePacksCommand({ OrganizationConformancePackNames: [packName] });
  const response = await callAws({ ...call, action: "config:DescribeOrganizationConformancePacks" }, (options) =>
    client.send(command, options),
  );
  const context = { packName, region, requestId: response.$metadata.requestId };
  const pack = onlyEntry(
    response.OrganizationConformancePacks,
    { none: "it does not describe the pack", twice: "it describes the pack twice" },
    context,
  );
  const excluded: unknown = pack.ExcludedAccounts ?? [];
  // An account that is taken for excluded is not missed, so a list that cannot be read is no list.
  if (!Array.isArray(excluded) || !excluded.every((id) => typeof id === "string" && /^\d{12}$/.test(id))) {
    throw new Failure(BadResponseError, { ...context, what: "the pack's ExcludedAccounts are not account ids" });
  }
  return excluded as string[];
}

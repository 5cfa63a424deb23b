import {
  type ConfigServiceClient,
  DescribeOrganizationConformancePackStatusesCommand,
} from "@aws-sdk/client-config-service";
import { BadResponseError, Failure } from "../errors";
import type { AggregateStatus } from "../status/aggregateStatus";
import { awsStatus, awsText, awsTime } from "./awsText";
import { type AwsCall, callAws } from "./callAws";
import { onlyEntry } from "./onlyEntry";

/**
 * Asks for the aggregate status of one pack. Needs `config:DescribeOrganizationConformancePackStatuses`.
 *
 * @throws A `Failure`; the signal's reason when it aborts.
 */
export async function aggregateStatus(
  client: ConfigServiceClient,
  call: Omit<AwsCall, "action">,
): Promise<AggregateStatus> {
  const { packName, region } = call;
  const command = new DescribeOrganizationConformancePackStatusesCommand({
    OrganizationConformancePackNames: [packName],
  });
  const response = await callAws({ ...call, action: "config:DescribeOrganizationConformancePackStatuses" }, (options) =>
    client.send(command, options),
  );
  const context = { packName, region, requestId: response.$metadata.requestId };
  // The SDK types promise what the wire may break, so every field is looked at.
  const {
    Status: status,
    ErrorCode: errorCode,
    ErrorMessage: errorMessage,
    LastUpdateTime: time,
  } = onlyEntry(
    response.OrganizationConformancePackStatuses,
    { none: "it has no status of the pack", twice: "it has several statuses of the pack" },
    context,
  );
  if (typeof status !== "string" || status === "") {
    throw new Failure(BadResponseError, { ...context, what: "the pack's status has no Status" });
  }
  const [code, message] = [errorCode, errorMessage].map((text) => awsText(typeof text === "string" ? text : undefined));
  const lastUpdateTime = awsTime(time);
  return {
    status: awsStatus(status),
    ...(code !== undefined && { errorCode: code }),
    ...(message !== undefined && { errorMessage: message }),
    // One that is none is left out: no row is then taken for newer than it.
    ...(lastUpdateTime !== undefined && { lastUpdateTime }),
  };
}

import {
  type ConfigServiceClient,
  DescribeOrganizationConformancePacksCommand,
  type DescribeOrganizationConformancePacksCommandOutput as Answer,
} from "@aws-sdk/client-config-service";
import { BadResponseError, type ErrorContext, Failure, PaginationError } from "../errors";
import { type AwsCall, callAws } from "./callAws";
import { nextTokenOf } from "./nextToken";

/** The IAM action that the list needs. */
export const packListAction = "config:DescribeOrganizationConformancePacks";

/**
 * The names of all organization conformance packs that the caller sees in one region, in AWS's order. Needs
 * `config:DescribeOrganizationConformancePacks`.
 *
 * @throws A `Failure`; the signal's reason when it aborts.
 */
export async function visiblePackNames(
  client: ConfigServiceClient,
  call: Omit<AwsCall, "action" | "service">,
): Promise<readonly string[]> {
  const { packName, region } = call;
  const names = new Set<string>();
  const tokens = new Set<string>();
  let token: string | undefined;
  do {
    const command = new DescribeOrganizationConformancePacksCommand({
      Limit: 100,
      ...(token !== undefined && { NextToken: token }),
    });
    const answer: Answer = await callAws({ ...call, action: packListAction }, (options) =>
      client.send(command, options),
    );
    const context = { packName, region, requestId: answer.$metadata.requestId };
    for (const name of namesIn(answer, context)) names.add(name);
    token = nextTokenOf(answer, context);
    if (token !== undefined && tokens.has(token)) {
      throw new Failure(PaginationError, { ...context, problem: "repeatedToken", count: tokens.size + 1 });
    }
    if (token !== undefined) tokens.add(token);
  } while (token !== undefined);
  return [...names];
}

/** The names of a page. The SDK's types promise what the wire may break, and a pack that is skipped is not judged. */
function namesIn({ OrganizationConformancePacks: packs }: Answer, context: ErrorContext): string[] {
  if (!Array.isArray(packs)) throw new Failure(BadResponseError, { ...context, what: "it has no list of packs" });
  return packs.map((pack: { readonly OrganizationConformancePackName?: unknown } | null) => {
    const name = pack?.OrganizationConformancePackName;
    if (typeof name === "string" && /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) return name;
    throw new Failure(BadResponseError, { ...context, what: "a pack has no name" });
  });
}

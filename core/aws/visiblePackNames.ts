import { type ConfigServiceClient, DescribeOrganizationConformancePacksCommand } from "@aws-sdk/client-config-service";
import { BadResponseError, Failure } from "../errors";
import type { AwsCall } from "./callAws";
import { pagesOf } from "./pages";

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
  const names = new Set<string>();
  const pages = pagesOf({ ...call, action: packListAction }, "OrganizationConformancePacks", (page, options) =>
    client.send(new DescribeOrganizationConformancePacksCommand({ Limit: 100, ...page }), options),
  );
  for await (const { context, entries } of pages) {
    for (const pack of entries) {
      const name = (pack as { readonly OrganizationConformancePackName?: unknown } | null)
        ?.OrganizationConformancePackName;
      // A pack that is skipped is not judged.
      if (typeof name !== "string" || !/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) {
        throw new Failure(BadResponseError, { ...context, what: "a pack has no name" });
      }
      names.add(name);
    }
  }
  return [...names];
}

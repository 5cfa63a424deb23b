import {
  type ConfigServiceClient,
  DescribeOrganizationConformancePackStatusesCommand,
  PutOrganizationConformancePackCommand,
} from "@aws-sdk/client-config-service";
import type { Emulator, EmulatorOptions } from "../../../emulator";
import { emulate } from "../../builders/emulator";
import { allPages, configClient } from "../clients";

/** Puts the pack `baseline`. */
export const put = (client: ConfigServiceClient, ExcludedAccounts: string[] = []) =>
  client.send(
    new PutOrganizationConformancePackCommand({
      OrganizationConformancePackName: "baseline",
      TemplateBody: "Resources: {}",
      ExcludedAccounts,
    }),
  );

/** The aggregate status of the pack `baseline`. */
export async function statusOf(client: ConfigServiceClient) {
  const { OrganizationConformancePackStatuses: found } = await client.send(
    new DescribeOrganizationConformancePackStatusesCommand({ OrganizationConformancePackNames: ["baseline"] }),
  );
  return found?.[0];
}

export const rowsOf = async (client: ConfigServiceClient) => (await allPages(client)).flat();
export const statusesOf = async (client: ConfigServiceClient) => (await rowsOf(client)).map(({ Status }) => Status);

/** An emulator and a client of it. */
export async function started(options: EmulatorOptions): Promise<{ emulator: Emulator; client: ConfigServiceClient }> {
  const emulator = await emulate(options);
  return { emulator, client: configClient(emulator) };
}

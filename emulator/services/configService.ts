import { organizationResourceDetailedStatuses } from "../../core/status/detailedStatus";
import { AwsFault, serializationException } from "../awsFault";
import type { EmulatedMember } from "../organization/emulatedMembers";
import type { Organization } from "../organization/organization";
import { memberPackName } from "../organization/packNames";
import type { Packs } from "../organization/packs";
import { aggregateStatusOf, type PackSettings, type StoredPack } from "../organization/storedPack";
import { enumeration, list, pattern, required, string, structure, text } from "./inputChecks";
import { type Page, pageOf } from "./page";
import { timestamp } from "./timestamp";

/** A call of an operation of AWS Config. */
export interface ConfigCall {
  readonly packs: Packs;
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The first part of AWS Config's `X-Amz-Target`. */
export const configTarget = "StarlingDoveService";

/** The operations of AWS Config that the emulator has, by the name in `X-Amz-Target`. */
export const configOperations: Readonly<Record<string, (call: ConfigCall) => Record<string, unknown>>> = {
  GetOrganizationConformancePackDetailedStatus({ packs, region, input }) {
    const pack = packs.get(packName(input.OrganizationConformancePackName), region);
    const filters = structure(input.Filters, "filters");
    const accountId = pattern(filters.AccountId, "filters.accountId", /^\d{12}$/, "\\d{12}");
    const status = enumeration(filters.Status, "filters.status", organizationResourceDetailedStatuses);
    const rows = rowsOf(pack, accountId, status);
    const { page, nextToken } = paginate(rows, input, ["rows", region, pack.name, accountId, status]);
    return {
      OrganizationConformancePackDetailedStatuses: page.map((member) => detailedStatus(pack, member)),
      ...nextToken,
    };
  },

  DescribeOrganizationConformancePackStatuses({ packs, region, input }) {
    const { page, nextToken } = packPage("statuses", { packs, region, input });
    return { OrganizationConformancePackStatuses: page.map(packStatus), ...nextToken };
  },

  DescribeOrganizationConformancePacks({ packs, region, input }) {
    const { page, nextToken } = packPage("packs", { packs, region, input });
    return { OrganizationConformancePacks: page.map(packDescription), ...nextToken };
  },

  PutOrganizationConformancePack({ packs, region, input }) {
    const name = packName(input.OrganizationConformancePackName);
    requireTemplate(input);
    return { OrganizationConformancePackArn: packs.put(name, region, packSettings(input)).arn };
  },

  DeleteOrganizationConformancePack({ packs, region, input }) {
    packs.delete(packName(input.OrganizationConformancePackName), region);
    return {};
  },
};

/**
 * Refuses an account that may not act for the organization, whatever it asks AWS Config.
 *
 * @throws `OrganizationAccessDeniedException`
 */
export function requireOrganizationAccess(organization: Organization, callerAccountId: string): void {
  if (!organization.admits(callerAccountId)) {
    throw new AwsFault(
      "OrganizationAccessDeniedException",
      "This action can only be made by the AWS Organization's management account or a delegated administrator of AWS Config.",
    );
  }
}

function rowsOf(
  { rollout }: StoredPack,
  accountId: string | undefined,
  status: string | undefined,
): readonly EmulatedMember[] {
  // A client that reads all rows would otherwise filter all of them for each page.
  if (accountId === undefined && status === undefined) return rollout.rows;
  return rollout.rows.filter(
    (member) =>
      (accountId === undefined || member.accountId === accountId) && (status === undefined || member.status === status),
  );
}

function detailedStatus(pack: StoredPack, member: EmulatedMember): Record<string, unknown> {
  return {
    AccountId: member.accountId,
    ConformancePackName: member.conformancePackName ?? memberPackName(pack.name),
    Status: member.status,
    ErrorCode: member.errorCode,
    ErrorMessage: member.errorMessage,
    LastUpdateTime: member.lastUpdateTime && timestamp(member.lastUpdateTime),
  };
}

function packStatus(pack: StoredPack): Record<string, unknown> {
  const status = aggregateStatusOf(pack);
  const failure = status.endsWith("_FAILED")
    ? pack.rollout.rows.find(({ errorCode }) => errorCode !== undefined)
    : undefined;
  return {
    OrganizationConformancePackName: pack.name,
    Status: status,
    ...(failure && { ErrorCode: failure.errorCode, ErrorMessage: failure.errorMessage }),
    LastUpdateTime: timestamp(pack.lastUpdateTime),
  };
}

function packDescription({ arn, lastUpdateTime, name, settings }: StoredPack): Record<string, unknown> {
  return {
    OrganizationConformancePackName: name,
    OrganizationConformancePackArn: arn,
    DeliveryS3Bucket: settings.deliveryS3Bucket,
    DeliveryS3KeyPrefix: settings.deliveryS3KeyPrefix,
    ConformancePackInputParameters: settings.inputParameters ?? [],
    ExcludedAccounts: settings.excludedAccounts ?? [],
    LastUpdateTime: timestamp(lastUpdateTime),
  };
}

function requireTemplate(input: ConfigCall["input"]): void {
  const templateBody = text(input.TemplateBody, "templateBody", 1, 51_200);
  const templateS3Uri = text(input.TemplateS3Uri, "templateS3Uri", 1, 1_024);
  pattern(templateS3Uri, "templateS3Uri", /^s3:\/\/.*$/, "s3://.*");
  if (templateBody === undefined && templateS3Uri === undefined) {
    throw new AwsFault("ValidationException", "Either TemplateBody or TemplateS3Uri must be specified.");
  }
}

function packSettings(input: ConfigCall["input"]): PackSettings {
  return {
    deliveryS3Bucket: text(input.DeliveryS3Bucket, "deliveryS3Bucket", 0, 63),
    deliveryS3KeyPrefix: text(input.DeliveryS3KeyPrefix, "deliveryS3KeyPrefix", 0, 1_024),
    excludedAccounts: list(input.ExcludedAccounts, "excludedAccounts", 1_000)?.map((accountId) =>
      required(pattern(accountId, "excludedAccounts.member", /^\d{12}$/, "\\d{12}"), "excludedAccounts.member"),
    ),
    inputParameters: list(input.ConformancePackInputParameters, "conformancePackInputParameters", 60)?.map(
      inputParameter,
    ),
  };
}

function inputParameter(parameter: unknown): Record<string, string> {
  const member = "conformancePackInputParameters.member";
  const { ParameterName: name, ParameterValue: value } = structure(parameter, member);
  return {
    ParameterName: required(text(name, `${member}.parameterName`, 0, 255), `${member}.parameterName`),
    ParameterValue: required(text(value, `${member}.parameterValue`, 0, 4_096), `${member}.parameterValue`),
  };
}

function packName(value: unknown): string {
  const member = "organizationConformancePackName";
  const name = required(text(value, member, 1, 128), member);
  pattern(name, member, /^[a-zA-Z][-a-zA-Z0-9]*$/, "[a-zA-Z][-a-zA-Z0-9]*");
  return name;
}

/** A page of the packs that the request names, or of all packs of the region. */
function packPage(kind: string, { packs, region, input }: ConfigCall): Page<StoredPack> {
  const names = list(input.OrganizationConformancePackNames, "organizationConformancePackNames", 25);
  const found = names?.length ? names.map((name) => packs.get(packName(name), region)) : packs.in(region);
  return paginate(found, input, [kind, region, input.OrganizationConformancePackNames]);
}

function paginate<T>(items: readonly T[], input: ConfigCall["input"], request: unknown): Page<T> {
  const size = pageSize(input.Limit);
  const page = pageOf(items, { token: string(input.NextToken, "NextToken"), size, request });
  if (!page) {
    throw new AwsFault(
      "InvalidNextTokenException",
      "The specified next token is not valid. Specify the nextToken string that was returned in the previous response to get the next page of results.",
    );
  }
  return page;
}

function pageSize(limit: unknown = 0): number {
  if (!Number.isInteger(limit)) throw serializationException("Limit", "an integer");
  if ((limit as number) < 0 || (limit as number) > 100) {
    throw new AwsFault("InvalidLimitException", "The specified limit is outside the allowable range.");
  }
  return (limit as number) || 100;
}

import { organizationResourceDetailedStatuses } from "../../core/status/detailedStatus";
import { AwsFault, serializationException, validationException } from "./awsFault";
import type { Organization } from "../organization/emulatedOrganization";
import type { EmulatedMember } from "../organization/emulatedMembers";
import { openToken, pageAt } from "./nextToken";
import { memberPackName, type Packs, type PackSettings, packStatus, type StoredPack } from "../organization/packs";
import { timestamp } from "./timestamp";

/** What an operation sees of a call. */
export interface ConfigCall {
  readonly packs: Packs;
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The operations of AWS Config that the emulator has, by the name in `X-Amz-Target`. */
export const configOperations: Readonly<Record<string, (call: ConfigCall) => Record<string, unknown>>> = {
  GetOrganizationConformancePackDetailedStatus({ packs, region, input }) {
    const pack = packs.get(packName(input.OrganizationConformancePackName), region);
    const filters = structure(input.Filters, "filters");
    const accountId = pattern(filters.AccountId, "filters.accountId", /^\d{12}$/, "\\d{12}");
    const status = enumeration(filters.Status, "filters.status", organizationResourceDetailedStatuses);
    const { page, nextToken } = paginate(
      // A reading of all rows must not look at all of them for each page.
      accountId === undefined && status === undefined
        ? pack.rollout.rows
        : pack.rollout.rows.filter(
            (member) =>
              (accountId === undefined || member.accountId === accountId) &&
              (status === undefined || member.status === status),
          ),
      input,
      ["rows", region, pack.name, accountId, status],
    );
    return {
      OrganizationConformancePackDetailedStatuses: page.map((member) => detailedStatus(pack, member)),
      ...nextToken,
    };
  },

  DescribeOrganizationConformancePackStatuses({ packs, region, input }) {
    const { page, nextToken } = paginate(namedPacks(packs, region, input), input, [
      "statuses",
      region,
      input.OrganizationConformancePackNames,
    ]);
    return {
      OrganizationConformancePackStatuses: page.map((pack) => {
        const status = packStatus(pack);
        const failure = status.endsWith("_FAILED")
          ? pack.rollout.rows.find(({ errorCode }) => errorCode !== undefined)
          : undefined;
        return {
          OrganizationConformancePackName: pack.name,
          Status: status,
          ...(failure && { ErrorCode: failure.errorCode, ErrorMessage: failure.errorMessage }),
          LastUpdateTime: timestamp(pack.lastUpdateTime),
        };
      }),
      ...nextToken,
    };
  },

  DescribeOrganizationConformancePacks({ packs, region, input }) {
    const { page, nextToken } = paginate(namedPacks(packs, region, input), input, [
      "packs",
      region,
      input.OrganizationConformancePackNames,
    ]);
    return {
      OrganizationConformancePacks: page.map((pack) => ({
        OrganizationConformancePackName: pack.name,
        OrganizationConformancePackArn: pack.arn,
        DeliveryS3Bucket: pack.settings.deliveryS3Bucket,
        DeliveryS3KeyPrefix: pack.settings.deliveryS3KeyPrefix,
        ConformancePackInputParameters: pack.settings.inputParameters ?? [],
        ExcludedAccounts: pack.settings.excludedAccounts ?? [],
        LastUpdateTime: timestamp(pack.lastUpdateTime),
      })),
      ...nextToken,
    };
  },

  PutOrganizationConformancePack({ packs, region, input }) {
    const name = packName(input.OrganizationConformancePackName);
    const templateBody = text(input.TemplateBody, "templateBody", 1, 51_200);
    const templateS3Uri = text(input.TemplateS3Uri, "templateS3Uri", 1, 1_024);
    pattern(templateS3Uri, "templateS3Uri", /^s3:\/\/.*$/, "s3://.*");
    if (templateBody === undefined && templateS3Uri === undefined) {
      throw new AwsFault("ValidationException", "Either TemplateBody or TemplateS3Uri must be specified.");
    }
    const settings: PackSettings = {
      deliveryS3Bucket: text(input.DeliveryS3Bucket, "deliveryS3Bucket", 0, 63),
      deliveryS3KeyPrefix: text(input.DeliveryS3KeyPrefix, "deliveryS3KeyPrefix", 0, 1_024),
      excludedAccounts: list(input.ExcludedAccounts, "excludedAccounts", 1_000)?.map((accountId) =>
        required(pattern(accountId, "excludedAccounts.member", /^\d{12}$/, "\\d{12}"), "excludedAccounts.member"),
      ),
      inputParameters: list(input.ConformancePackInputParameters, "conformancePackInputParameters", 60)?.map(
        inputParameter,
      ),
    };
    return { OrganizationConformancePackArn: packs.put(name, region, settings).arn };
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

function inputParameter(parameter: unknown): Record<string, string> {
  const member = "conformancePackInputParameters.member";
  const { ParameterName: name, ParameterValue: value } = structure(parameter, member);
  return {
    ParameterName: required(text(name, `${member}.parameterName`, 0, 255), `${member}.parameterName`),
    ParameterValue: required(text(value, `${member}.parameterValue`, 0, 4_096), `${member}.parameterValue`),
  };
}

function detailedStatus(pack: StoredPack, member: EmulatedMember): Record<string, unknown> {
  return {
    AccountId: member.accountId,
    ConformancePackName: memberPackName(pack, member),
    Status: member.status,
    ErrorCode: member.errorCode,
    ErrorMessage: member.errorMessage,
    LastUpdateTime: member.lastUpdateTime && timestamp(member.lastUpdateTime),
  };
}

function namedPacks(packs: Packs, region: string, input: ConfigCall["input"]): StoredPack[] {
  const names = list(input.OrganizationConformancePackNames, "organizationConformancePackNames", 25);
  return names?.length ? names.map((name) => packs.get(packName(name), region)) : packs.in(region);
}

function paginate<T>(
  items: readonly T[],
  { Limit: limit = 0, NextToken: token }: Readonly<Record<string, unknown>>,
  request: unknown,
): ReturnType<typeof pageAt<T>> {
  if (!Number.isInteger(limit)) throw serializationException("Limit", "an integer");
  if ((limit as number) < 0 || (limit as number) > 100) {
    throw new AwsFault("InvalidLimitException", "The specified limit is outside the allowable range.");
  }
  if (token !== undefined && token !== null && typeof token !== "string")
    throw serializationException("NextToken", "a string");
  const start = openToken(token ?? undefined, request);
  if (start === undefined) {
    throw new AwsFault(
      "InvalidNextTokenException",
      "The specified next token is not valid. Specify the nextToken string that was returned in the previous response to get the next page of results.",
    );
  }
  return pageAt(items, start, (limit as number) || 100, request);
}

function packName(value: unknown): string {
  const member = "organizationConformancePackName";
  const name = required(text(value, member, 1, 128), member);
  pattern(name, member, /^[a-zA-Z][-a-zA-Z0-9]*$/, "[a-zA-Z][-a-zA-Z0-9]*");
  return name;
}

function required<T>(value: T | undefined, member: string): T {
  if (value === undefined) throw validationException(value, member, "Member must not be null");
  return value;
}

function text(value: unknown, member: string, min: number, max: number): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw serializationException(member, "a string");
  if (value.length < min) {
    throw validationException(value, member, `Member must have length greater than or equal to ${String(min)}`);
  }
  if (value.length > max) {
    throw validationException(value, member, `Member must have length less than or equal to ${String(max)}`);
  }
  return value;
}

function pattern(value: unknown, member: string, regex: RegExp, shown: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw serializationException(member, "a string");
  if (!regex.test(value)) {
    throw validationException(value, member, `Member must satisfy regular expression pattern: ${shown}`);
  }
  return value;
}

function enumeration(value: unknown, member: string, allowed: readonly string[]): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string" || !allowed.includes(value)) {
    throw validationException(value, member, `Member must satisfy enum value set: [${allowed.join(", ")}]`);
  }
  return value;
}

function list(value: unknown, member: string, max: number): unknown[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw serializationException(member, "a list");
  if (value.length > max) {
    throw validationException(value, member, `Member must have length less than or equal to ${String(max)}`);
  }
  return value as unknown[];
}

function structure(value: unknown, member: string): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw serializationException(member, "a structure");
  return value as Record<string, unknown>;
}

import { AccessDeniedError } from "../../core/errors";
import type { Tolerance } from "../../core/gate/tolerance";
import type { RegionEvidence } from "../../core/status/evidence";
import { expectListed } from "../../core/status/expectation";
import { judge } from "../../core/status/judge";
import type { MemberStatus } from "../../core/status/memberStatus";
import { byAccountThenRegion } from "../../core/status/place";
import { failedLookupFileOf, statusFileOf } from "../../core/statusFile/makeStatusFile";
import type { FailedLookupFile, FoundStatus } from "../../core/statusFile/statusFile";

/** The time of the lookup of each of these status files. */
export const lookedUpAt = new Date("2026-11-26T17:03:53.412Z");

/** Regions in the order in which a configuration might name them. */
export const seventeenRegions = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "ca-central-1",
  "sa-east-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "eu-central-1",
  "eu-north-1",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
];

/** Six of them. */
export const sixRegions = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-south-1", "sa-east-1"];

/** AWS's answers for accounts in trouble. */
export const troubles = {
  noRecorder: {
    status: "CREATE_FAILED",
    errorCode: "NoAvailableConfigurationRecorderException",
    errorMessage: "There are no configuration recorders available to put the conformance pack.",
    lastUpdateTime: "2026-11-20T08:12:44.000Z",
  },
  denied: {
    status: "CREATE_FAILED",
    errorCode: "InsufficientPermissionsException",
    errorMessage:
      "The service-linked role arn:aws:iam::<accountId>:role/AWSServiceRoleForConfigConforms could not be created: an explicit deny is in a service control policy.",
    lastUpdateTime: "2026-11-26T09:40:10.000Z",
  },
  template: {
    status: "UPDATE_FAILED",
    errorCode: "ConformancePackTemplateValidationException",
    errorMessage:
      "Template error: resource S3BucketVersioningEnabled has an invalid property MaximumExecutionFrequency. Allowed values are One_Hour, Three_Hours, Six_Hours, Twelve_Hours and TwentyFour_Hours.",
    lastUpdateTime: "2026-11-26T16:31:02.000Z",
  },
  started: { status: "CREATE_IN_PROGRESS", lastUpdateTime: "2026-11-26T16:58:20.000Z" },
  stuck: { status: "CREATE_IN_PROGRESS", lastUpdateTime: "2026-11-26T14:02:31.000Z" },
} as const satisfies Readonly<Record<string, Partial<MemberStatus>>>;

const teams = ["payments", "data-lake", "identity", "sandbox", "web-shop", "logistics", "analytics", "support"];
const stages = ["prod", "staging", "dev"];

/** A 12-digit id, and a name, for each number. */
export function accountId(number: number): string {
  return String(200_000_000_000 + number * 41_000_123).padStart(12, "0");
}

/** For example `payments-prod-12`. */
export function accountName(number: number): string {
  const team = teams[number % teams.length] ?? "";
  return `${team}-${stages[Math.floor(number / teams.length) % stages.length] ?? ""}-${String(number)}`;
}

/** An organization's pack: healthy, except for what is said. */
export interface OrganizationPack {
  readonly name?: string;
  readonly accounts?: number;
  readonly regions?: readonly string[];
  /** The row of an account, by number, in a region; `null` for none. Others are healthy. */
  readonly rowOf?: (number: number, region: string) => Partial<MemberStatus> | null | undefined;
  /** Regions that do not answer. */
  readonly silent?: readonly string[];
  readonly tolerate?: Tolerance;
  readonly stuckAfterMinutes?: number;
}

/** Its status file, as the gate of a preview writes it. */
export function organizationFile({
  accounts = 250,
  name = "security-baseline",
  regions = sixRegions,
  rowOf = () => undefined,
  silent = [],
  stuckAfterMinutes = 60,
  tolerate = {},
}: OrganizationPack = {}): FoundStatus {
  const numbers = Array.from({ length: accounts }, (_, number) => number);
  const members = numbers.flatMap((number) =>
    regions.flatMap((region) => (silent.includes(region) ? [] : rowIn(region, number, rowOf(number, region)))),
  );
  const status = {
    name,
    regions,
    ...judge({
      regions: regions.map((region) => evidenceOf(region, members, numbers.map(accountId), silent)),
      members: members.toSorted(byAccountThenRegion),
      accountNames: new Map(numbers.map((number) => [accountId(number), accountName(number)])),
      stuckAfterMinutes,
      now: lookedUpAt,
    }),
  };
  return statusFileOf(status, {
    by: "gate",
    args: { name, expectedAccounts: "organization" },
    tolerate,
    lookedUpAt,
    run: { project: "landing-zone", stack: "production", preview: true },
    callerAccountId: "222233334444",
  });
}

function rowIn(region: string, number: number, row: Partial<MemberStatus> | null | undefined): MemberStatus[] {
  if (row === null) return [];
  const { errorMessage, ...others } = row ?? {};
  return [
    {
      accountId: accountId(number),
      accountName: accountName(number),
      region,
      conformancePackName: `OrgConformsPack-security-baseline-${region.replaceAll("-", "")}`,
      status: "CREATE_SUCCESSFUL",
      lastUpdateTime: new Date(
        Date.UTC(2026, 9, 12, 6, 0, 0, (number * 7_919 + region.length * 40_127) % 600_000),
      ).toISOString(),
      ...others,
      ...(errorMessage !== undefined && { errorMessage: errorMessage.replaceAll("<accountId>", accountId(number)) }),
    },
  ];
}

function evidenceOf(
  region: string,
  members: readonly MemberStatus[],
  required: readonly string[],
  silent: readonly string[],
): RegionEvidence {
  if (silent.includes(region)) {
    return {
      region,
      failure: {
        code: "regionUnanswered",
        message: `${region} did not answer: AWS Config did not answer in time.`,
        error: "AWS Config did not answer in time.",
        requestId: "6d0c3f3e-8b7f-4b0e-9a51-7f5b0c1d2e3f",
        nextStep: "run the command again. If it stays so, raise timeoutSeconds, and look at the AWS Health Dashboard.",
      },
    };
  }
  const here = members.filter((member) => member.region === region).map(({ status }) => status);
  const worst =
    here.find((status) => status.endsWith("_FAILED")) ??
    here.find((status) => status.endsWith("_IN_PROGRESS")) ??
    "CREATE_SUCCESSFUL";
  return {
    region,
    expectation: expectListed(required),
    aggregate: { status: worst, lastUpdateTime: "2026-10-12T05:55:00.000Z" },
  };
}

/** A lookup that AWS refused. */
export function refusedLookup(name = "security-baseline"): FailedLookupFile {
  const error = new AccessDeniedError({
    packName: name,
    region: "eu-west-1",
    action: "config:GetOrganizationConformancePackDetailedStatus",
    requestId: "1f0b6c1e-2f7a-4c57-8a57-0c1de2f3a4b5",
    diagnosis: ["The caller is arn:aws:sts::222233334444:assumed-role/Deploy/session."],
  });
  return failedLookupFileOf(error, { by: "gate", args: { name, regions: ["eu-west-1"] }, lookedUpAt });
}

import fc from "fast-check";
import { handlings, type Tolerance } from "../../core/gate/tolerance";
import { expectListed } from "../../core/status/expectation";
import type { MemberStatus } from "../../core/status/memberStatus";
import { placeKey } from "../../core/status/place";
import { statusFileOf } from "../../core/statusFile/makeStatusFile";
import type { FoundStatus, StatusFile } from "../../core/statusFile/statusFile";
import { silent as breakGlass } from "../builders/exceptions";
import { account, row } from "../builders/members";
import { refusedLookup } from "../builders/organization";
import { statusOf } from "../builders/packStatus";
import { lookup } from "../builders/statusFile";
import { hostileNames } from "./hostileNames";

export const regions = ["us-east-1", "eu-west-1", "ap-south-1"];
const accounts = 8;

const status = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom("CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL") },
  {
    weight: 4,
    arbitrary: fc.constantFrom("CREATE_FAILED", "DELETE_FAILED", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"),
  },
  { weight: 1, arbitrary: fc.constantFrom("DELETE_SUCCESSFUL", "CREATE_PAUSED") },
);

const member: fc.Arbitrary<MemberStatus> = fc
  .record(
    {
      number: fc.nat(accounts - 1),
      region: fc.constantFrom(...regions),
      status,
      name: fc.constantFrom(...hostileNames, "payments-prod"),
      errorCode: fc.constantFrom("AccessDenied", "NoAvailableConfigurationRecorderException", ...hostileNames),
      lastUpdateTime: fc.constantFrom("2026-03-15T11:59:00.000Z", "2026-03-01T00:00:00.000Z"),
    },
    { requiredKeys: ["number", "region", "status"] },
  )
  .map(({ errorCode, name, number, ...drawn }) =>
    row({
      ...drawn,
      accountId: account(number),
      ...(name !== undefined && { accountName: name }),
      ...(errorCode !== undefined && drawn.status.endsWith("FAILED") && { errorCode, errorMessage: `${errorCode}!` }),
    }),
  );

const tolerance: fc.Arbitrary<Tolerance> = fc.record(
  {
    accounts: fc.uniqueArray(
      fc.record({
        accountId: fc.nat(accounts).map(account),
        reason: fc.constantFrom("GOV-1", ...hostileNames.slice(0, 9)),
      }),
      { maxLength: 4, selector: ({ accountId }) => accountId },
    ),
    maxFailedAccounts: fc.nat(3),
    inProgress: fc.constantFrom(...handlings),
    noSuchPack: fc.constantFrom(...handlings),
  },
  { requiredKeys: [] },
);

/** Any status file of a lookup that gave a status. */
export const foundStatus: fc.Arbitrary<FoundStatus> = fc
  .record({
    members: fc.uniqueArray(member, { maxLength: 16, selector: placeKey }),
    expected: fc.option(fc.uniqueArray(fc.nat(accounts).map(account), { minLength: 1, maxLength: 5 })),
    silent: fc.option(fc.constantFrom("noSuchPack" as const, "regionUnanswered" as const), { freq: 5 }),
    aggregate: fc.option(fc.constantFrom("CREATE_SUCCESSFUL", "UPDATE_IN_PROGRESS", "CREATE_FAILED")),
    stuckAfterMinutes: fc.option(fc.constant(60)),
    owners: fc.array(fc.record({ owner: fc.constantFrom(...hostileNames, "team-a"), number: fc.nat(accounts - 1) }), {
      maxLength: 3,
    }),
    tolerate: tolerance,
    breaksGlass: fc.boolean(),
    end: fc.constantFrom("decided", "decided", "decided", "awaited", "unsettled"),
  })
  .map(({ aggregate, breaksGlass, end, expected, members, owners, silent, stuckAfterMinutes, tolerate }) => {
    const asked = silent ? regions.slice(1) : regions;
    const judged = statusOf(
      members.filter(({ region }) => asked.includes(region)),
      {
        regions: [
          ...asked.map((region) => ({
            region,
            ...(aggregate !== null && { aggregate: { status: aggregate, lastUpdateTime: "2026-03-15T11:00:00.000Z" } }),
            ...(expected && { expectation: expectListed(expected) }),
          })),
          ...(silent
            ? [
                {
                  region: "us-east-1",
                  failure: { code: silent, message: "It is silent.", nextStep: "run it again.", isOutage: breaksGlass },
                },
              ]
            : []),
        ],
        now: lookup().lookedUpAt,
        ...(stuckAfterMinutes !== null && { stuckAfterMinutes }),
      },
    );
    const lookedUp = lookup({
      tolerate: { ...tolerate, ...(breaksGlass && breakGlass(4, lookup().lookedUpAt)) },
      ...(end === "awaited" && { isAwaited: true, run: { preview: true } }),
    });
    const accountOwners = {
      owners: owners.map(({ number, owner }) => ({ owner, accountIds: [account(number)] })),
      ...(owners.length > 1 && { warning: "Some are not known: `x` @octocat <b>." }),
    };
    const found = { ...judged, ...(owners.length > 0 && { accountOwners }) };
    return statusFileOf(found, lookedUp, end === "unsettled");
  });

/** Any report of several packs; some could not be looked up. */
export const severalPacks: fc.Arbitrary<readonly StatusFile[]> = fc
  .array(fc.option(foundStatus, { freq: 4 }), { minLength: 2, maxLength: 4 })
  .map((files) =>
    files.map((file, index) => {
      const name = `pack-${"abcd".charAt(index)}`;
      return file ? { ...file, name } : refusedLookup(name);
    }),
  );

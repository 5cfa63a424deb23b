import fc from "fast-check";
import { handlings, type Tolerance } from "../../core/gate/tolerance";
import { byOwner } from "../../core/status/accountOwner";
import { expectListed } from "../../core/status/expectation";
import type { MemberStatus } from "../../core/status/memberStatus";
import type { OrganizationalUnit } from "../../core/status/organizationalUnit";
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

const root = "r-ab12";
const unitIds = ["ou-ab12-workloads1", "ou-ab12-payments1"] as const;

/** A root, a unit and one inside it, each with some of the accounts; and accounts of which nobody knows where they are. */
const organizationalUnits: fc.Arbitrary<readonly OrganizationalUnit[]> = fc
  .record({
    names: fc.tuple(fc.constantFrom(...hostileNames, "Workloads"), fc.constantFrom(...hostileNames, "Payments")),
    places: fc.array(fc.constantFrom(root, ...unitIds, undefined), { minLength: accounts, maxLength: accounts }),
  })
  .map(({ names: [outer, inner], places }) => {
    const inside = (id: string) => places.flatMap((place, number) => (place === id ? [account(number)] : []));
    const [workloads, payments] = unitIds;
    return [
      { id: root, accountIds: inside(root) },
      { id: workloads, name: outer, parentId: root, accountIds: inside(workloads) },
      { id: payments, name: inner, parentId: workloads, accountIds: inside(payments) },
    ];
  });

const tolerance: fc.Arbitrary<Tolerance> = fc.record(
  {
    accounts: fc.uniqueArray(
      fc.record({
        accountId: fc.nat(accounts).map(account),
        reason: fc.constantFrom("GOV-1", ...hostileNames.slice(0, 9)),
      }),
      { maxLength: 4, selector: ({ accountId }) => accountId },
    ),
    organizationalUnits: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom(root, ...unitIds),
        reason: fc.constantFrom("GOV-2", ...hostileNames.slice(9, 18)),
      }),
      { maxLength: 2, selector: ({ id }) => id },
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
    // Of each account, by its number; an account that has no owner, or was not read, has none here.
    owners: fc.array(fc.option(fc.constantFrom(...hostileNames, "team-a")), { maxLength: accounts }),
    isOwnerUnread: fc.boolean(),
    units: fc.option(organizationalUnits),
    tolerate: tolerance,
    breaksGlass: fc.boolean(),
    end: fc.constantFrom("decided", "decided", "decided", "awaited", "unsettled"),
  })
  .map((drawn) => {
    const { aggregate, breaksGlass, end, expected, members, silent, stuckAfterMinutes, tolerate } = drawn;
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
    const owners = drawn.owners.flatMap((owner, number) => (owner === null ? [] : [[account(number), owner] as const]));
    const accountOwners = {
      owners: byOwner(new Map(owners)),
      ...(drawn.isOwnerUnread && { warning: "Some are not known: `x` @octocat <b>." }),
    };
    const found = {
      ...judged,
      ...(drawn.units && { organizationalUnits: drawn.units }),
      ...(drawn.owners.length > 0 && { accountOwners }),
    };
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

import { ConfigServiceClient, DeleteOrganizationConformancePackCommand } from "@aws-sdk/client-config-service";
import { gzipSync } from "node:zlib";
import {
  type EmulatedPack,
  emulatedAccountId,
  type Emulator,
  type FaultKind,
  faultKinds,
  startEmulator,
} from "../../emulator";
import type { GatherOptions } from "../../core/lookup/gatherOptions";
import { gatherPackStatus } from "../../core/lookup/gatherPackStatus";
import { streamMemberStatuses } from "../../core/lookup/streamMemberStatuses";
import type { PackStatus } from "../../core/status/packStatus";
import type { PackStatusArgs } from "../../core/status/packStatusArgs";
import { report } from "../../core/gate/report";
import "../core/aws/awsEnvironment";
import { emulate, rejectionOf, settingsFor } from "../core/aws/emulate";
import { hostileTexts } from "../core/text/hostileText";
import "../core/aws/nodeErrors";
import { expectSanitized, expectErrorText } from "./errorText";
import { between, type Meddle, type Reply } from "./wire";

const rows = "GetOrganizationConformancePackDetailedStatus";
const aggregate = "DescribeOrganizationConformancePackStatuses";
const packs = "DescribeOrganizationConformancePacks";
const accounts = "ListAccounts";

/** Of three pages of rows, and of three pages of accounts. */
const pages = { first: 0, middle: 1, last: 2 } as const;
type Page = keyof typeof pages;
const pageNames = Object.keys(pages) as Page[];

/** What can go wrong where: the request of that index of the operation. */
interface Place {
  readonly operation: string;
  readonly page: Page | "only";
  readonly index: number;
}
const placesOf = (operation: string): Place[] =>
  operation === rows || operation === accounts
    ? pageNames.map((page) => ({ operation, page, index: pages[page] }))
    : [{ operation, page: "only", index: 0 }];
const places = [rows, accounts, aggregate, packs].flatMap(placesOf);

const time = new Date("2026-01-01T00:00:00Z");
const members = Array.from({ length: 50 }, (_, index) => ({
  accountId: emulatedAccountId(index),
  status: "CREATE_SUCCESSFUL",
  lastUpdateTime: time,
}));
const pack = { name: "baseline", members, lastUpdateTime: time };
const accountIds = members.map(({ accountId }) => accountId);

/** The arguments of a lookup that asks an operation, and little else. */
function argsFor(operation: string): Partial<PackStatusArgs> {
  return operation === rows || operation === aggregate
    ? { expectedAccounts: accountIds, pageSize: operation === rows ? 20 : 100 }
    : { expectedAccounts: "organization", pageSize: 100 };
}

function gather(
  { endpoint }: { readonly endpoint: string },
  args: Partial<PackStatusArgs>,
  options: Partial<GatherOptions> = {},
): Promise<PackStatus> {
  return gatherPackStatus(
    { name: "baseline", maxAttempts: 1, ...args },
    // The adaptive mode would slow down what follows a throttled answer.
    { settings: settingsFor(endpoint, { retryMode: "standard" }), ...options },
  );
}

/** An emulator that no test changes. */
let well: Emulator;
/** The whole result of a pack that is well, as those see it who ask the organization, and as others do. */
let complete: readonly PackStatus[];

beforeAll(async () => {
  well = await startEmulator({ packs: [pack] });
  complete = await Promise.all([rows, accounts].map((operation) => gather(well, argsFor(operation))));
  for (const status of complete) {
    expect(status).toMatchObject({ verdict: "PASSED", reasons: [], counts: { total: 50, successful: 50 } });
  }
});

afterAll(() => well.stop());

/**
 * What a lookup comes to, in a word: the name of its error, which says all that it should; `complete` when nothing is
 * lost and nothing is added; else what keeps it from a pass.
 */
async function outcomeOf(lookup: Promise<PackStatus>): Promise<string> {
  const outcome = await lookup.catch((error: unknown) => error as Error);
  if (outcome instanceof Error) return expectErrorText(outcome, outcome.name).name;
  const { counts, reasons, verdict } = outcome;
  if (verdict === "PASSED") {
    expect(complete).toContainEqual(outcome);
    return "complete";
  }
  expect(report(outcome, ["FAILED", "IN_PROGRESS", "INCOMPLETE"])).toMatch(/baseline.*us-east-1[^]*\n {4}Next: /);
  return `${verdict}, ${String(counts.total)} rows: ${reasons.map(({ code }) => code).join()}`;
}

/** The outcomes of lookups that run at the same time, by their places. */
async function outcomesAt(
  where: readonly Place[],
  lookUp: (place: Place) => Promise<PackStatus>,
): Promise<Record<string, string>> {
  const outcomes = await Promise.all(
    where.map(async (place) => [nameOf(place), await outcomeOf(lookUp(place))] as const),
  );
  return Object.fromEntries(outcomes);
}
const nameOf = ({ operation, page }: Place): string => `${operation}, ${page} page`;

type Expected = string | ((place: Place) => string);

function expectedAt(where: readonly Place[], expected: Expected): Record<string, string> {
  return Object.fromEntries(
    where.map((place) => [nameOf(place), typeof expected === "string" ? expected : expected(place)]),
  );
}

describe("what the emulator injects", () => {
  /** What comes of it when it goes on from a page, and when it hits once and there is a second attempt. */
  interface Outcomes {
    readonly lasting: Expected;
    readonly once: Expected;
  }
  const asked = (name: string): Outcomes => ({ lasting: name, once: "complete" });
  const final = (name: string): Outcomes => ({ lasting: name, once: name });
  const atRows =
    (ofRows: Expected) =>
    (place: Place): string =>
      place.operation !== rows ? "complete" : typeof ofRows === "string" ? ofRows : ofRows(place);

  const outcomes: Readonly<Record<FaultKind, Outcomes>> = {
    accessDenied: final("AccessDeniedError"),
    expiredToken: final("CredentialsError"),
    htmlBody: final("BadResponseError"),
    invalidNextToken: {
      lasting: "ServiceError",
      // The rows are read again from the start; where no token was sent, it means something else.
      once: ({ operation, page }) => (operation === rows && page !== "first" ? "complete" : "ServiceError"),
    },
    // These two bend rows alone.
    missingField: final("BadResponseError"),
    unknownStatus: {
      lasting: atRows("INCOMPLETE, 50 rows: statusUnknown"),
      once: atRows("INCOMPLETE, 50 rows: statusUnknown"),
    },
    repeatedNextToken: {
      lasting: ({ page }) => (page === "only" ? "complete" : "PaginationError"),
      // The first request has no token that could come back.
      once: ({ page }) => (page === "only" || page === "first" ? "complete" : "PaginationError"),
    },
    resetConnection: asked("UnreachableError"),
    serverError: asked("ServiceError"),
    slowResponse: asked("TimedOutError"),
    throttling: asked("ThrottledError"),
    truncatedBody: asked("UnreachableError"),
  };
  /** The others have all the time that a busy machine may need. */
  const limitsOf = (kind: FaultKind) => (kind === "slowResponse" ? { requestTimeoutSeconds: 0.5 } : {});
  const placesFor = (kind: FaultKind) => (kind === "missingField" ? placesOf(rows) : places);

  test.each(faultKinds)("%s at any page, and from there on", async (kind) => {
    const found = await outcomesAt(placesFor(kind), async ({ operation, index }) => {
      const emulator = await emulate({ packs: [pack] });
      emulator.injectFault({ kind, operation, after: index });
      return gather(emulator, { ...argsFor(operation), ...limitsOf(kind) });
    });
    expect(found).toEqual(expectedAt(placesFor(kind), outcomes[kind].lasting));
  });

  test.each(faultKinds)("%s once, at any page", async (kind) => {
    const found = await outcomesAt(placesFor(kind), async ({ operation, index }) => {
      const emulator = await emulate({ packs: [pack] });
      emulator.injectFault({ kind, operation, after: index, times: 1 });
      return gather(emulator, { ...argsFor(operation), maxAttempts: 2, ...limitsOf(kind) });
    });
    expect(found).toEqual(expectedAt(placesFor(kind), outcomes[kind].once));
  });

  const losing = faultKinds.filter((kind) => !["invalidNextToken", "unknownStatus"].includes(kind));

  /** The name of the error that goes on from the middle page of rows. */
  const errorOf = (kind: FaultKind): string =>
    Object.values(expectedAt(placesOf(rows).slice(1, 2), outcomes[kind].lasting)).join();

  test.each(losing)("%s in one region of two: the rows of the other do not pass for all", async (kind) => {
    const region = "eu-west-1";
    const emulator = await emulate({ packs: [pack, { ...pack, region }] });
    emulator.injectFault({ kind, region, operation: rows, after: pages.middle });
    const args = { regions: ["us-east-1", region], pageSize: 20, ...limitsOf(kind) };
    const status = await gather(emulator, args);
    expect(status).toMatchObject({
      verdict: "INCOMPLETE",
      reasons: [{ code: "regionUnanswered", region }],
      counts: { total: 50 },
      regionStatuses: [
        { region: "us-east-1", counts: { total: 50 } },
        { region, counts: { total: 0 }, nextStep: expect.stringMatching(/^[A-Z].*\.$/) as string },
      ],
    });
    const text = report(status, ["INCOMPLETE"]) ?? "";
    expect(text).toContain('"baseline"');
    expect(text).toMatch(/ {2}eu-west-1: .*\n {4}Next: .*\./);
    expectSanitized(text, 2_500);
    expectErrorText(await rejectionOf(gather(emulator, args, { requireEveryRegion: true })), errorOf(kind), region);
  });

  test.each(losing)("%s at the middle page of a stream: the first page, and an error", async (kind) => {
    const emulator = await emulate({ packs: [pack] });
    emulator.injectFault({ kind, operation: rows, after: pages.middle });
    const args = { name: "baseline", pageSize: 20, maxAttempts: 1, ...limitsOf(kind) };
    let count = 0;
    const reading = async (): Promise<void> => {
      for await (const { status } of streamMemberStatuses(args, { settings: settingsFor(emulator.endpoint) })) {
        expect(status).toBe("CREATE_SUCCESSFUL");
        count += 1;
      }
    };
    expectErrorText(await rejectionOf(reading()), errorOf(kind));
    // The token comes again at the end of the second page.
    expect(count).toBe(kind === "repeatedNextToken" ? 40 : 20);
  });

  test.each(losing.filter((kind) => !["missingField", "repeatedNextToken"].includes(kind)))(
    "%s once, in any of the fourteen readings of unsuccessful rows",
    async (kind) => {
      const indexes = [0, 7, 13];
      const found = await Promise.all(
        indexes.map(async (after) => {
          const emulator = await emulate({ packs: [pack] });
          emulator.injectFault({ kind, operation: rows, after, times: 1 });
          const args = { name: "baseline", detail: "unsuccessful", maxAttempts: 1, ...limitsOf(kind) } as const;
          return outcomeOf(gatherPackStatus(args, { settings: settingsFor(emulator.endpoint) }));
        }),
      );
      expect(found).toEqual(indexes.map(() => errorOf(kind)));
    },
  );
});

/** A body of AWS's, taken apart, bent and put together again. */
type Json = Record<string, unknown>;
const bent =
  (change: (body: Json) => unknown) =>
  (body: string): Reply =>
    JSON.stringify(change(JSON.parse(body) as Json));
const lists: Readonly<Record<string, string>> = {
  [rows]: "OrganizationConformancePackDetailedStatuses",
  [accounts]: "Accounts",
  [aggregate]: "OrganizationConformancePackStatuses",
  [packs]: "OrganizationConformancePacks",
};
const listOf = (operation: string): string => lists[operation] ?? "";
const entriesOf = (body: Json, operation: string): Json[] => body[listOf(operation)] as Json[];

/** The second entry, since the first account is the management account; of one alone, that one. */
const entryBent = (operation: string, change: (entry: Json) => unknown) =>
  bent((body) => {
    const entries = entriesOf(body, operation);
    const index = Math.min(1, entries.length - 1);
    return { ...body, [listOf(operation)]: entries.map((entry, each) => (each === index ? change(entry) : entry)) };
  });

type Hostile = readonly [what: string, reply: (body: string, operation: string) => Reply, expected: Expected];

const html = "<!DOCTYPE html><html><body>Please sign in</body></html>";
const page = (status: number): Reply => ({ status, headers: { "content-type": "text/html" }, body: html });
const plainError = (status: number, body: unknown): Reply => ({ status, body: JSON.stringify(body) });

/** Answers that make no sense, whatever was asked. */
const anywhere: readonly Hostile[] = [
  ["an empty body", () => "", "BadResponseError"],
  ["{}", () => "{}", "BadResponseError"],
  ["null", () => "null", "BadResponseError"],
  ["a list", () => "[]", "BadResponseError"],
  ["a text", () => '"x"', "BadResponseError"],
  ["a number", () => "7", "BadResponseError"],
  ["HTTP 204", () => ({ status: 204 }), "BadResponseError"],
  [
    "a list that is null",
    (body, operation) => bent((all) => ({ ...all, [listOf(operation)]: null }))(body),
    "BadResponseError",
  ],
  [
    "a list that is an object",
    (body, operation) => bent((all) => ({ ...all, [listOf(operation)]: { length: 0 } }))(body),
    "BadResponseError",
  ],
  [
    "a list that is a text",
    (body, operation) => bent((all) => ({ ...all, [listOf(operation)]: "" }))(body),
    "BadResponseError",
  ],
  ["a list under __proto__", (body) => `{"__proto__":${body}}`, "BadResponseError"],
  [
    "a list in another case",
    (body) => body.replace(/"(\w)/, (_, letter: string) => `"${letter.toLowerCase()}`),
    "BadResponseError",
  ],
  [
    "an AWS error with HTTP 200",
    () => plainError(200, { __type: "ThrottlingException", message: "Rate exceeded" }),
    "BadResponseError",
  ],
  ["text after the JSON", (body) => `${body}\n--`, "BadResponseError"],
  ["the JSON twice", (body) => body + body, "BadResponseError"],
  ["a byte order mark", (body) => `\ufeff${body}`, "BadResponseError"],
  [
    "compressed bytes",
    (body) => ({ headers: { "content-encoding": "gzip" }, body: gzipSync(body) }),
    "BadResponseError",
  ],
  [
    "a length that cuts the body",
    (body) => (response) => {
      response.writeHead(200, { "content-length": "10" });
      response.end(body.slice(0, 10));
    },
    "BadResponseError",
  ],
  ["no HTTP", () => (response) => response.socket?.end("220 mail.example ESMTP\r\n"), "BadResponseError"],
  ["a header of 20 kB", (body) => ({ headers: { "x-long": "y".repeat(20_000) }, body }), "BadResponseError"],
  [
    "a chunk of a length that is none",
    () => (response) => {
      response.socket?.end("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n");
    },
    "UnreachableError",
  ],
  ["no answer, but the end", () => (response) => response.socket?.end(), "UnreachableError"],
  // The address of a redirection is not followed: it could get the signed request.
  ...[301, 302, 303, 304, 307, 308].map((status): Hostile => [
    `HTTP ${String(status)}`,
    () => ({ status, headers: { location: "http://127.0.0.1:1/" } }),
    "BadResponseError",
  ]),
  ["a sign-in page with HTTP 302", () => page(302), "BadResponseError"],
  ...[200, 400, 401, 403, 404, 502].map((status): Hostile => [
    `a page of HTML with HTTP ${String(status)}`,
    () => page(status),
    "BadResponseError",
  ]),
  // A proxy's.
  ["a page of HTML with HTTP 407", () => page(407), "UnreachableError"],
  ["a page of HTML with HTTP 429", () => page(429), "ThrottledError"],
  ...[400, 404, 500, 503].map((status): Hostile => [
    `HTTP ${String(status)} and nothing else`,
    () => ({ status }),
    "ServiceError",
  ]),
  ["HTTP 401 and nothing else", () => ({ status: 401 }), "CredentialsError"],
  ["HTTP 403 and nothing else", () => ({ status: 403 }), "AccessDeniedError"],
  ...[null, [], "text", { __type: null }, { __type: 5, message: 6 }, { __type: "constructor" }].map((body): Hostile => [
    `HTTP 400 with ${JSON.stringify(body)}`,
    () => plainError(400, body),
    "ServiceError",
  ]),
  [
    "an error of 1 MB",
    () => plainError(400, { __type: "X".repeat(10_000), message: "y".repeat(1_000_000) }),
    "ServiceError",
  ],
  [
    "an error that is a stack",
    () => plainError(400, { __type: "X", message: "no\n    at f (a.js:1:1)\n    at g" }),
    "ServiceError",
  ],
  [
    "an error that does harm",
    () => plainError(400, { __type: hostileTexts.join(), message: hostileTexts.join() }),
    "ServiceError",
  ],
  // What AWS says, with what it never says: nothing is lost.
  [
    "a header that says gzip, and plain JSON",
    (body) => ({ headers: { "content-encoding": "gzip" }, body }),
    "complete",
  ],
  ["another content type", (body) => ({ headers: { "content-type": "text/html" }, body }), "complete"],
  [
    "a body in chunks of one byte",
    (body) => (response) => {
      response.writeHead(200);
      for (const byte of body.slice(0, 100)) response.write(byte);
      response.end(body.slice(100));
    },
    "complete",
  ],
  [
    "fields that this version does not know",
    (body) => body.replace("{", '{"__type":"x","Future":[{"a":null}],'),
    "complete",
  ],
];

const tokens: readonly Hostile[] = [
  ...[7, 0, -1, true, false, {}, [], ["x"]].map((token): Hostile => [
    `a NextToken that is ${JSON.stringify(token)}`,
    bent((body) => ({ ...body, NextToken: token })),
    "BadResponseError",
  ]),
];

const atRowField = (field: string, value: unknown) => entryBent(rows, (row) => ({ ...row, [field]: value }));

const ofRows: readonly Hostile[] = [
  ...tokens,
  // AWS's own way to say that there is no more. What is lost so shows only because somebody is expected.
  ...["", null, undefined].map((token): Hostile => [
    `a NextToken that is ${JSON.stringify(token)}`,
    bent((body) => ({ ...body, NextToken: token })),
    ({ page, index }) =>
      page === "last" ? "complete" : `INCOMPLETE, ${String((index + 1) * 20)} rows: accountsMissing`,
  ]),
  ...[null, [], "x", 7].map((row): Hostile => [
    `a row that is ${JSON.stringify(row)}`,
    entryBent(rows, () => row),
    "BadResponseError",
  ]),
  ...["Status", "AccountId", "ConformancePackName"].flatMap((field) =>
    [null, "", 7, true, {}, ["CREATE_SUCCESSFUL"]].map((value): Hostile => [
      `a ${field} that is ${JSON.stringify(value)}`,
      atRowField(field, value),
      "BadResponseError",
    ]),
  ),
  ...[
    "create_successful",
    " CREATE_SUCCESSFUL",
    "CREATE_SUCCESSFUL\u200b",
    "SUCCESSFUL",
    "constructor",
    "__proto__",
    "x".repeat(1e6),
  ].map((status): Hostile => [
    `the status ${JSON.stringify(status.slice(0, 30))}`,
    atRowField("Status", status),
    "INCOMPLETE, 50 rows: statusUnknown",
  ]),
  ["a Status in another case", (body) => body.replace('"Status"', '"status"'), "BadResponseError"],
  [
    "a Status under __proto__",
    (body) => body.replace('"Status":"CREATE_SUCCESSFUL"', '"__proto__":{"Status":"CREATE_SUCCESSFUL"}'),
    "BadResponseError",
  ],
  ...[
    "1",
    "2000000000000",
    "20000000000",
    "２０００００００００００",
    "٢٠٠٠٠٠٠٠٠٠٠٠",
    " 200000000000",
    "200000000000\n",
  ].map((id): Hostile => [`the account ${JSON.stringify(id)}`, atRowField("AccountId", id), "BadResponseError"]),
  ...["2026-01-01T00:00:00Z", true, {}, 1e300, 1_767_225_600_000, -1e12].map((value): Hostile => [
    `the time ${JSON.stringify(value)}`,
    atRowField("LastUpdateTime", value),
    "BadResponseError",
  ]),
  ["a time that is NaN", (body) => body.replace(/"LastUpdateTime":[\d.]+/, '"LastUpdateTime":NaN'), "BadResponseError"],
  ...["ErrorCode", "ErrorMessage"].map((field): Hostile => [
    `a number as ${field}`,
    atRowField(field, 5),
    "BadResponseError",
  ]),
  // JSON.parse takes the last one. What is read as failed does not pass; what was said to have failed before it is not
  // read: the pack's own status shows it then, as the test of duplicate keys says.
  [
    "a second Status that failed",
    (body) => body.replace('"Status":"CREATE_SUCCESSFUL"', '$&,"Status":"CREATE_FAILED"'),
    "FAILED, 50 rows: membersFailed,aggregateDisagrees",
  ],
  [
    "a second Status that is null",
    (body) => body.replace('"Status":"CREATE_SUCCESSFUL"', '$&,"Status":null'),
    "BadResponseError",
  ],
  ["a first Status that failed", (body) => body.replace('"Status"', '"Status":"CREATE_FAILED","Status"'), "complete"],
  [
    "a second list",
    (body) => body.replace(/\}$/, ',"OrganizationConformancePackDetailedStatuses":null}'),
    "BadResponseError",
  ],
  // A row twice, in the same page.
  [
    "a row twice",
    bent((body) => ({ ...body, [listOf(rows)]: entriesOf(body, rows).flatMap((row) => [row, row]) })),
    "complete",
  ],
  [
    "a row twice, one of them failed",
    bent((body) => ({
      ...body,
      [listOf(rows)]: [...entriesOf(body, rows), { ...entriesOf(body, rows)[0], Status: "UPDATE_FAILED" }],
    })),
    "FAILED, 50 rows: membersFailed,rowsChanged,aggregateDisagrees",
  ],
  ["numbers as text", (body) => body.replace(/"LastUpdateTime":([\d.]+)/g, '"LastUpdateTime":"$1"'), "complete"],
];

const ofAccounts: readonly Hostile[] = [
  ...tokens,
  ...[null, [], "x", 7].map((account): Hostile => [
    `an account that is ${JSON.stringify(account)}`,
    entryBent(accounts, () => account),
    "BadResponseError",
  ]),
  ...[null, "", 7, 200_000_000_000, "1", "２０００００００００００", "200000000000\n"].map((id): Hostile => [
    `the Id ${JSON.stringify(id)}`,
    entryBent(accounts, (account) => ({ ...account, Id: id })),
    "BadResponseError",
  ]),
  ["neither State nor Status", entryBent(accounts, ({ Id }) => ({ Id })), "BadResponseError"],
  [
    "a State that is null, and no Status",
    entryBent(accounts, ({ Id }) => ({ Id, State: null, Status: null })),
    "BadResponseError",
  ],
  // Who is not said to be inactive is expected, and is there.
  ...["FROZEN", 7, ["SUSPENDED"], { a: 1 }].map((state): Hostile => [
    `the State ${JSON.stringify(state)}`,
    entryBent(accounts, (account) => ({ ...account, State: state })),
    "complete",
  ]),
  [
    "an account twice",
    bent((body) => ({ ...body, Accounts: entriesOf(body, accounts).flatMap((each) => [each, each]) })),
    "complete",
  ],
  // The name and the ARN are said of an account; no one is missed or expected by them.
  ["an ARN that is a number", entryBent(accounts, (account) => ({ ...account, Arn: 7 })), "complete"],
];

const ofOnePack = (operation: string): readonly Hostile[] => [
  ["an empty list", (body) => bent((all) => ({ ...all, [listOf(operation)]: [] }))(body), "BadResponseError"],
  [
    "another pack",
    entryBent(operation, (entry) => ({ ...entry, OrganizationConformancePackName: "other" })),
    "BadResponseError",
  ],
  [
    "the pack in another case",
    entryBent(operation, (entry) => ({ ...entry, OrganizationConformancePackName: "Baseline" })),
    "BadResponseError",
  ],
  ["null for the pack", entryBent(operation, () => null), "BadResponseError"],
  [
    "the pack twice",
    bent((body) => ({ [listOf(operation)]: [...entriesOf(body, operation), ...entriesOf(body, operation)] })),
    "BadResponseError",
  ],
  [
    "others too",
    bent((body) => ({
      [listOf(operation)]: [
        null,
        { OrganizationConformancePackName: "other", Status: "CREATE_FAILED" },
        ...entriesOf(body, operation),
      ],
    })),
    "complete",
  ],
];

const ofAggregate: readonly Hostile[] = [
  ...ofOnePack(aggregate),
  ...[null, "", 7, {}, ["CREATE_SUCCESSFUL"]].map((status): Hostile => [
    `a Status that is ${JSON.stringify(status)}`,
    entryBent(aggregate, (entry) => ({ ...entry, Status: status })),
    "BadResponseError",
  ]),
  ...["create_successful", "CREATE_SUCCESSFUL ", "toString"].map((status): Hostile => [
    `the status ${JSON.stringify(status)}`,
    entryBent(aggregate, (entry) => ({ ...entry, Status: status })),
    "INCOMPLETE, 50 rows: aggregateUnknown",
  ]),
  [
    "a second Status that failed",
    (body) => body.replace('"Status":"CREATE_SUCCESSFUL"', '$&,"Status":"CREATE_FAILED"'),
    "FAILED, 50 rows: aggregateFailed",
  ],
  [
    "a failure with 1 MB of text",
    entryBent(aggregate, (entry) => ({ ...entry, Status: "UPDATE_FAILED", ErrorMessage: "x".repeat(1e6) })),
    "FAILED, 50 rows: aggregateFailed",
  ],
  [
    "a time that is none",
    entryBent(aggregate, (entry) => ({ ...entry, LastUpdateTime: "yesterday" })),
    "BadResponseError",
  ],
  // Milliseconds in the place of seconds are a year that sorts before all others: no row may pass for a newer one.
  ...[1_767_225_600_000, -1e11, null].map((time): Hostile => [
    `in progress, since ${JSON.stringify(time)}, as one row is`,
    entryBent(aggregate, (entry) => ({ ...entry, Status: "UPDATE_IN_PROGRESS", LastUpdateTime: time })),
    "IN_PROGRESS, 50 rows: aggregateInProgress",
  ]),
];

const ofPacks: readonly Hostile[] = [
  ...ofOnePack(packs),
  ...["200000000000", 7, {}, [null], [7], ["1"], [["200000000000"]]].map((excluded): Hostile => [
    `ExcludedAccounts that are ${JSON.stringify(excluded)}`,
    entryBent(packs, (entry) => ({ ...entry, ExcludedAccounts: excluded })),
    "BadResponseError",
  ]),
  ["ExcludedAccounts that are null", entryBent(packs, (entry) => ({ ...entry, ExcludedAccounts: null })), "complete"],
];

describe.each([
  [rows, [...anywhere, ...ofRows]],
  [accounts, [...anywhere, ...ofAccounts]],
  [aggregate, [...anywhere, ...ofAggregate]],
  [packs, [...anywhere, ...ofPacks]],
])("what answers in AWS's place to %s", (operation, table) => {
  test.each(table)("%s", async (_, reply, expected) => {
    const where = placesOf(operation);
    const found = await outcomesAt(where, async ({ index: hit }) => {
      const wire = await between(well, async ({ operation: asked, index, ask }) =>
        asked === operation && index === hit ? reply(await ask(), operation) : undefined,
      );
      return gather(wire, argsFor(operation));
    });
    expect(found).toEqual(expectedAt(where, expected));
  });
});

/** Breaks one request, the one of a place. */
const breaking =
  ({ operation, index: hit }: Place, reply: Reply): Meddle =>
  (exchange) =>
    exchange.operation === operation && exchange.index === hit ? reply : undefined;

describe("an answer that is large", () => {
  const row = (index: number, others: object = {}) => ({
    AccountId: emulatedAccountId(index),
    ConformancePackName: "OrgConformsPack-baseline-1a2b3c4d",
    Status: "CREATE_SUCCESSFUL",
    LastUpdateTime: 1_767_225_600,
    ...others,
  });
  const answering = (list: readonly object[]): Promise<{ endpoint: string }> =>
    between(well, breaking({ operation: rows, page: "only", index: 0 }, JSON.stringify({ [listOf(rows)]: list })));

  test("100,000 rows in a page are all judged", async () => {
    const list = Array.from({ length: 100_000 }, (_, index) => row(index));
    const failing = list.with(77_777, row(77_777, { Status: "UPDATE_FAILED" }));
    const status = await gather(await answering(failing), {});
    expect(status).toMatchObject({ verdict: "FAILED", counts: { total: 100_000, failed: 1, successful: 99_999 } });
    expect(status.failed.map(({ accountId }) => accountId)).toEqual([emulatedAccountId(77_777)]);
  });

  test("an error message of 1 MB is kept, and reported in a few lines", async () => {
    const text = "x\u001b[31m\n::error::y ".repeat(50_000);
    const list = [row(0), row(1, { Status: "CREATE_FAILED", ErrorCode: text, ErrorMessage: text })];
    const status = await gather(await answering(list), {});
    const kept = `${"x : :error: :y ".repeat(49_999)}x : :error::y`;
    expect(status.failed).toMatchObject([{ errorCode: kept, errorMessage: kept }]);
    expectSanitized(report(status, ["FAILED"]) ?? "", 2_500);
  });

  test("a NextToken of 100 kB is sent back as it came; AWS's refusal of it, three times, is an error", async () => {
    const token = "t".repeat(100_000);
    let sentBack = 0;
    const wire = await between(well, async ({ ask, body, operation }) => {
      if (operation !== rows) return undefined;
      if (!body.includes("NextToken")) return bent((answer) => ({ ...answer, NextToken: token }))(await ask());
      sentBack += Number((JSON.parse(body) as Json).NextToken === token);
      return undefined;
    });
    expectErrorText(await rejectionOf(gather(wire, argsFor(rows))), "PaginationError");
    expect(sentBack).toBe(3);
  });
});

test("rows of another pack: the pack's own status tells, where it is asked for", async () => {
  const other = { name: "other", members: [{ accountId: emulatedAccountId(0), status: "CREATE_SUCCESSFUL" }] };
  const failing = { name: "baseline", members: 50, failing: 1 };
  const emulator = await emulate({ packs: [failing, other] });
  const rename = (body: string): string => body.replaceAll('"baseline"', '"other"');
  const wire = await between(emulator, async ({ ask, body, forward, operation }) =>
    operation === rows ? forward(rename(body)) : rename(await ask()),
  );
  // A row names no organization conformance pack, so the rows alone pass: nothing but the other readings know better.
  expect(await gather(wire, { aggregate: false })).toMatchObject({ verdict: "PASSED", counts: { total: 1 } });
  expectErrorText(await rejectionOf(gather(wire, {})), "BadResponseError");
  const missing = await gather(wire, { aggregate: false, expectedAccounts: accountIds });
  expect(missing).toMatchObject({ verdict: "INCOMPLETE", missing: { length: 49 } });
});

describe("silence", () => {
  const quick = { requestTimeoutSeconds: 0.2 };

  test.each<[what: string, reply: Reply]>([
    ["no answer at all", () => undefined],
    [
      "headers, and no body",
      (response) => {
        response.writeHead(200, { "content-length": "100" }).flushHeaders();
      },
    ],
    ["a body that never ends", (response) => response.writeHead(200).write('{"OrganizationConformance')],
  ])("%s ends with requestTimeoutSeconds, at any page", async (_, reply) => {
    const found = await outcomesAt(places, async (place) =>
      gather(await between(well, breaking(place, reply)), { ...argsFor(place.operation), ...quick }),
    );
    expect(found).toEqual(expectedAt(places, "TimedOutError"));
    const patient = { ...argsFor(rows), maxAttempts: 2, requestTimeoutSeconds: 0.5 };
    const [place = { operation: rows, page: "first", index: 0 }] = places;
    expect(await outcomeOf(gather(await between(well, breaking(place, reply)), patient))).toBe("complete");
  });

  test("a body that never ends, a byte at a time, ends with timeoutSeconds", async () => {
    const reply: Reply = (response) => {
      const drip = setInterval(() => {
        if (response.destroyed) clearInterval(drip);
        else response.write(" ");
      }, 20);
    };
    const found = await outcomesAt(places, async (place) => {
      const limits = { ...argsFor(place.operation), requestTimeoutSeconds: 10, timeoutSeconds: 0.6 };
      return gather(await between(well, breaking(place, reply)), limits);
    });
    expect(found).toEqual(expectedAt(places, "TimedOutError"));
  });

  test("of STS, when a role is assumed", async () => {
    const wire = await between(well, ({ operation }) => (operation === "AssumeRole" ? () => undefined : undefined));
    const assumeRole = { roleArn: "arn:aws:iam::222222222222:role/reader" };
    expectErrorText(await rejectionOf(gather(wire, { assumeRole, timeoutSeconds: 0.6 })), "TimedOutError");
    expect(new Set(wire.operations)).toEqual(new Set(["AssumeRole"]));
  });
});

describe("credentials that end in mid-walk", () => {
  const assumeRole = { roleArn: "arn:aws:iam::222222222222:role/reader" };

  test("static ones, at any page", async () => {
    const found = await outcomesAt(places, async ({ operation, index }) => {
      const emulator = await emulate({ packs: [pack] });
      // AWS takes them no more, whatever is asked.
      const requests = { [rows]: index, [accounts]: index, [aggregate]: 1, [packs]: 0 }[operation] ?? 0;
      emulator.injectFault({ kind: "expiredToken", after: requests });
      return gather(emulator, argsFor(operation));
    });
    expect(found).toEqual(expectedAt(places, "CredentialsError"));
  });

  /** Sessions that are over at once, so that each request asks for a new one; after the first page AWS may refuse. */
  function shortLived(refusal?: Reply): Meddle {
    let isReading = false;
    return async ({ ask, operation }) => {
      isReading ||= operation === rows;
      if (operation !== "AssumeRole") return undefined;
      if (isReading && refusal !== undefined) return refusal;
      const body = (await ask()).replace(/(?<=<Expiration>)[^<]*/, new Date().toISOString());
      return { headers: { "content-type": "text/xml" }, body };
    };
  }
  const refusal = (code: string): Reply => ({
    status: 403,
    headers: { "content-type": "text/xml" },
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>Not any more.</Message></Error></ErrorResponse>`,
  });

  test("those of a role are asked for again", async () => {
    const wire = await between(well, shortLived());
    expect(await outcomeOf(gather(wire, { ...argsFor(rows), assumeRole }))).toBe("complete");
    expect(wire.operations.filter((operation) => operation === "AssumeRole").length).toBeGreaterThan(1);
  });

  test.each([
    ["AccessDenied", "AccessDeniedError"],
    ["ExpiredToken", "CredentialsError"],
    ["InvalidClientTokenId", "CredentialsError"],
    ["Surprise", "ServiceError"],
  ])("those of a role that AWS gives no more: %s is a %s", async (code, name) => {
    const wire = await between(well, shortLived(refusal(code)));
    expectErrorText(await rejectionOf(gather(wire, { ...argsFor(rows), assumeRole })), name);
    expect(wire.operations.filter((operation) => operation === rows)).toHaveLength(1);
  });
});

test("duplicate keys: a failure that JSON.parse drops from a row still shows in the pack's own status", async () => {
  const emulator = await emulate({ packs: [{ ...pack, aggregate: "CREATE_FAILED" }] });
  const wire = await between(emulator, async ({ ask, operation }) =>
    operation === rows ? (await ask()).replace('"Status"', '"Status":"CREATE_FAILED","Status"') : undefined,
  );
  expect(await outcomeOf(gather(wire, argsFor(rows)))).toBe("FAILED, 50 rows: aggregateFailed");
});

test.each([
  ["a first NextToken that is another", '"NextToken":"forged","NextToken"', "complete"],
  ["a second NextToken that is none", '"NextToken":"forged","NextToken":null,"Next"', "INCOMPLETE"],
])("duplicate keys: %s", async (_what, keys, outcome) => {
  const wire = await between(well, async ({ ask, operation }) =>
    operation === rows ? (await ask()).replace('"NextToken"', keys) : undefined,
  );
  // A token that is dropped ends the walk early, as for every JSON reader: who is expected tells.
  const expectedAccounts = Array.from({ length: 50 }, (_, index) => emulatedAccountId(index));
  const status = await gather(wire, { ...argsFor(rows), expectedAccounts });
  expect(status.verdict).toBe(outcome === "complete" ? "PASSED" : outcome);
});

describe("a pack that is deleted in mid-walk", () => {
  test.each(places.filter(({ operation, index }) => operation !== accounts && (operation === aggregate || index > 0)))(
    "before $operation, $page page: it is unknown then, and what was read before does not count",
    async ({ operation, index: hit }) => {
      const args = argsFor(operation);
      const wire = await deletingAt(operation, hit);
      const error = expectErrorText(await rejectionOf(gather(wire, args)), "NoSuchOrganizationConformancePackError");
      expect(error.message).toContain("sees no organization conformance pack in");
      const tolerant = await gather(await deletingAt(operation, hit), args, { noSuchPackIsReason: true });
      expect(tolerant).toMatchObject({ verdict: "INCOMPLETE", members: [], counts: { total: 0 } });
      expect(tolerant.reasons.map(({ code }) => code)).toEqual(["noSuchPack"]);
    },
  );

  test.each([undefined, { noSuchPackIsReason: true }])(
    "in one region of two, with %j: it is unknown there",
    async (options) => {
      const wire = await deletingAt(rows, pages.middle, [pack, { ...pack, region: "eu-west-1", members: 20 }]);
      const status = await gather(wire, { ...argsFor(rows), regions: ["us-east-1", "eu-west-1"] }, options);
      expect(status).toMatchObject({
        verdict: "INCOMPLETE",
        reasons: [{ code: "accountsMissing" }, { code: "noSuchPack", region: "us-east-1" }],
        regionStatuses: [{ counts: { total: 0 } }, { counts: { total: 20 } }],
      });
    },
  );

  test.each([0, 7, 13])("with detail unsuccessful, before reading %i: it is unknown then", async (hit) => {
    const args = { name: "baseline", detail: "unsuccessful", maxAttempts: 1 } as const;
    const { endpoint } = await deletingAt(rows, hit);
    const lookup = gatherPackStatus(args, { settings: settingsFor(endpoint) });
    expectErrorText(await rejectionOf(lookup), "NoSuchOrganizationConformancePackError");
  });

  test("and put anew, with other rows: a row of before never makes one of after pass", async () => {
    const wire = await deletingAt(rows, pages.middle, [pack], (emulator) => {
      emulator.setMembers("baseline", { members: 50, failing: 50 });
    });
    expect(await gather(wire, argsFor(rows))).toMatchObject({ verdict: "FAILED" });
  });

  /** A wire behind which the pack is deleted before a request is answered; or what else is done then. */
  async function deletingAt(
    operation: string,
    hit: number,
    packs: readonly EmulatedPack[] = [pack],
    instead?: (emulator: Emulator) => void,
  ) {
    const emulator = await emulate({ packs });
    return between(emulator, async ({ index, operation: asked }) => {
      if (asked !== operation || index !== hit) return undefined;
      if (instead) {
        instead(emulator);
        return undefined;
      }
      const { credentials = { accessKeyId: "", secretAccessKey: "" } } = settingsFor("");
      const client = new ConfigServiceClient({ endpoint: emulator.endpoint, region: "us-east-1", credentials });
      await client.send(new DeleteOrganizationConformancePackCommand({ OrganizationConformancePackName: "baseline" }));
      return undefined;
    });
  }
});

describe("what STS answers instead of a role", () => {
  const args = { ...argsFor(rows), assumeRole: { roleArn: "arn:aws:iam::222222222222:role/reader" } };
  const outcomes: Partial<Record<FaultKind, string>> = {
    accessDenied: "AccessDeniedError",
    expiredToken: "CredentialsError",
    htmlBody: "BadResponseError",
    resetConnection: "UnreachableError",
    serverError: "ServiceError",
    slowResponse: "TimedOutError",
    throttling: "ThrottledError",
    truncatedBody: "UnreachableError",
  };

  test.each(Object.entries(outcomes) as [FaultKind, string][])("%s, for good: %s", async (kind, name) => {
    const emulator = await emulate({ packs: [pack] });
    emulator.injectFault({ kind, operation: "AssumeRole" });
    // The session is of every lookup in the process: its requests keep to the settings, not to one lookup's limits.
    const settings = settingsFor(emulator.endpoint, { maxRetries: 0 });
    expectErrorText(await rejectionOf(gather(emulator, args, { settings })), name);
    expect(emulator.requests.filter(({ operation }) => operation !== "AssumeRole")).toEqual([]);
  });
});

describe("a clock that is wrong", () => {
  const hour = 3_600_000;
  /** AWS, by whose clock it is so much later; it takes no signature that is more than five minutes off. */
  const elsewhere =
    (later: () => number, code: string): Meddle =>
    ({ request, response }) => {
      const now = Date.now() + later();
      response.setHeader("date", new Date(now).toUTCString());
      const signed = String(request.headers["x-amz-date"]);
      const at = Date.parse(signed.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
      if (Math.abs(now - at) < 300_000) return undefined;
      return plainError(400, { __type: code, message: `Signature expired: ${signed} is not now.` });
    };

  describe.each([
    ["InvalidSignatureException", "refused"],
    ["RequestExpired", "expired"],
  ])("%s", (code, problem) => {
    test.each([-24 * hour, -hour, hour, 365 * 24 * hour])(
      "%d ms off: a second attempt goes by AWS's clock, and what depends on the time is not judged",
      async (off) => {
        const wire = await between(
          well,
          elsewhere(() => off, code),
        );
        const error = expectErrorText(
          await rejectionOf(gather(wire, { ...argsFor(rows), maxAttempts: 2 })),
          "ClockSkewError",
        );
        expect(error.message).toContain(
          `clock is ${String(Math.abs(off) / 60_000)} minutes ${off > 0 ? "behind" : "ahead of"} AWS's`,
        );
        // Once: the pages that follow are signed by AWS's clock too.
        expect(wire.operations).toEqual([rows, rows, rows, rows, aggregate]);
      },
    );

    test.each([-4 * 60_000, 4 * 60_000])("%d ms off: that is near enough", async (off) => {
      const wire = await between(
        well,
        elsewhere(() => off, code),
      );
      expect(await outcomeOf(gather(wire, argsFor(rows)))).toBe("complete");
    });

    test.each([
      ["with one attempt", () => hour, 1],
      ["with a clock that nobody meets", () => Math.random() * 1_000 * hour + hour, 3],
    ])("%s it is an error that names the clock", async (_, later, maxAttempts) => {
      const wire = await between(well, elsewhere(later, code));
      const error = expectErrorText(
        await rejectionOf(gather(wire, { ...argsFor(rows), maxAttempts })),
        "CredentialsError",
      );
      expect(error).toMatchObject({ problem });
      expect(error.nextStep).toContain("clock");
      expect(wire.operations).toHaveLength(maxAttempts);
    });
  });
});

describe("a name that DNS does not know", () => {
  const nowhere = "http://does-not-exist.invalid";
  const assumeRole = { roleArn: "arn:aws:iam::222222222222:role/reader" };

  test.each<[service: "configservice" | "organizations" | "sts", args: Partial<PackStatusArgs>]>([
    ["configservice", argsFor(rows)],
    ["organizations", argsFor(accounts)],
    ["sts", { assumeRole }],
  ])("of %s", async (service, args) => {
    const { endpoints, ...others } = settingsFor(well.endpoint);
    const settings = { ...others, endpoints: { ...endpoints, [service]: nowhere } };
    const error = expectErrorText(await rejectionOf(gather(well, args, { settings })), "UnreachableError");
    expect(error.message).toContain("does-not-exist.invalid");
    expect(error.nextStep).toContain("endpoint");
  });
});

test("a page of HTML with HTTP 502, once, is asked again", async () => {
  const found = await outcomesAt(places, async (place) =>
    gather(await between(well, breaking(place, page(502))), { ...argsFor(place.operation), maxAttempts: 2 }),
  );
  expect(found).toEqual(expectedAt(places, "complete"));
});

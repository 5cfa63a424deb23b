import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { emulatedAccountId } from "../../../emulator";
import { createConfigClient } from "../../../core/aws/configClient";
import { memberStatusPages, type PageEvent, type PageRequest } from "../../../core/aws/memberStatusPages";
import { between, type Reply } from "../../robustness/wire";
import "./awsEnvironment";
import { emulate, failureErrorOf, rejectionOf, settingsFor } from "./emulate";
import { account } from "../../builders/members";

async function eventsOf(endpoint: string, request: Partial<PageRequest> = {}): Promise<PageEvent[]> {
  const client = createConfigClient(settingsFor(endpoint), "us-east-1", { maxAttempts: 1 });
  const events: PageEvent[] = [];
  try {
    for await (const event of memberStatusPages(client, { packName: "baseline", region: "us-east-1", ...request })) {
      events.push(event);
    }
    return events;
  } finally {
    client.destroy();
  }
}

const sizesOf = (events: readonly PageEvent[]) =>
  events.map((event) => (event.kind === "page" ? event.rows.length : event.kind));

test.each([
  [0, 100, [0]],
  [1, 100, [1]],
  [100, 100, [100]],
  [101, 100, [100, 1]],
  [250, 100, [100, 100, 50]],
  [250, undefined, [100, 100, 50]],
  [5, 1, [1, 1, 1, 1, 1]],
])("%d members with pageSize %p come as pages of %j", async (members, pageSize, sizes) => {
  const emulator = await emulate({ packs: [{ name: "baseline", members }] });
  const events = await eventsOf(emulator.endpoint, { pageSize });
  expect(sizesOf(events)).toEqual(sizes);
  expect(emulator.requests.map(({ input }) => input.Limit)).toEqual(sizes.map(() => pageSize ?? 100));
  const ids = events.flatMap((event) => (event.kind === "page" ? event.rows.map(({ accountId }) => accountId) : []));
  expect(ids).toEqual(Array.from({ length: members }, (_, index) => emulatedAccountId(index)));
});

test("a row has all that AWS reports, sanitized, its time as ISO 8601, and no key without a value", async () => {
  const failed = {
    accountId: account(1),
    status: "CREATE_FAILED",
    errorCode: "X",
    errorMessage: "why\n\u001b[31m",
    lastUpdateTime: new Date("2026-01-02T03:04:05.678Z"),
    conformancePackName: "OrgConformsPack-baseline",
  };
  const emulator = await emulate({
    packs: [{ name: "baseline", members: [failed, { accountId: account(2), status: "NEW", errorMessage: "" }] }],
  });
  const [page] = await eventsOf(emulator.endpoint);
  expect(page).toEqual({
    kind: "page",
    rows: [
      { ...failed, errorMessage: "why", region: "us-east-1", lastUpdateTime: "2026-01-02T03:04:05.678Z" },
      {
        accountId: account(2),
        region: "us-east-1",
        status: "NEW",
        conformancePackName: expect.stringContaining("OrgConformsPack-baseline-") as string,
        lastUpdateTime: expect.stringMatching(/Z$/) as string,
      },
    ],
  });
});

describe("one page is read ahead", () => {
  let close: () => void;
  afterEach(() => {
    close();
  });

  /** The pages of 250 rows, and the requests for them with their signals. */
  async function reading(request: Partial<PageRequest> = {}) {
    const emulator = await emulate({ packs: [{ name: "baseline", members: 250 }] });
    const client = createConfigClient(settingsFor(emulator.endpoint), "us-east-1", { maxAttempts: 1 });
    const handle = jest.spyOn(client.config.requestHandler, "handle");
    close = () => {
      client.destroy();
    };
    return {
      emulator,
      pages: memberStatusPages(client, { packName: "baseline", region: "us-east-1", pageSize: 10, ...request }),
      requests: () =>
        handle.mock.calls.map(([, options]) => (options as { readonly abortSignal: AbortSignal }).abortSignal),
    };
  }

  test.each([
    { readsAhead: true, says: "and no more, for a reader that stays at one", atOnce: 2 },
    { readsAhead: false, says: "but none for a reader that rarely needs a second one", atOnce: 1 },
  ])("$says", async ({ atOnce, readsAhead }) => {
    const { emulator, pages, requests } = await reading({ readsAhead });
    await pages.next();
    // It has left by now: AWS answers while the rows are checked.
    expect(requests()).toHaveLength(atOnce);
    await delay(200);
    expect(requests()).toHaveLength(atOnce);
    let rows = 10;
    for await (const event of pages) rows += event.kind === "page" ? event.rows.length : NaN;
    expect(rows).toBe(250);
    // Each page was asked for once.
    expect(emulator.requests).toHaveLength(25);
  });

  test("and its request is aborted when the reader stops", async () => {
    const { emulator, pages, requests } = await reading();
    emulator.injectFault({ kind: "slowResponse", after: 1 });
    await pages.next();
    while (emulator.requests.length < 2) await delay(5);
    expect(requests().map(({ aborted }) => aborted)).toEqual([false, false]);
    await pages.return();
    expect(requests()[1]?.aborted).toBe(true);
    await delay(200);
    expect(emulator.requests).toHaveLength(2);
  });
});

test.each([true, false])(
  "an abort between two pages is thrown by the next one, with readsAhead %p",
  async (readsAhead) => {
    const emulator = await emulate({ packs: [{ name: "baseline", members: 250 }] });
    const stop = new AbortController();
    const client = createConfigClient(settingsFor(emulator.endpoint), "us-east-1", { maxAttempts: 1 });
    const request = { packName: "baseline", region: "us-east-1", signal: stop.signal, readsAhead };
    try {
      const pages = memberStatusPages(client, request);
      await pages.next();
      stop.abort(new Error("enough"));
      await delay(50);
      await expect(pages.next()).rejects.toThrow("enough");
    } finally {
      client.destroy();
    }
  },
);

test("the filters go to AWS, with every page", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 9, failing: 3 }] });
  const filters = { Status: "CREATE_FAILED" as const };
  expect(sizesOf(await eventsOf(emulator.endpoint, { filters, pageSize: 2 }))).toEqual([2, 1]);
  expect(emulator.requests.map(({ input }) => input.Filters)).toEqual([filters, filters]);
});

test.each([
  [1, [100, "restarted", 100, 100, 50]],
  [2, [100, "restarted", 100, "restarted", 100, 100, 50]],
])("after %d tokens that AWS takes back, the pages come again from the first", async (times, expected) => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 250 }] });
  for (let n = 0; n < times; n += 1) emulator.injectFault({ kind: "invalidNextToken", after: 1 + 2 * n, times: 1 });
  expect(sizesOf(await eventsOf(emulator.endpoint))).toEqual(expected);
});

test("a third token that AWS takes back is an error", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 250 }] });
  for (const after of [1, 3, 5]) emulator.injectFault({ kind: "invalidNextToken", after, times: 1 });
  const error = await failureErrorOf(eventsOf(emulator.endpoint));
  expect(error).toMatchObject({
    name: "PaginationError",
    problem: "invalidToken",
    packName: "baseline",
    region: "us-east-1",
  });
  expect(error.message).toContain("each of 3 readings");
  expect(emulator.requests).toHaveLength(6);
});

test("another error on a later page is an error at once", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 250 }] });
  emulator.injectFault({ kind: "serverError", after: 1 });
  expect(await failureErrorOf(eventsOf(emulator.endpoint))).toMatchObject({ name: "ServiceError" });
  expect(emulator.requests).toHaveLength(2);
});

test("a token that AWS repeats is an error, with the request's id", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 250 }] });
  emulator.injectFault({ kind: "repeatedNextToken" });
  const error = await failureErrorOf(eventsOf(emulator.endpoint));
  expect(error).toMatchObject({
    name: "PaginationError",
    problem: "repeatedToken",
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });
  expect(error.message).toContain("after 2 pages");
  expect(emulator.requests).toHaveLength(2);
});

test.each([
  [5, 1, 5, undefined],
  [5, 1, 4, "tooManyPages"],
  [100, 100, 1, undefined],
  [101, 100, 1, "tooManyPages"],
])("reading %d members with pageSize %d and maxPages %d ends with %p", async (members, pageSize, maxPages, problem) => {
  const emulator = await emulate({ packs: [{ name: "baseline", members }] });
  const reading = eventsOf(emulator.endpoint, { pageSize, maxPages });
  if (problem === undefined) await reading;
  else expect(await failureErrorOf(reading)).toMatchObject({ name: "PaginationError", problem });
  await delay(50);
  expect(emulator.requests).toHaveLength(maxPages);
});

test.each(["AccountId", "ConformancePackName", "Status"] as const)(
  "a row without %s is a bad answer",
  async (field) => {
    const emulator = await emulate({ packs: [{ name: "baseline", members: 3 }] });
    emulator.injectFault({ kind: "missingField", field });
    const error = await failureErrorOf(eventsOf(emulator.endpoint));
    expect(error.name).toBe("BadResponseError");
    expect(error.message).toContain(`a row has no ${field}.`);
  },
);

test.each([
  [{ accountId: "1234", status: "CREATE_FAILED" }, "AccountId is not 12 digits"],
  [{ accountId: `${account(1)}3`, status: "CREATE_FAILED" }, "AccountId is not 12 digits"],
  [{ accountId: "\n::error::x", status: "CREATE_FAILED" }, "AccountId is not 12 digits"],
  [{ accountId: account(1), status: "X", errorCode: {} }, "ErrorCode is not text"],
  [{ accountId: account(1), status: "X", errorMessage: ["a"] }, "ErrorMessage is not text"],
])("the row %j is a bad answer", async (member, says) => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: [member as never] }] });
  const error = await failureErrorOf(eventsOf(emulator.endpoint));
  expect(error.name).toBe("BadResponseError");
  expect(error.message).toContain(says);
});

test("an abort rejects with the signal's own reason", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 250 }] });
  emulator.injectFault({ kind: "slowResponse", after: 1 });
  const controller = new AbortController();
  const reason = new Error("Enough.");
  const rejection = rejectionOf(eventsOf(emulator.endpoint, { signal: controller.signal }));
  while (emulator.requests.length < 2) await delay(5);
  controller.abort(reason);
  expect(await rejection).toBe(reason);
});

const healthy = { AccountId: account(1), ConformancePackName: "a", Status: "CREATE_SUCCESSFUL" };

test.each<[body: unknown, says: string]>([
  [{}, "it has no list of rows"],
  [{ OrganizationConformancePackDetailedStatuses: null }, "it has no list of rows"],
  [{ OrganizationConformancePackDetailedStatuses: {} }, ""],
  [{ OrganizationConformancePackDetailedStatuses: [healthy], NextToken: 7 }, "its NextToken is not text"],
  [{ OrganizationConformancePackDetailedStatuses: [{ ...healthy, Status: "" }] }, "a row has no Status"],
  [{ OrganizationConformancePackDetailedStatuses: [{ ...healthy, Status: 7 }] }, "a row has no Status"],
  [{ OrganizationConformancePackDetailedStatuses: [null] }, "a row has no AccountId"],
  ...["yesterday", "", "1.", "--1", true, {}, [1], "9".repeat(100_000)].map((time): [unknown, string] => [
    { OrganizationConformancePackDetailedStatuses: [{ ...healthy, LastUpdateTime: time }] },
    "it could not be read",
  ]),
  [
    { OrganizationConformancePackDetailedStatuses: [{ ...healthy, LastUpdateTime: 1e15 }] },
    "a row's LastUpdateTime is not a time",
  ],
  [[], ""],
  [null, ""],
  ["", ""],
])("the answer %j is a BadResponseError, and never a last page", async (body, says) => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const error = await failureErrorOf(eventsOf(`http://127.0.0.1:${String(port)}`));
    expect(error.name).toBe("BadResponseError");
    expect(error.message).toContain(says);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

/** Answers each request with `answer`, given how many came before. */
async function served(answer: (index: number) => Reply, request: Partial<PageRequest> = {}): Promise<PageEvent[]> {
  const wire = await between(await emulate(), ({ index }) => answer(index));
  return eventsOf(wire.endpoint, request);
}

test("a row has no key without a value, and no name that cannot be seen", async () => {
  const row = { ...healthy, ConformancePackName: "\u200b", ErrorCode: null, ErrorMessage: "" };
  const [page] = await served(() =>
    JSON.stringify({ OrganizationConformancePackDetailedStatuses: [row], NextToken: null }),
  );
  expect(page).toStrictEqual({
    kind: "page",
    rows: [{ accountId: account(1), region: "us-east-1", conformancePackName: "-", status: "CREATE_SUCCESSFUL" }],
  });
});

test.each<[time: unknown, text: string]>([
  [1_767_225_600.0004, "2026-01-01T00:00:00.000Z"],
  [1_767_225_600.0006, "2026-01-01T00:00:00.001Z"],
  ["1767225600.5", "2026-01-01T00:00:00.500Z"],
  [-1, "1969-12-31T23:59:59.000Z"],
])("the time %j is %s", async (time, text) => {
  const [page] = await served(() =>
    JSON.stringify({ OrganizationConformancePackDetailedStatuses: [{ ...healthy, LastUpdateTime: time }] }),
  );
  expect(page).toMatchObject({ rows: [{ lastUpdateTime: text }] });
});

test("the error names the action where AWS's refusal does not", async () => {
  expect(await failureErrorOf(served(() => ({ status: 403 })))).toMatchObject({
    action: "config:GetOrganizationConformancePackDetailedStatus",
    packName: "baseline",
    region: "us-east-1",
  });
});

test("an answer with another HTTP status is a bad one, even with a list of rows", async () => {
  const body = JSON.stringify({ OrganizationConformancePackDetailedStatuses: [healthy], NextToken: "on" });
  for (const status of [201, 203, 206]) {
    expect((await failureErrorOf(served(() => ({ status, body })))).name).toBe("BadResponseError");
  }
});

test("without maxPages, a reading ends at 200,000 rows' worth of pages, however few rows they have", async () => {
  let pages = 0;
  const error = await failureErrorOf(
    served((index) => {
      pages += 1;
      return JSON.stringify({ OrganizationConformancePackDetailedStatuses: [], NextToken: `on-${String(index)}` });
    }),
  );
  expect(error).toMatchObject({ name: "PaginationError", problem: "tooManyPages" });
  // One that is asked for ahead would come now.
  await delay(100);
  expect(pages).toBe(2_000);
}, 60_000);

import { type Emulator, type FaultKind, faultKinds } from "../../../emulator";
import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import type { PackStatus } from "../../../core/status/packStatus";
import "../aws/awsEnvironment";
import { emulate, rejectionOf, settingsFor } from "../aws/emulate";
import "../aws/nodeErrors";

const operation = "GetOrganizationConformancePackDetailedStatus";

/** Five pages. */
async function gather(emulator: Emulator): Promise<PackStatus> {
  return gatherPackStatus(
    { name: "baseline", pageSize: 50, maxAttempts: 2, requestTimeoutSeconds: 0.5 },
    // The adaptive mode would slow the pages after a throttled one down.
    { settings: settingsFor(emulator.endpoint, { retryMode: "standard" }) },
  );
}

const pages = { first: 0, middle: 2, last: 4 } as const;
type Page = keyof typeof pages;

interface Outcome {
  readonly error: string | Readonly<Record<Page, string>>;
  /** What is said when it happens once: the error too, or nothing because it is asked again. */
  readonly once: "error" | "nothing" | Readonly<Record<Page, "error" | "nothing">>;
  /** Whether AWS says its request id with it. */
  readonly hasRequestId: boolean;
}

const afterFirst = { first: "nothing", middle: "error", last: "error" } as const;

const outcomes: Readonly<Record<Exclude<FaultKind, "unknownStatus">, Outcome>> = {
  accessDenied: { error: "AccessDeniedError", once: "error", hasRequestId: true },
  expiredToken: { error: "CredentialsError", once: "error", hasRequestId: true },
  htmlBody: { error: "BadResponseError", once: "error", hasRequestId: true },
  // Also where the reading begins again, without a token.
  invalidNextToken: {
    error: "ServiceError",
    once: { first: "error", middle: "nothing", last: "nothing" },
    hasRequestId: true,
  },
  missingField: { error: "BadResponseError", once: "error", hasRequestId: true },
  repeatedNextToken: { error: "PaginationError", once: afterFirst, hasRequestId: true },
  resetConnection: { error: "UnreachableError", once: "nothing", hasRequestId: false },
  serverError: { error: "ServiceError", once: "nothing", hasRequestId: true },
  slowResponse: { error: "TimedOutError", once: "nothing", hasRequestId: false },
  throttling: { error: "ThrottledError", once: "nothing", hasRequestId: true },
  truncatedBody: { error: "UnreachableError", once: "nothing", hasRequestId: true },
};

const cases = faultKinds
  .filter((kind) => kind !== "unknownStatus")
  .flatMap((kind) => (Object.keys(pages) as Page[]).map((page) => [kind, page] as const));

test.each(cases)("%s from the %s page on is a typed error with the place and the next step", async (kind, page) => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 250 }] });
  emulator.injectFault({ kind, operation, after: pages[page] });
  const { error: name, hasRequestId } = outcomes[kind];
  const error = await rejectionOf(gather(emulator));
  expect(error).toMatchObject({ name, packName: "baseline", region: "us-east-1" });
  const lines = error.message.split("\n");
  expect(lines[0]).toContain("baseline");
  expect(lines[0]).toContain("us-east-1");
  expect(lines.at(-1)).toMatch(/^Next: .*\.$/);
  const { requestId } = error as Error & { requestId?: string };
  expect(requestId !== undefined).toBe(hasRequestId);
  expect(lines.includes(`AWS request id: ${String(requestId)}`)).toBe(hasRequestId);
  expect(JSON.stringify(error) + error.message).not.toContain("AKIA");
});

test.each(cases)("%s once, at the %s page", async (kind, page) => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 250 }] });
  emulator.injectFault({ kind, operation, after: pages[page], times: 1 });
  const { error, once } = outcomes[kind];
  const outcome = await gather(emulator).catch((thrown: unknown) => thrown as Error);
  if ((typeof once === "string" ? once : once[page]) === "error") {
    expect(outcome).toMatchObject({ name: error });
  } else {
    expect(outcome).toMatchObject({ verdict: "PASSED", reasons: [], counts: { total: 250, successful: 250 } });
  }
});

test.each(Object.values(pages))("an unknown status after %d pages is kept, and forbids a pass", async (after) => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 250 }] });
  emulator.injectFault({ kind: "unknownStatus", after, times: 1 });
  const status = await gather(emulator);
  expect(status).toMatchObject({ verdict: "INCOMPLETE", counts: { total: 250, unrecognized: 1 } });
  expect(status.members.filter((member) => member.status === "CREATE_PAUSED")).toHaveLength(1);
  expect(status.reasons[0]?.message).toContain("CREATE_PAUSED");
});

test("a throttled call is made maxAttempts times, and the error reports that number", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
  emulator.injectFault({ kind: "throttling" });
  const args = { name: "baseline", maxAttempts: 2 };
  const error = await rejectionOf(gatherPackStatus(args, { settings: settingsFor(emulator.endpoint) }));
  expect(error.message).toContain("2 attempts in a row");
  expect(emulator.requests).toHaveLength(2);
});

test.each([
  [{ maxRetries: 0 }, {}, 1],
  [{ maxRetries: 2 }, {}, 3],
  [{ maxRetries: 2 }, { maxAttempts: 1 }, 1],
])("of %j and %j, a call is made %d times", async (settings, args, calls) => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
  emulator.injectFault({ kind: "serverError" });
  await rejectionOf(
    gatherPackStatus({ name: "baseline", ...args }, { settings: settingsFor(emulator.endpoint, settings) }),
  );
  expect(emulator.requests).toHaveLength(calls);
});

test("a port on which no one listens is named as unreachable", async () => {
  const emulator = await emulate();
  const { endpoint } = emulator;
  await emulator.stop();
  const args = { name: "baseline", maxAttempts: 1 };
  const error = await rejectionOf(gatherPackStatus(args, { settings: settingsFor(endpoint) }));
  expect(error.name).toBe("UnreachableError");
  expect(error.message).toContain("ECONNREFUSED");
  expect(error.message).toContain("aws:endpoints");
});

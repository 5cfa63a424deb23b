import type { ConfigServiceClientConfig } from "@aws-sdk/client-config-service";
import { emulatedAccountId, type Fault, type FaultKind, faultKinds } from "../../../emulator";
import { emulate } from "../../builders/emulator";
import { allPages, configClient, rowsOf } from "../clients";

interface FaultCase {
  /** What a real client throws, */
  readonly error?: object;
  /** or what it reads of the first page and, when that has one, of the next. */
  readonly rows?: readonly object[];
  readonly nextPageRepeatsItsToken?: boolean;
  readonly fault?: Partial<Fault>;
  readonly client?: ConfigServiceClientConfig;
}

const id = expect.stringMatching(/^[\da-f-]{36}$/) as string;

const cases: Record<FaultKind, FaultCase> = {
  accessDenied: {
    error: {
      name: "AccessDeniedException",
      message: expect.stringMatching(
        /^User: arn:aws:iam::\d{12}:user\/\S+ is not authorized to perform: config:GetOrganizationConformancePackDetailedStatus because /,
      ) as string,
      $fault: "client",
      $metadata: { httpStatusCode: 400, requestId: id },
    },
  },
  expiredToken: { error: { name: "ExpiredTokenException", $metadata: { httpStatusCode: 400, requestId: id } } },
  htmlBody: { error: { name: "SyntaxError", $metadata: { httpStatusCode: 200 } } },
  invalidNextToken: { error: { name: "InvalidNextTokenException", $metadata: { httpStatusCode: 400, requestId: id } } },
  missingField: { rows: [{ AccountId: emulatedAccountId(0) }, { Status: "CREATE_SUCCESSFUL" }] },
  repeatedNextToken: { rows: [{}, {}], nextPageRepeatsItsToken: true },
  resetConnection: { error: { message: expect.stringContaining("ECONNRESET") as string } },
  serverError: { error: { name: "InternalFailure", $metadata: { httpStatusCode: 500, requestId: id } } },
  slowResponse: {
    error: { name: "TimeoutError" },
    client: { requestHandler: { requestTimeout: 500, throwOnRequestTimeout: true } },
  },
  throttling: {
    error: { name: "ThrottlingException", message: "Rate exceeded", $metadata: { httpStatusCode: 400, requestId: id } },
  },
  truncatedBody: { error: { message: expect.stringContaining("aborted") as string } },
  unknownStatus: {
    rows: [{ AccountId: emulatedAccountId(0), Status: "CREATE_PAUSED" }, { Status: "CREATE_SUCCESSFUL" }],
  },
};

const pack = { name: "baseline", members: 6 };

test.each(faultKinds)("a real client sees %s, and nothing of it once it is cleared", async (kind) => {
  const { client: options, error, fault, nextPageRepeatsItsToken, rows } = cases[kind];
  const emulator = await emulate({ packs: [pack] });
  const client = configClient(emulator, options);
  emulator.injectFault({ kind, ...fault });
  if (error) {
    await expect(rowsOf(client, { Limit: 2 })).rejects.toMatchObject(error);
  } else {
    const first = await rowsOf(client, { Limit: 2 });
    expect(first.OrganizationConformancePackDetailedStatuses).toMatchObject(rows ?? []);
    const next = await rowsOf(client, { Limit: 2, NextToken: first.NextToken });
    expect(next.NextToken === first.NextToken).toBe(nextPageRepeatsItsToken ?? false);
  }

  emulator.clearFaults();
  const pages = await allPages(client, { Limit: 2 });
  expect(pages.flat().map(({ Status }) => Status)).toEqual(Array(6).fill("CREATE_SUCCESSFUL"));
});

test("a slow answer arrives", async () => {
  const emulator = await emulate({ packs: [pack] });
  emulator.injectFault({ kind: "slowResponse", delayMs: 5 });
  const answer = await rowsOf(configClient(emulator));
  expect(answer.OrganizationConformancePackDetailedStatuses).toHaveLength(6);
});

test("the SDK's retries survive throttling, a server error and a reset", async () => {
  const emulator = await emulate({ packs: [pack] });
  for (const kind of ["throttling", "serverError", "resetConnection"] as const) {
    emulator.injectFault({ kind, times: 1 });
  }
  const answer = await rowsOf(configClient(emulator, { maxAttempts: 4 }));
  expect(answer.OrganizationConformancePackDetailedStatuses).toHaveLength(6);
  expect(emulator.requests.length).toBe(answer.$metadata.attempts);
});

import { ConfigServiceClient } from "@aws-sdk/client-config-service";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";
import type { Emulator, Fault } from "../../../emulator";
import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import { streamMemberStatuses } from "../../../core/lookup/streamMemberStatuses";
import type { PackStatusArgs } from "../../../core/status/packStatusArgs";
import "../aws/awsEnvironment";
import { emulate, rejectionOf, settingsFor } from "../aws/emulate";
import { account } from "../../builders/members";

/** What must come at once: the answers that it does not wait for take a minute. */
const atOnce = 20_000;

type Run = (emulator: Emulator, args?: Partial<PackStatusArgs>, signal?: AbortSignal) => Promise<unknown>;

const gather: Run = ({ endpoint }, args, signal) =>
  gatherPackStatus({ name: "baseline", ...args }, { settings: settingsFor(endpoint), signal });

const stream: Run = async ({ endpoint }, args, signal) => {
  const rows = [];
  const options = { settings: settingsFor(endpoint), signal };
  for await (const row of streamMemberStatuses({ name: "baseline", ...args }, options)) rows.push(row);
  return rows;
};

const runs: [name: string, run: Run][] = [
  ["gatherPackStatus", gather],
  ["streamMemberStatuses", stream],
];

async function emulateWith(...faults: readonly Fault[]): Promise<Emulator> {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 250 }] });
  for (const fault of faults) emulator.injectFault(fault);
  return emulator;
}

async function requestsReach(count: number, emulator: Emulator): Promise<void> {
  while (emulator.requests.length < count) await delay(5);
}

describe.each(runs)("%s", (_name, run) => {
  test(
    "a request that takes longer than requestTimeoutSeconds is a TimedOutError",
    async () => {
      const emulator = await emulateWith({ kind: "slowResponse", after: 1 });
      const error = await rejectionOf(run(emulator, { requestTimeoutSeconds: 0.2, maxAttempts: 2 }));
      expect(error.name).toBe("TimedOutError");
      expect(error.message).toContain("raise requestTimeoutSeconds");
      expect(emulator.requests).toHaveLength(3);
    },
    atOnce,
  );

  test.each<[what: string, fault: Fault]>([
    ["an answer", { kind: "slowResponse", after: 1 }],
    ["its turn after throttling", { kind: "throttling", after: 1 }],
  ])(
    "a lookup whose timeoutSeconds pass while it waits for %s is a TimedOutError",
    async (_what, fault) => {
      const emulator = await emulateWith(fault);
      const error = await rejectionOf(run(emulator, { timeoutSeconds: 0.5, maxAttempts: 100 }));
      expect(error).toMatchObject({ name: "TimedOutError", packName: "baseline", region: "us-east-1" });
      expect(error.message).toContain("took longer than timeoutSeconds allows");
    },
    atOnce,
  );

  test.each([0.0001, 0.0335])("a limit of %d seconds is a limit too", async (seconds) => {
    const emulator = await emulateWith({ kind: "slowResponse" });
    for (const args of [{ timeoutSeconds: seconds }, { requestTimeoutSeconds: seconds, maxAttempts: 1 }]) {
      expect((await rejectionOf(run(emulator, args))).name).toBe("TimedOutError");
    }
  });

  test("a signal that is aborted already rejects with its reason, without a request", async () => {
    const emulator = await emulateWith();
    const reason = new Error("Not today.");
    expect(await rejectionOf(run(emulator, {}, AbortSignal.abort(reason)))).toBe(reason);
    expect(emulator.requests).toEqual([]);
  });

  test.each<[what: string, fault: Fault]>([
    ["waits for the first answer", { kind: "slowResponse" }],
    ["waits for the second answer", { kind: "slowResponse", after: 1 }],
    ["waits for its turn after throttling", { kind: "throttling" }],
    ["waits for its turn after a server's error", { kind: "serverError" }],
  ])(
    "an abort while it %s rejects at once with its reason",
    async (_what, fault) => {
      const emulator = await emulateWith(fault);
      const controller = new AbortController();
      const reason = new Error("Enough.");
      const args = { maxAttempts: 100, requestTimeoutSeconds: 60 };
      const rejection = rejectionOf(run(emulator, args, controller.signal));
      await requestsReach((fault.after ?? 0) + 1, emulator);
      controller.abort(reason);
      expect(await rejection).toBe(reason);
    },
    atOnce,
  );

  test(
    "an abort in a pause that AWS asked for rejects in the same turn with its reason",
    async () => {
      const controller = new AbortController();
      const reason = new Error("Enough.");
      let answered = 0;
      const server = createServer((_request, response) => {
        response.writeHead(503, { "retry-after": "3600", "x-amz-retry-after": "3600000" }).end("{}");
        answered += 1;
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      try {
        const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
        const rejection = rejectionOf(run({ endpoint } as Emulator, { maxAttempts: 3 }, controller.signal));
        while (answered < 1) await delay(5);
        // Long enough for the SDK to have begun its pause.
        await delay(300);
        let outcome: unknown = "still waiting";
        void rejection.then((error) => {
          outcome = error;
        });
        controller.abort(reason);
        // No timer of the SDK's can end before this: what waits for the pause is still waiting.
        await nextTurn();
        expect(outcome).toBe(reason);
        expect(answered).toBe(1);
      } finally {
        server.closeAllConnections();
        server.close();
      }
    },
    atOnce,
  );

  test(
    "an abort without a reason of its own is an AbortError, whatever the regions",
    async () => {
      const emulator = await emulateWith({ kind: "slowResponse" });
      const controller = new AbortController();
      const rejection = rejectionOf(run(emulator, { regions: ["us-east-1", "eu-west-1"] }, controller.signal));
      await requestsReach(1, emulator);
      controller.abort();
      expect((await rejection).name).toBe("AbortError");
    },
    atOnce,
  );
});

describe("the clients are closed", () => {
  const closed = (Client: { readonly prototype: { destroy: () => void } }) => jest.spyOn(Client.prototype, "destroy");

  test.each<[what: string, run: (emulator: Emulator) => Promise<unknown>]>([
    ["when all is read", (emulator) => gather(emulator)],
    ["when a stream is read", (emulator) => stream(emulator)],
    [
      "when a stream's reader has enough",
      async ({ endpoint }) => {
        for await (const row of streamMemberStatuses({ name: "baseline" }, { settings: settingsFor(endpoint) }))
          return row;
        return undefined;
      },
    ],
    [
      "after an error",
      (emulator) => {
        emulator.injectFault({ kind: "accessDenied", times: 1, after: 1 });
        return rejectionOf(gather(emulator, { aggregate: false }));
      },
    ],
  ])("%s", async (_what, run) => {
    const destroy = closed(ConfigServiceClient);
    await run(await emulateWith());
    expect(destroy).toHaveBeenCalledTimes(1);
    destroy.mockRestore();
  });

  test("also the one of AWS Organizations", async () => {
    const destroy = closed(OrganizationsClient);
    await gather(await emulateWith(), { expectedAccounts: "organization" });
    expect(destroy).toHaveBeenCalledTimes(1);
    destroy.mockRestore();
  });
});

test(
  "a failing reading stops the others",
  async () => {
    const emulator = await emulateWith({ kind: "slowResponse", after: 1 }, { kind: "accessDenied", times: 1 });
    const args = { statuses: ["CREATE_FAILED", "UPDATE_FAILED"] as const, requestTimeoutSeconds: 60 };
    expect((await rejectionOf(gather(emulator, args))).name).toBe("AccessDeniedError");
  },
  atOnce,
);

test(
  "an abort while a role is assumed, where the SDK does not listen to it, rejects at once with its reason",
  async () => {
    const emulator = await emulateWith({ kind: "slowResponse", operation: "AssumeRole" });
    const controller = new AbortController();
    const reason = new Error("Enough.");
    const assumeRoles = [{ roleArn: "arn:aws:iam::222222222222:role/reader" }];
    const settings = settingsFor(emulator.endpoint, { assumeRoles });
    const rejection = rejectionOf(gatherPackStatus({ name: "baseline" }, { settings, signal: controller.signal }));
    await requestsReach(1, emulator);
    controller.abort(reason);
    expect(await rejection).toBe(reason);
    expect(emulator.requests.map(({ operation }) => operation)).toEqual(["AssumeRole"]);
  },
  atOnce,
);

test.each<[what: string, args: Partial<PackStatusArgs>, fault: Partial<Fault>]>([
  ["a reading", { statuses: ["CREATE_FAILED", "UPDATE_FAILED"] }, { times: 1 }],
  ["the organization", { expectedAccounts: "organization" }, { operation: "ListAccounts" }],
  ["the pack's own status", { detail: "unsuccessful" }, { operation: "DescribeOrganizationConformancePackStatuses" }],
])("after %s has failed the others ask for no more pages", async (_what, args, fault) => {
  const members = Array.from({ length: 200 }, (_, index) => ({ accountId: account(index), status: "UPDATE_FAILED" }));
  const emulator = await emulate({ latencyMs: 5, packs: [{ name: "baseline", members }] });
  emulator.injectFault({ kind: "accessDenied", ...fault });
  const pages = () =>
    emulator.requests.filter(({ operation }) => operation === "GetOrganizationConformancePackDetailedStatus").length;
  expect((await rejectionOf(gather(emulator, { ...args, pageSize: 1 }))).name).toBe("AccessDeniedError");
  // One of them may be on its way.
  const atMost = pages() + 1;
  expect(atMost).toBeLessThan(150);
  await delay(300);
  expect(pages()).toBeLessThanOrEqual(atMost);
});

test(
  "a region that is too slow does not take the others with it",
  async () => {
    const emulator = await emulate({
      packs: ["us-east-1", "eu-west-1"].map((region) => ({ name: "baseline", region, members: 2 })),
    });
    emulator.injectFault({ kind: "slowResponse", region: "eu-west-1" });
    const status = await gather(emulator, { regions: ["us-east-1", "eu-west-1"], timeoutSeconds: 1 });
    expect(status).toMatchObject({
      verdict: "INCOMPLETE",
      counts: { total: 2 },
      reasons: [{ message: 'Gathering pack "baseline" in eu-west-1 took longer than timeoutSeconds allows.' }],
    });
  },
  atOnce,
);

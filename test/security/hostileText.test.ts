import fc from "fast-check";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { incomplete, inProgress, memberFailed, settled, tolerated } from "../../policy/index";
import { aggregateStatus } from "../../core/aws/aggregateStatus";
import { AccessDeniedError, NoSuchOrganizationConformancePackError, ServiceError } from "../../core/errors";
import { expectListed } from "../../core/status/expectation";
import { gatherPackStatus } from "../../core/lookup/gatherPackStatus";
import type { MemberStatus } from "../../core/status/memberStatus";
import { outcomeOf } from "../../core/status/detailedStatus";
import type { PackStatus } from "../../core/status/packStatus";
import { decodeState, encodeState } from "../../provider/gateState";
import { report } from "../../core/gate/report";
import { decide } from "../../core/gate/decide";
import type { Tolerance } from "../../core/gate/tolerance";
import { judge } from "../../core/status/judge";
import { waitForSettled } from "../../core/lookup/waitForSettled";
import { stackViolationsOf, violationsOf } from "../policy/evaluate";
import "../core/aws/awsEnvironment";
import { emulate, rejectionOf, settingsFor } from "../core/aws/emulate";
import { harm, hostileTexts } from "../core/text/hostileText";

/** More than any line of a report may have, account lists left out. */
const maxLineLength = 4_000;
const region = "us-east-1";
const verdicts = ["FAILED", "IN_PROGRESS", "INCOMPLETE"] as const;
const everything = { maxAccountsShown: 10_000, maxGroupsShown: 1_000 };

const pieces = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 6, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "\n::error::forged",
      "\r\u001b[2K\u001b[1A",
      "\u001b]8;;https://evil.example\u001b\\0 of 3 accounts failed.\u001b]8;;\u001b\\",
      "##vso[task.complete result=Succeeded;]",
      "\n  Next: nothing",
      "\u202etxet",
      "<accountId>",
      "\u2028PASSED",
      "__proto__",
      "constructor",
      "\\u001b[0m",
      "$&$1$`",
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom("a", "ü", "🙂", "%0A", "<{%", "\u0000").map((text) => text.repeat(50_000)) },
);
/** Never empty: an empty status or name is an invalid response. */
const hostile = fc.array(pieces, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("").toWellFormed() || "\0");
/** A status of AWS's own that shows up in the report, or a hostile one, which is unknown. */
const status = fc.oneof(
  fc.constantFrom("CREATE_FAILED", "UPDATE_FAILED", "DELETE_FAILED", "CREATE_IN_PROGRESS", "CREATE_SUCCESSFUL"),
  hostile,
);

const account = (index: number): string => String(100_000_000_000 + index);

interface HostileRow {
  readonly status: string;
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
  readonly accountName: string | undefined;
  readonly conformancePackName: string;
}

const optional = fc.option(hostile, { nil: undefined });
const row: fc.Arbitrary<HostileRow> = fc.record({
  status,
  errorCode: optional,
  errorMessage: optional,
  accountName: optional,
  conformancePackName: hostile,
});
const input = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 5 }),
  aggregate: fc.option(fc.record({ status, errorCode: hostile, errorMessage: hostile }), { nil: undefined }),
  missingName: hostile,
  failure: fc.option(hostile, { nil: undefined }),
  reason: hostile.map((text) => `x${text}`.slice(0, 400)),
  rowsChanged: hostile,
});
type Input = typeof input extends fc.Arbitrary<infer T> ? T : never;

/** The same with plain texts: equal texts stay equal, so that the causes are the same. */
function plainTwin(given: Input): Input {
  const names = new Map<string, string>();
  const twin = (text: string): string => {
    // Statuses and codes that mean something keep their meaning.
    if (outcomeOf(text) !== "unrecognized" || text.trim() === "") return text;
    if (!names.has(text)) names.set(text, `TEXT${String(names.size)}`);
    return names.get(text) ?? "";
  };
  const option = (text: string | undefined) => (text === undefined ? undefined : twin(text));
  return {
    rows: given.rows.map((each) => ({
      status: twin(each.status),
      errorCode: option(each.errorCode),
      errorMessage: option(each.errorMessage),
      accountName: option(each.accountName),
      conformancePackName: twin(each.conformancePackName),
    })),
    aggregate: given.aggregate && {
      status: twin(given.aggregate.status),
      errorCode: twin(given.aggregate.errorCode),
      errorMessage: twin(given.aggregate.errorMessage),
    },
    missingName: twin(given.missingName),
    failure: option(given.failure),
    reason: twin(given.reason),
    rowsChanged: "TEXT",
  };
}

function statusOf({ aggregate, failure, missingName, rows }: Input): PackStatus {
  const members = rows.map((each, index): MemberStatus => {
    const defined = Object.entries(each).filter(([, value]) => value !== undefined);
    return {
      ...(Object.fromEntries(defined) as unknown as HostileRow),
      accountId: account(index),
      region,
    } as MemberStatus;
  });
  const missing = account(rows.length);
  return {
    name: "baseline",
    regions: [region, "eu-west-1"],
    ...judge({
      regions: [
        {
          region,
          ...(aggregate && { aggregate }),
          expectation: expectListed([...members.map(({ accountId }) => accountId), missing]),
        },
        {
          region: "eu-west-1",
          failure: {
            code: "regionUnanswered",
            // As gathering has it: the first line of an error's message.
            message: messageOf(failure ?? "TEXT")
              .split("\n", 1)
              .join(),
            nextStep: "run the command again.",
          },
        },
      ],
      members,
      accountNames: new Map([[missing, missingName]]),
    }),
  };
}

/** The message of an error of AWS. */
function messageOf(text: string): string {
  const cause = Object.assign(new Error(text), { name: text.slice(0, 100_000) });
  return new ServiceError({ code: text, packName: "baseline", region, requestId: text, cause }).message;
}

/** All that is printed of a status. */
async function printed(given: Input): Promise<string[]> {
  const packStatus = statusOf(given);
  const state = encodeState(packStatus, new Date());
  // As it crosses the engine to a policy.
  const status = decodeState(JSON.parse(JSON.stringify(state)) as typeof state);
  const tolerate: Tolerance = {
    accounts: [
      { accountId: account(0), reason: given.reason },
      { accountId: account(999), reason: given.reason },
      { accountId: account(1), reason: given.reason, expires: "2020-01-01" },
    ],
    inProgress: "warn",
  };
  const decision = decide(status, tolerate);
  const texts = [
    report(status, verdicts, everything) ?? "",
    report(decision.remaining, verdicts, everything) ?? "",
    ...[decision.reasons, status.reasons].flat().map(({ message }) => message),
    ...decision.tolerated,
    ...decision.warnings,
    messageOf(given.rows[0]?.errorMessage ?? "TEXT"),
    ...status.regionStatuses.flatMap(({ error }) => error ?? []),
  ];
  for (const policy of [memberFailed, incomplete, inProgress]) {
    texts.push(...(await violationsOf(policy, { props: state }, everything)));
    texts.push(...(await violationsOf(policy, { props: { ...state, tolerate } }, everything)));
  }
  texts.push(...(await stackViolationsOf(settled, [{ props: state }], everything)).map(([message]) => message));
  texts.push(...(await stackViolationsOf(tolerated, [])).map(([message]) => message));
  return texts;
}

function expectSanitized(texts: readonly string[]): void {
  for (const line of texts.flatMap((text) => text.split("\n"))) {
    expect(line).not.toMatch(harm);
    expect(line.length).toBeLessThan(maxLineLength);
  }
}

const linesOf = (texts: readonly string[]): number[] => texts.map((text) => text.split("\n").length);

test("whatever AWS says, printed text is sanitized, has no more lines, is short, and hides no account", async () => {
  await fc.assert(
    fc.asyncProperty(input, async (given) => {
      const texts = await printed(given);
      expectSanitized(texts);
      expect(linesOf(texts)).toEqual(linesOf(await printed(plainTwin(given))));
      const [full = ""] = texts;
      given.rows.forEach((each, index) => {
        if (outcomeOf(each.status) !== "successful") expect(full).toContain(account(index));
      });
      expect(full).toContain(account(given.rows.length));
    }),
    { numRuns: 100 },
  );
}, 240_000);

test.each(["a", "::a", "::error file=", "##", "\u001b[", "\u001b]8;;", "\n", " ", ":", "<{%", "\u202e", "%0A", "🙂"])(
  "a megabyte of %j after a command is sanitized within seconds",
  (text) => {
    const begin = performance.now();
    const long = `::${text.repeat(Math.ceil(1_000_000 / text.length))}`;
    const message = messageOf(long);
    expectSanitized([message]);
    expect(message.length).toBeLessThan(2_000);
    expect(performance.now() - begin).toBeLessThan(5_000);
  },
);

test("hostile codes, texts and request ids of errors are sanitized and add no lines", () => {
  fc.assert(
    fc.property(hostile, fc.string({ unit: "binary", maxLength: 100 }), (text, packName) => {
      const cause = Object.assign(new Error(text), { name: text });
      const context = { packName: packName + text.slice(0, 200), region: text, requestId: text, cause };
      const errors = [
        new ServiceError({ ...context, code: text }),
        new AccessDeniedError({ ...context, action: "config:Get" }),
        new NoSuchOrganizationConformancePackError(context),
      ];
      for (const { message } of errors) {
        expectSanitized([message]);
        expect(message.split("\n").length).toBeLessThanOrEqual(4);
      }
    }),
    { numRuns: 300 },
  );
});

describe("over the wire", () => {
  test("hostile rows, aggregates and account names are sanitized, and each failed account is reported", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 4 }), hostile, async (rows, text) => {
        const emulator = await emulate({
          packs: [
            {
              name: "baseline",
              aggregate: text,
              members: rows.map(({ errorCode, errorMessage, conformancePackName, status: word }, index) => ({
                accountId: account(index),
                status: word,
                conformancePackName,
                ...(errorCode !== undefined && { errorCode }),
                ...(errorMessage !== undefined && { errorMessage }),
              })),
            },
          ],
          organization: {
            accounts: [
              { id: "111111111111" },
              ...rows.map(({ accountName = "name" }, index) => ({ id: account(index), name: accountName })),
            ],
          },
        });
        try {
          const args = { name: "baseline", expectedAccounts: "organization", maxAttempts: 1 } as const;
          const settings = settingsFor(emulator.endpoint);
          const gathered = await gatherPackStatus(args, { settings });
          const full = report(gathered, verdicts, everything) ?? "";
          const logged: string[] = [];
          const waiting = { settings, timeoutSeconds: 0.05, pollSeconds: 0.02, onStatus: () => undefined };
          const waited = await waitForSettled(args, gathered, { ...waiting, say: (line) => logged.push(line) }).then(
            () => "",
            (error: unknown) => (error as Error).message,
          );
          expectSanitized([full, ...logged, waited, ...gathered.reasons.map(({ message }) => message)]);
          for (const line of logged) expect(line).not.toContain("\n");
          for (const { accountId } of gathered.failed) expect(full).toContain(accountId);
          expect(gathered.failed.length).toBe(rows.filter(({ status: word }) => outcomeOf(word) === "failed").length);
        } finally {
          await emulator.stop();
        }
      }),
      { numRuns: 15 },
    );
  }, 240_000);

  test("a hostile error of a megabyte becomes a few sanitized lines", async () => {
    let text = "";
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(400, { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "id" });
      response.end(JSON.stringify({ __type: "AccessDeniedException", message: text + "x".repeat(1_000_000) }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const settings = settingsFor(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
      for (text of hostileTexts) {
        const error = await rejectionOf(gatherPackStatus({ name: "baseline", maxAttempts: 1 }, { settings }));
        expect(error.name).toBe("AccessDeniedError");
        expectSanitized([error.message]);
        expect(error.message.split("\n").length).toBeLessThanOrEqual(5);
        expect(error.message.length).toBeLessThan(3_000);
      }
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

test("a program gets the aggregate's text sanitized", async () => {
  const text = "\u001b[2J\n::error::forged";
  const client = {
    send: () =>
      Promise.resolve({
        $metadata: {},
        OrganizationConformancePackStatuses: [
          { OrganizationConformancePackName: "baseline", Status: "CREATE_FAILED", ErrorCode: text, ErrorMessage: text },
        ],
      }),
  };
  const aggregate = await aggregateStatus(client as never, { packName: "baseline", region });
  expect(aggregate).toEqual({
    status: "CREATE_FAILED",
    errorCode: ": :error::forged",
    errorMessage: ": :error::forged",
  });
  const judgement = judge({ regions: [{ region, aggregate }], members: [] });
  expectSanitized(judgement.reasons.map(({ message }) => message));
});

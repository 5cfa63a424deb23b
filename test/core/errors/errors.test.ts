import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { inspect } from "node:util";
import * as errors from "../../../core/errors/errors";
import { harm, hostileTexts } from "../text/hostileText";

const context = { packName: "security-baseline", region: "us-east-1", requestId: "abc-123", cause: new Error("Why.") };

const made: [name: string, make: (context: errors.ErrorContext) => errors.OrgConformanceError, says: string][] = [
  ["NoSuchOrganizationConformancePackError", (of) => new errors.NoSuchOrganizationConformancePackError(of), "regional"],
  ["AccessDeniedError", (of) => new errors.AccessDeniedError("config:X", of), "Allow config:X to the calling role"],
  ["CredentialsError", (of) => new errors.CredentialsError("missing", of), "aws:profile"],
  ["CredentialsError", (of) => new errors.CredentialsError("expired", of), "Get new ones"],
  ["CredentialsError", (of) => new errors.CredentialsError("refused", of), "Check the access key"],
  ["ThrottledError", (of) => new errors.ThrottledError(3, of), "maxAttempts"],
  ["TimedOutError", (of) => new errors.TimedOutError("requestTimeoutSeconds", of), "raise requestTimeoutSeconds"],
  ["TimedOutError", (of) => new errors.TimedOutError("timeoutSeconds", of), "raise timeoutSeconds"],
  ["UnreachableError", (of) => new errors.UnreachableError(of), "the network"],
  ["BadResponseError", (of) => new errors.BadResponseError("it is not JSON", of), "proxy"],
  ["RepeatedTokenError", (of) => new errors.RepeatedTokenError(2, of), "report it to AWS"],
  ["InvalidTokenError", (of) => new errors.InvalidTokenError(3, of), "larger pageSize"],
  ["TooManyPagesError", (of) => new errors.TooManyPagesError(5, of), "Raise maxPages"],
  ["ServiceError", (of) => new errors.ServiceError("InternalFailure", of), "Health Dashboard"],
];

test.each(made)("%s says which pack, where, what AWS said and what to do next", (name, make, says) => {
  const error = make(context);
  expect(error).toBeInstanceOf(errors.OrgConformanceError);
  expect(error.name).toBe(name);
  expect(error).toMatchObject({ packName: "security-baseline", region: "us-east-1", requestId: "abc-123" });
  expect(error.nextStep).toContain(says);
  const lines = error.message.split("\n");
  expect(lines[0]).toMatch(/^[A-Z].*security-baseline.*us-east-1.*\.$/);
  expect(lines.slice(1)).toEqual(["Cause: Error: Why.", "AWS request id: abc-123", `Next: ${error.nextStep}`]);
  expect(error.cause).toEqual(context.cause);
  // The mark by which the Pulumi CLI leaves the stack out; it is not to be seen in the error.
  expect((error as unknown as { __pulumiRunError: unknown }).__pulumiRunError).toBe(true);
  expect(Object.keys(error)).not.toContain("__pulumiRunError");
});

test.each(made)("%s leaves out what is not known", (_name, make) => {
  const { message } = make({ packName: "security-baseline" });
  expect(message).toContain("no region");
  expect(message).not.toContain("Cause:");
  expect(message).not.toContain("request id:");
  expect(message).not.toContain("undefined");
});

test.each(hostileTexts)("%j from AWS does no harm", (hostile) => {
  const cause = Object.assign(new Error(hostile), { name: hostile });
  for (const [, make] of made) {
    const { message } = make({ packName: hostile, region: hostile, requestId: hostile, cause });
    for (const line of message.split("\n")) expect(line).not.toMatch(harm);
  }
  for (const line of new errors.ServiceError(hostile, context).message.split("\n")) expect(line).not.toMatch(harm);
});

test("a delegated administrator's way is told where AWS asks for it", () => {
  const cause = Object.assign(new Error("No."), { name: "OrganizationAccessDeniedException" });
  const { nextStep } = new errors.AccessDeniedError("config:X", { ...context, cause });
  expect(nextStep).toContain("delegated administrator for config-multiaccountsetup.amazonaws.com");
});

describe("the cause", () => {
  const causeOf = (cause: unknown): Error => new errors.ServiceError("X", { ...context, cause }).cause as Error;

  test("is of its class, and has what was on it, but not the answer", () => {
    const thrown = Object.assign(new SyntaxError("No."), {
      $response: { headers: { "x-amz-security-token": "planted" } },
      $responseBodyText: "planted",
      $responseBodyTextOfTheFuture: "planted",
      $metadata: { requestId: "abc" },
    });
    const cause = causeOf(new Error("Outer.", { cause: thrown })).cause;
    expect(cause).toBeInstanceOf(SyntaxError);
    expect(cause).toMatchObject({ message: "No.", $metadata: { requestId: "abc" } });
    expect(inspect(cause, { showHidden: true, depth: Infinity })).not.toContain("planted");
  });

  test("is printed with where it was thrown, and as one harmless line", () => {
    for (const hostile of hostileTexts) {
      const thrown = Object.assign(new Error(`no\n${hostile}\n    at forged (x.js:1:1)`), {
        name: "ValidationException",
      });
      const error = new errors.ServiceError("X", { ...context, cause: thrown });
      const [head = "", ...frames] = (error.cause as Error).stack?.split("\n") ?? [];
      expect(head).toMatch(/^ValidationException: no/);
      expect(frames.length).toBeGreaterThan(1);
      for (const frame of frames) expect(frame).toMatch(/^ {4}at (?!forged)/);
      for (const line of inspect(error).split("\n")) expect(line.trim()).not.toMatch(harm);
    }
  });

  test("is cut once, however often it is passed on", () => {
    const [once, twice] = [causeOf(new Error("x".repeat(1_000))), causeOf(causeOf(new Error("x".repeat(1_000))))];
    expect(once.message).toBe(`${"x".repeat(600)}… (400 more characters)`);
    expect(twice.message).toBe(once.message);
    const error = new errors.ServiceError("X", { ...context, cause: once });
    expect(error.message).toContain(`\nCause: Error: ${once.message}\n`);
  });

  test("that is an error of this package stays as it is", () => {
    const cause = new errors.TimedOutError("requestTimeoutSeconds", context);
    expect(causeOf(cause)).toBe(cause);
  });

  class PrivateName extends Error {
    readonly #name = "Private";
    override get name(): string {
      return this.#name;
    }
  }
  class GetterCause extends Error {
    override get cause(): Error {
      return new Error("Inner.");
    }
  }
  const circular: Error = Object.assign(new Error("Outer."), { name: "no\n::error::x" });
  circular.cause = Object.freeze(Object.assign(new TypeError("Inner."), { cause: circular }));

  test.each<[what: string, thrown: Error, head: string, inner: string | undefined]>([
    ["with a name of its class's own", new PrivateName("Outer."), "Private: Outer.", undefined],
    ["with a cause of its class's own", new GetterCause("Outer."), "Error: Outer.", "Inner."],
    ["that is frozen", Object.freeze(new RangeError("Outer.")), "RangeError: Outer.", undefined],
    ["that is its own cause", circular, "no : :error::x: Outer.", "Inner."],
    ["with a number for a name", Object.assign(new Error("Outer."), { name: 7 as never }), "7: Outer.", undefined],
    [
      "without a stack",
      Object.assign(new Error("Outer."), { stack: { odd: true } as never }),
      "Error: Outer.",
      undefined,
    ],
    ["without a message", new Error(""), "Error", undefined],
  ])("%s is printed", (_what, thrown, head, inner) => {
    const error = new errors.ServiceError("X", { ...context, cause: thrown });
    expect(error.message.split("\n")[1]).toBe(`Cause: ${head}`);
    const cause = error.cause as Error;
    expect(cause).toBeInstanceOf(thrown.constructor);
    expect(cause.stack?.split("\n")[0]).toBe(head);
    expect((cause.cause as Error | undefined)?.message).toBe(inner);
    expect(inspect(error)).toContain("ServiceError");
  });

  test("may be the platform's own: a time limit's, in a process without Jest's classes", () => {
    const script = `
      const { NotSettledError } = require(${JSON.stringify(join(__dirname, "../../../core/errors/errors.ts"))});
      const cause = new DOMException("It took too long.", "TimeoutError");
      const error = new NotSettledError("Who.", 1, { packName: "baseline", region: "us-east-1", cause });
      console.log(JSON.stringify([error.message, error.cause.name, error.cause.stack]));
      console.log(require("node:util").inspect(error));`;
    const printed = execFileSync(process.execPath, ["--import", "tsx", "--eval", script], { encoding: "utf8" });
    const [message, name, stack] = JSON.parse(printed.split("\n", 1).join()) as [string, string, string];
    expect(message).toContain("Cause: TimeoutError: It took too long.\n");
    expect(name).toBe("TimeoutError");
    expect(stack).toMatch(/^TimeoutError: It took too long\.\n {4}at /);
  });

  test.each([
    ["Command failed: /bin/tool --password planted\nplanted", "Command failed"],
    [`Unexpected token 'p', ..."tKey": planted"... is not valid JSON`, "Unexpected token 'p'"],
    [`"planted" is not valid JSON`, "not valid JSON"],
    ["Expected ',' or '}' after property value in JSON at position 7", undefined],
  ])("%j does not tell what may be a secret", (message, told = message) => {
    const thrown = Object.assign(new Error(message), { name: "CredentialsProviderError" });
    const error = new errors.CredentialsError("missing", { ...context, cause: thrown });
    expect(error.message).toContain(`Cause: CredentialsProviderError: ${told}\n`);
    expect(inspect(error, { showHidden: true, depth: Infinity })).not.toContain("planted");
  });

  test.each(["Why.", undefined, { message: "Why." }])("that is no error stays as it is: %p", (cause) => {
    expect(causeOf(cause)).toBe(cause);
  });
});

test("an unknown pack's error names the account that asked", () => {
  const error = new errors.NoSuchOrganizationConformancePackError({ ...context, callerAccountId: "222222222222" });
  expect(error.message).toContain("account 222222222222 sees none in us-east-1");
  expect(error.callerAccountId).toBe("222222222222");
});

test("mistakes in the arguments are told one a line", () => {
  const problems = [
    { property: "name", reason: "It is required." },
    { property: "regions[1]", reason: "It is no region." },
  ];
  const error = new errors.InvalidArgumentsError(problems, "");
  expect(error.message.split("\n").slice(0, 2)).toEqual(["name: It is required.", "regions[1]: It is no region."]);
  expect(error.problems).toEqual(problems);
});

test("what has not settled is told line by line, after how long was waited", () => {
  const error = new errors.NotSettledError("Who.\n  Since when.", 1, {
    packName: "security-baseline",
    region: "us-east-1",
  });
  expect(error).toMatchObject({ name: "NotSettledError", packName: "security-baseline" });
  expect(error.message.split("\n")).toEqual([
    'Pack "security-baseline" in us-east-1 has not settled within 1 second.',
    "Who.",
    "  Since when.",
    `Next: ${error.nextStep}`,
  ]);
  expect(error.nextStep).toContain("raise waitForSettled.timeoutSeconds");
});

test("the service that was called is named, and what else was found out, a line each", () => {
  const of = { ...context, service: "AWS Organizations" as const, diagnosis: ["You are here.", "It is there."] };
  for (const error of [
    new errors.ThrottledError(2, of),
    new errors.TimedOutError("requestTimeoutSeconds", of),
    new errors.UnreachableError(of),
    new errors.BadResponseError("it is not JSON", of),
    new errors.RepeatedTokenError(2, of),
    new errors.ServiceError("ServiceException", of),
  ]) {
    expect(error.message).toContain("AWS Organizations");
    expect(error.message).not.toContain("AWS Config");
    expect(error.message.split("\n").slice(1, 3)).toEqual(["You are here.", "It is there."]);
  }
});

test.each([
  ["config:DescribeOrganizationConformancePackStatuses", "aggregate: false"],
  ["config:DescribeOrganizationConformancePacks", "expectedAccounts as a list"],
  ["organizations:ListAccounts", "expectedAccounts as a list"],
  ["config:GetOrganizationConformancePackDetailedStatus", undefined],
  ["constructor", undefined],
])("where %s is denied, the way without it is %p", (action, without) => {
  const { nextStep } = new errors.AccessDeniedError(action, context);
  expect(nextStep).toContain(`Allow ${action} to the calling role`);
  if (without === undefined) expect(nextStep).not.toContain("Without it");
  else expect(nextStep).toContain(without);
});

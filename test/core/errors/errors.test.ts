import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { inspect } from "node:util";
import * as errors from "../../../core/errors";
import { harm, hostileTexts } from "../text/hostileText";

const context = { packName: "security-baseline", region: "us-east-1", requestId: "abc-123", cause: new Error("Why.") };

type Context = errors.ErrorContext;

const made: [name: string, make: (context: Context) => errors.OrgConformanceError, says: string][] = [
  ["NoSuchOrganizationConformancePackError", (of) => new errors.NoSuchOrganizationConformancePackError(of), "regional"],
  ["AccessDeniedError", (of) => new errors.AccessDeniedError({ ...of, action: "config:X" }), "Allow config:X"],
  [
    "AccountRefusedError",
    (of) => new errors.AccountRefusedError({ ...of, ...refusal }),
    "correct aws:allowedAccountIds",
  ],
  ["CredentialsError", (of) => new errors.CredentialsError({ ...of, problem: "missing" }), "aws:profile"],
  ["CredentialsError", (of) => new errors.CredentialsError({ ...of, problem: "expired" }), "Get new ones"],
  ["CredentialsError", (of) => new errors.CredentialsError({ ...of, problem: "refused" }), "Check the access key"],
  ["ThrottledError", (of) => new errors.ThrottledError({ ...of, attempts: 3 }), "maxAttempts"],
  [
    "TimedOutError",
    (of) => new errors.TimedOutError({ ...of, limit: "requestTimeoutSeconds" }),
    "raise requestTimeout",
  ],
  ["TimedOutError", (of) => new errors.TimedOutError({ ...of, limit: "timeoutSeconds" }), "raise timeoutSeconds"],
  ["ClockSkewError", (of) => new errors.ClockSkewError({ ...of, offsetMs: 600_000 }), "Correct this machine's clock"],
  ["UnreachableError", (of) => new errors.UnreachableError(of), "the network"],
  ["UnexpectedError", (of) => new errors.UnexpectedError(of), "report it with this message"],
  ["BadResponseError", (of) => new errors.BadResponseError({ ...of, what: "it is not JSON" }), "proxy"],
  ["PaginationError", (of) => new errors.PaginationError({ ...of, problem: "repeatedToken", count: 2 }), "report it"],
  [
    "PaginationError",
    (of) => new errors.PaginationError({ ...of, problem: "invalidToken", count: 3 }),
    "larger pageSize",
  ],
  [
    "PaginationError",
    (of) => new errors.PaginationError({ ...of, problem: "tooManyPages", count: 5 }),
    "Raise maxPages",
  ],
  ["ServiceError", (of) => new errors.ServiceError({ ...of, code: "InternalFailure" }), "Health Dashboard"],
];
const refusal = { callerAccountId: "111111111111", setting: "aws:allowedAccountIds" };
const serviceError = (of: Partial<Context>, code = "X") => new errors.ServiceError({ ...context, ...of, code });

test.each(made)("%s says which pack, where, what AWS said and what to do next", (name, make, says) => {
  const error = make(context);
  expect(error).toBeInstanceOf(errors.OrgConformanceError);
  expect(error.name).toBe(name);
  expect(error).toMatchObject({ packName: "security-baseline", region: "us-east-1", requestId: "abc-123" });
  expect(error.nextStep).toContain(says);
  const lines = error.message.split("\n");
  expect(lines[0]).toMatch(/^[A-Z].*security-baseline.*us-east-1.*\.$/);
  expect(lines.slice(1)).toEqual(["Cause: Error: Why.", "AWS request id: abc-123", `Next: ${error.nextStep}`]);
  expect(error.cause).toMatchObject({ name: "Error", message: "Why." });
});

test.each(made)("%s leaves out what is not known", (_name, make) => {
  const { message } = make({ packName: "security-baseline" });
  expect(message).toContain("no region");
  expect(message).not.toContain("Cause:");
  expect(message).not.toContain("request id:");
  expect(message).not.toContain("undefined");
});

test.each(hostileTexts)("%j from AWS is sanitized", (hostile) => {
  const cause = Object.assign(new Error(hostile), { name: hostile });
  for (const [, make] of made) {
    const { message } = make({ packName: hostile, region: hostile, requestId: hostile, cause });
    for (const line of message.split("\n")) expect(line).not.toMatch(harm);
  }
  for (const line of serviceError({}, hostile).message.split("\n")) expect(line).not.toMatch(harm);
});

test("where AWS asks for a delegated administrator, the next step is to call from one", () => {
  const cause = Object.assign(new Error("No."), { name: "OrganizationAccessDeniedException" });
  const { nextStep } = new errors.AccessDeniedError({ ...context, action: "config:X", cause });
  expect(nextStep).toContain("delegated administrator for config-multiaccountsetup.amazonaws.com");
});

describe("the cause", () => {
  const causeOf = (cause: unknown): Error => serviceError({ cause }).cause as Error;

  test("has the name and the words of what was thrown, and nothing else", () => {
    const thrown = Object.assign(new SyntaxError("No.", { cause: new Error("planted") }), {
      name: "planted",
      $response: { headers: { "x-amz-security-token": "planted" } },
      $responseBodyText: "planted",
      stack: "planted",
    });
    thrown.name = "ValidationException";
    const cause = causeOf(thrown);
    expect(cause).toMatchObject({ name: "ValidationException", message: "No." });
    expect(inspect(cause, { showHidden: true, depth: Infinity })).not.toContain("planted");
  });

  test.each(hostileTexts)("is printed as one safe line: %j", (hostile) => {
    const thrown = Object.assign(new Error(`no\n${hostile}\n    at forged (x.js:1:1)`), { name: hostile });
    const error = serviceError({ cause: thrown });
    const { stack = "" } = error.cause as Error;
    expect(stack).toContain("no");
    expect(stack).not.toContain("\n");
    for (const line of inspect(error).split("\n")) expect(line.trim()).not.toMatch(harm);
  });

  test("is cut once, however often it is passed on", () => {
    const [once, twice] = [causeOf(new Error("x".repeat(1_000))), causeOf(causeOf(new Error("x".repeat(1_000))))];
    expect(once.message).toBe(`${"x".repeat(600)}… (400 more characters)`);
    expect(twice.message).toBe(once.message);
    expect(serviceError({ cause: once }).message).toContain(`\nCause: Error: ${once.message}\n`);
  });

  test("that is an error of this package stays as it is", () => {
    const cause = new errors.TimedOutError({ ...context, limit: "requestTimeoutSeconds" });
    expect(causeOf(cause)).toBe(cause);
  });

  class PrivateName extends Error {
    readonly #name = "Private";
    override get name(): string {
      return this.#name;
    }
  }

  test.each<[what: string, thrown: Error, head: string]>([
    ["with a name of its class's own", new PrivateName("Outer."), "Private: Outer."],
    ["that is frozen", Object.freeze(new RangeError("Outer.")), "RangeError: Outer."],
    ["with a number for a name", Object.assign(new Error("Outer."), { name: 7 as never }), "7: Outer."],
    ["with an object for a message", Object.assign(new Error(), { message: { a: 1 } as never }), "Error: { a: 1 }"],
    ["without a stack", Object.assign(new Error("Outer."), { stack: { odd: true } as never }), "Error: Outer."],
    ["without a message", new Error(""), "Error"],
  ])("%s is printed", (_what, thrown, head) => {
    const error = serviceError({ cause: thrown });
    expect(error.message.split("\n")[1]).toBe(`Cause: ${head}`);
    expect((error.cause as Error).stack).toBe(head);
    expect(inspect(error)).toContain("ServiceError");
  });

  test("may be the platform's own: a time limit's, in a process without Jest's classes", () => {
    const script = `
      const { NotSettledError } = require(${JSON.stringify(join(__dirname, "../../../core/errors/index.ts"))});
      const cause = new DOMException("It took too long.", "TimeoutError");
      const error = new NotSettledError({ report: "Who.", timeoutSeconds: 1, packName: "baseline", region: "x", cause });
      console.log(JSON.stringify([error.message, error.cause.name, error.cause.stack]));
      console.log(require("node:util").inspect(error));`;
    const printed = execFileSync(process.execPath, ["--import", "tsx", "--eval", script], { encoding: "utf8" });
    const [message, name, stack] = JSON.parse(printed.split("\n", 1).join()) as [string, string, string];
    expect(message).toContain("Cause: TimeoutError: It took too long.\n");
    expect([name, stack]).toEqual(["TimeoutError", "TimeoutError: It took too long."]);
  });

  test.each([
    ["Command failed: /bin/tool --password planted\nplanted", "Command failed"],
    [`Unexpected token 'p', ..."tKey": planted"... is not valid JSON`, "Unexpected token 'p'"],
    [`"planted" is not valid JSON`, "not valid JSON"],
    ["Expected ',' or '}' after property value in JSON at position 7", undefined],
  ])("shows nothing of %j that may be a secret", (message, shown = message) => {
    const thrown = Object.assign(new Error(message), { name: "CredentialsProviderError" });
    const error = new errors.CredentialsError({ ...context, problem: "missing", cause: thrown });
    expect(error.message).toContain(`Cause: CredentialsProviderError: ${shown}\n`);
    expect(inspect(error, { showHidden: true, depth: Infinity })).not.toContain("planted");
  });

  test.each(["Why.", undefined, { message: "Why." }])("that is not an error stays as it is: %p", (cause) => {
    expect(causeOf(cause)).toBe(cause);
  });
});

test("an unknown pack's error has the account that asked and the packs that it sees", () => {
  const known = { callerAccountId: "222222222222", visiblePacks: ["other"] };
  expect(new errors.NoSuchOrganizationConformancePackError({ ...context, ...known })).toMatchObject(known);
});

test("a failure becomes an error once more is known", () => {
  const failure: errors.Failure = new errors.Failure(errors.AccessDeniedError, { ...context, action: "config:X" });
  expect(failure.is(errors.AccessDeniedError)).toBe(true);
  expect(failure.is(errors.ServiceError)).toBe(false);
  const { message, nextStep } = failure.toError({
    neededActions: ["config:X", "config:Y"],
    diagnosis: ["You are here."],
    elsewhere: ["Also in eu-west-1: the same."],
  });
  expect(nextStep).toContain("This lookup needs config:X, config:Y.");
  expect(message.split("\n")).toEqual([
    'Access denied by AWS Config: config:X, for pack "security-baseline" in us-east-1.',
    "You are here.",
    "Cause: Error: Why.",
    "AWS request id: abc-123",
    "Also in eu-west-1: the same.",
    `Next: ${nextStep}`,
  ]);
  expect(failure.in({ packName: "other", region: "eu-west-1" }).toError()).toMatchObject({
    name: "AccessDeniedError",
    packName: "other",
    region: "eu-west-1",
    requestId: "abc-123",
  });
});

test("mistakes in the arguments are reported one a line", () => {
  const problems = [
    { property: "name", reason: "It is required." },
    { property: "regions[1]", reason: "It is not a region." },
  ];
  const error = new errors.InvalidArgumentsError(problems, "");
  expect(error.message.split("\n").slice(0, 2)).toEqual(["name: It is required.", "regions[1]: It is not a region."]);
  expect(error.problems).toEqual(problems);
});

test("accounts that have not settled are reported line by line, after the length of the wait", () => {
  const error = new errors.NotSettledError({
    report: "Who.\n  Since when.",
    timeoutSeconds: 1,
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
    new errors.ThrottledError({ ...of, attempts: 2 }),
    new errors.TimedOutError({ ...of, limit: "requestTimeoutSeconds" }),
    new errors.UnreachableError(of),
    new errors.UnexpectedError(of),
    new errors.BadResponseError({ ...of, what: "it is not JSON" }),
    new errors.PaginationError({ ...of, problem: "repeatedToken", count: 2 }),
    new errors.PaginationError({ ...of, problem: "invalidToken", count: 3 }),
    new errors.ServiceError({ ...of, code: "ServiceException" }),
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
  const { nextStep } = new errors.AccessDeniedError({ ...context, action });
  expect(nextStep).toContain(`Allow ${action} to the calling role`);
  if (without === undefined) expect(nextStep).not.toContain("Without it");
  else expect(nextStep).toContain(without);
});

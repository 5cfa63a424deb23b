import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { DescribeOrganizationCommand, ListAccountsCommand } from "@aws-sdk/client-organizations";
import type { FaultKind } from "../../../emulator";
import { emulate } from "../../builders/emulator";
import { organizationsClient, stsClient } from "../clients";

const id = expect.stringMatching(/^[\da-f-]{36}$/) as string;

test("an error of STS has the words of STS", async () => {
  const emulator = await emulate();
  emulator.injectFault({ kind: "accessDenied", operation: "GetCallerIdentity" });
  await expect(stsClient(emulator).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: "AccessDenied",
    message: expect.stringContaining("is not authorized to perform: sts:GetCallerIdentity ") as string,
    $metadata: { httpStatusCode: 403, requestId: id },
  });
});

const client400 = { $fault: "client", $metadata: { httpStatusCode: 400, requestId: id } };

test.each<{ kind: FaultKind; error: object }>([
  {
    kind: "accessDenied",
    error: {
      name: "AccessDeniedException",
      message: expect.stringMatching(
        /^User: arn:aws:iam::\d{12}:user\/\S+ is not authorized to perform: organizations:ListAccounts because /,
      ) as string,
      ...client400,
    },
  },
  { kind: "expiredToken", error: { name: "ExpiredTokenException", $metadata: { httpStatusCode: 400 } } },
  { kind: "htmlBody", error: { name: "SyntaxError" } },
  { kind: "invalidNextToken", error: { name: "InvalidInputException", Reason: "INVALID_NEXT_TOKEN", ...client400 } },
  { kind: "resetConnection", error: { message: expect.stringContaining("ECONNRESET") as string } },
  { kind: "serverError", error: { name: "ServiceException", $fault: "server", $metadata: { httpStatusCode: 500 } } },
  { kind: "slowResponse", error: { name: "TimeoutError" } },
  { kind: "throttling", error: { name: "TooManyRequestsException", ...client400 } },
  { kind: "truncatedBody", error: { message: expect.stringContaining("aborted") as string } },
])("the fault $kind has the words of Organizations", async ({ error, kind }) => {
  const emulator = await emulate();
  const client = organizationsClient(emulator, {
    requestHandler: { requestTimeout: 500, throwOnRequestTimeout: true },
  });
  emulator.injectFault({ kind, operation: "ListAccounts" });
  await expect(client.send(new ListAccountsCommand({}))).rejects.toMatchObject(error);
  // Another operation of the service is not hit.
  await client.send(new DescribeOrganizationCommand({}));
});

test.each(["throttling", "serverError"] as const)("the SDK retries %s of Organizations", async (kind) => {
  const emulator = await emulate();
  emulator.injectFault({ kind, times: 1 });
  const answer = await organizationsClient(emulator, { maxAttempts: 2 }).send(new ListAccountsCommand({}));
  expect(answer.Accounts).toHaveLength(1);
  expect(answer.$metadata.attempts).toBe(2);
});

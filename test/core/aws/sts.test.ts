import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import "./awsEnvironment";
import { lookupErrorOf, settingsFor } from "./emulate";
import type { AwsSettings } from "../../../core/aws/settings";

const roleArn = "arn:aws:iam::222222222222:role/reader";
const xmlns = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';

const answerOf = (action: string, result: string) =>
  `<${action}Response ${xmlns}><${action}Result>${result}</${action}Result></${action}Response>`;

test.each<[what: string, settings: Partial<AwsSettings>, answer: string, problem: string]>([
  ["AssumeRole without keys", { assumeRoles: [{ roleArn }] }, answerOf("AssumeRole", ""), "it has no keys"],
  [
    "AssumeRole without the secret key",
    { assumeRoles: [{ roleArn }] },
    answerOf("AssumeRole", "<Credentials><AccessKeyId>ASIAHALF</AccessKeyId></Credentials>"),
    "it has no keys",
  ],
  [
    "AssumeRoleWithWebIdentity without keys",
    { credentials: undefined, assumeRoleWithWebIdentity: { roleArn, webIdentityToken: "token" } } as never,
    answerOf("AssumeRoleWithWebIdentity", ""),
    "it has no keys",
  ],
  [
    "GetCallerIdentity without an account",
    { allowedAccountIds: ["111111111111"] },
    answerOf("GetCallerIdentity", ""),
    "its Account is not 12 digits",
  ],
  [
    "GetCallerIdentity with an account that is none",
    { forbiddenAccountIds: ["111111111111"] },
    answerOf("GetCallerIdentity", "<Account>1111111111111</Account>"),
    "its Account is not 12 digits",
  ],
])(
  "the answer of %s is a BadResponseError of AWS STS, and AWS Config is not asked",
  async (_what, settings, answer, problem) => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.headers["x-amz-target"] as string | undefined);
      response.writeHead(200, { "content-type": "text/xml", "x-amzn-requestid": "abc-123" }).end(answer);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
      const error = await lookupErrorOf(
        gatherPackStatus({ name: "baseline" }, { settings: settingsFor(endpoint, settings) }),
      );
      expect(error).toMatchObject({ name: "BadResponseError", service: "AWS STS", requestId: "abc-123" });
      expect(error.message).toContain(
        `AWS STS returned an invalid response for pack "baseline" in us-east-1: ${problem}.`,
      );
      // STS's requests name no target.
      expect(asked).toEqual([undefined]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
);

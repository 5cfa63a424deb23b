import { emulate } from "../../builders/emulator";
import { post, signature } from "../rawRequest";

const operation = "GetOrganizationConformancePackDetailedStatus";
const body = JSON.stringify({ OrganizationConformancePackName: "baseline" });
const pack = { name: "baseline", members: 3 };

test("each answer has its own request id and AWS's content type", async () => {
  const emulator = await emulate({ packs: [pack] });
  const answers = [
    await post(emulator, { operation, body }),
    await post(emulator, { operation, body }),
    await post(emulator, { operation, body: "{}" }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 400]);
  expect(answers.map(({ headers }) => headers["content-type"])).toEqual(Array(3).fill("application/x-amz-json-1.1"));
  const ids = answers.map(({ headers }) => headers["x-amzn-requestid"]);
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
});

test.each([
  {
    what: "an unsigned request",
    sent: { operation, body, headers: { authorization: "" } },
    code: "MissingAuthenticationTokenException",
  },
  {
    what: "another kind of authorization",
    sent: { operation, body, headers: { authorization: "Bearer token" } },
    code: "MissingAuthenticationTokenException",
  },
  {
    what: "a signature for another service",
    sent: { operation, body, headers: { authorization: signature.replace("/config/", "/s3/") } },
    code: "MissingAuthenticationTokenException",
  },
  {
    what: "an unknown operation",
    sent: { operation: "PutConfigRule", body },
    code: "UnknownOperationException",
  },
  {
    what: "a name that every object has",
    sent: { operation: "constructor", body },
    code: "UnknownOperationException",
  },
  {
    what: "the operation of another service",
    sent: { body, headers: { "x-amz-target": `OtherService.${operation}` } },
    code: "UnknownOperationException",
  },
  { what: "a body that is not JSON", sent: { operation, body: "<xml/>" }, code: "SerializationException" },
  { what: "an empty body", sent: { operation, body: "" }, code: "SerializationException" },
  { what: "a body that is a list", sent: { operation, body: "[]" }, code: "SerializationException" },
  { what: "a body that is null", sent: { operation, body: "null" }, code: "SerializationException" },
])("$what is answered with $code", async ({ sent, code }) => {
  const answer = await post(await emulate({ packs: [pack] }), sent);
  expect(answer.status).toBe(400);
  expect(answer.headers["x-amzn-errortype"]).toBe(code);
  expect(JSON.parse(answer.body)).toEqual({ __type: code, message: expect.stringMatching(/\w/) as string });
});

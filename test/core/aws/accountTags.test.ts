import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readAccountTags } from "../../../core/aws/accountTags";
import { Failure, BadResponseError, PaginationError } from "../../../core/errors";
import { atTheEnd } from "../../builders/cleanUp";
import { account } from "../../builders/members";
import "./awsEnvironment";
import { settingsFor } from "./emulate";

/** The answers of AWS Organizations, in their order; the last one again and again. */
async function answering(...answers: readonly object[]) {
  const asked: object[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      asked.push(JSON.parse(body) as object);
      response.setHeader("content-type", "application/x-amz-json-1.1");
      response.setHeader("x-amzn-requestid", "the-request");
      response.end(JSON.stringify(answers[Math.min(asked.length, answers.length) - 1]));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  atTheEnd(() => new Promise((closed) => server.close(closed)));
  const { port } = server.address() as AddressInfo;
  return { asked, endpoint: `http://127.0.0.1:${String(port)}` };
}

async function read(endpoint: string, numbers: readonly number[] = [1]) {
  const settings = settingsFor(endpoint, { retryMode: "standard" });
  const call = { packName: "baseline", region: "us-east-1" };
  return readAccountTags(settings, { maxAttempts: 1 }, call, { key: "owner", accountIds: numbers.map(account) });
}

const owner = { Key: "owner", Value: "team-a" };

test("a tag is read with one call for its account", async () => {
  const { asked, endpoint } = await answering({ Tags: [null, { Key: "stage" }, owner] });
  expect(await read(endpoint)).toEqual({ values: new Map([[account(1), "team-a"]]), unknown: [], unread: [] });
  expect(asked).toEqual([{ ResourceId: account(1) }]);
});

test.each([
  ["none", {}],
  ["one that is null", { Tags: null }],
  ["one that is an object", { Tags: { owner: "team-a" } }],
])("an answer with no list of tags, but %s, is bad, and no account without an owner", async (_what, answer) => {
  const { endpoint } = await answering(answer);
  const { failure, ...found } = await read(endpoint);
  expect(found).toEqual({ values: new Map(), unknown: [], unread: [account(1)] });
  expect(failure).toBeInstanceOf(Failure);
  expect((failure as Failure).is(BadResponseError)).toBe(true);
  expect((failure as Failure).toError().message).toMatch(/it has no list "Tags"/);
});

test.each([
  ["at once", [{ Tags: [], NextToken: "a" }], 2],
  ["later", [{ NextToken: "a" }, { NextToken: "b" }, { NextToken: "a" }].map((page) => ({ Tags: [], ...page })), 3],
])("a token that AWS gives again, %s, ends the reading: no page is read twice", async (_when, answers, calls) => {
  const { asked, endpoint } = await answering(...answers);
  const { failure, unread, values } = await read(endpoint);
  expect((failure as Failure).is(PaginationError)).toBe(true);
  expect((failure as Failure).toError().message).toContain(`repeated a NextToken after ${String(calls)} pages`);
  expect([...values]).toEqual([]);
  expect(unread).toEqual([account(1)]);
  expect(asked).toHaveLength(calls);
});

test("a token that is no text is a bad answer, unless the tag was found before it", async () => {
  const bad = await answering({ Tags: [], NextToken: { page: 2 } });
  expect(((await read(bad.endpoint)).failure as Failure).is(BadResponseError)).toBe(true);
  const found = await answering({ Tags: [owner], NextToken: { page: 2 } });
  expect((await read(found.endpoint)).values.get(account(1))).toBe("team-a");
});

test("after a bad answer, no further account is asked for", async () => {
  const { asked, endpoint } = await answering({});
  const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
  const { unread } = await read(endpoint, numbers);
  expect(unread).toEqual(numbers.map(account));
  expect(asked.length).toBeLessThanOrEqual(10);
});

import * as pulumi from "@pulumi/pulumi";
import { createPolicies } from "../../policy/policies";
import "../core/aws/awsEnvironment";
import { emulate } from "../core/aws/emulate";
import { type EvaluatedResource, newUrn, stackViolationsOf, unknown } from "./evaluate";
import { rows, stateOf } from "./stateOf";

const { nothingJudged, policies, requiredPacks } = createPolicies();

const stack: EvaluatedResource = { type: "pulumi:pulumi:Stack", props: {} };
const provider: EvaluatedResource = { type: "pulumi:providers:aws", props: {} };
const bucket: EvaluatedResource = { type: "aws:s3/bucket:Bucket", props: {} };
const gate: EvaluatedResource = { props: stateOf(rows(1)), urn: newUrn() };

/** What the policy prints. */
async function printed(resources: readonly EvaluatedResource[]): Promise<string> {
  const write = jest.spyOn(process.stdout, "write").mockImplementation(() => true);
  try {
    expect(await stackViolationsOf(nothingJudged, resources)).toEqual([]);
    return write.mock.calls.map(([text]) => String(text)).join("");
  } finally {
    write.mockRestore();
  }
}

test("where no pack was judged, one line names the policies and what to configure", async () => {
  const line = await printed([stack, provider, bucket]);
  expect(line).toMatch(
    /^No organization conformance pack was judged: [^\n]+\nNext: [^\n]+\nThe policies are [^\n]+\n$/,
  );
  for (const { name } of policies) expect(line).toContain(name);
  expect(line).toContain("--policy-pack-config");
});

test.each<[what: string, resources: EvaluatedResource[]]>([
  ["with a status resource", [stack, bucket, gate]],
  ["with a status resource that is not known yet", [stack, { props: { name: unknown } }]],
  ["of nothing but providers", [stack, provider]],
  ["that is empty", []],
])("a stack %s gets no line", async (_what, resources) => {
  expect(await printed(resources)).toBe("");
});

test("required packs that are configured and judged end the line; without packs they do not", async () => {
  const judge = (config: object) => stackViolationsOf(requiredPacks, [bucket], config);
  await judge({});
  expect(await printed([stack, bucket])).not.toBe("");

  const { endpoint } = await emulate({ packs: [{ name: "security-baseline", members: 1 }] });
  pulumi.runtime.setAllConfig({
    "aws:region": "us-east-1",
    "aws:accessKey": "AKIAEMULATED",
    "aws:secretKey": "emulated",
    "aws:endpoints": JSON.stringify([{ configservice: endpoint }]),
  });
  expect(await judge({ packs: [{ name: "security-baseline" }] })).toEqual([]);
  pulumi.runtime.setAllConfig({});
  expect(await printed([stack, bucket])).toBe("");
});

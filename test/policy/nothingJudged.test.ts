import * as pulumi from "@pulumi/pulumi";
import { createPolicies } from "../../policy/policies";
import "../core/aws/awsEnvironment";
import { emulate } from "../core/aws/emulate";
import { type EvaluatedResource, newUrn, pluginType, stackViolationsOf, unknown } from "./evaluate";
import { rows, stateOf } from "./stateOf";

const { nothingJudged, policies, requiredPacks } = createPolicies();

const stack: EvaluatedResource = { type: "pulumi:pulumi:Stack", props: {} };
const provider: EvaluatedResource = { type: "pulumi:providers:aws", props: {} };
const bucket: EvaluatedResource = { type: "aws:s3/bucket:Bucket", props: {} };
const gate: EvaluatedResource = { props: stateOf(rows(1)), urn: newUrn() };

/** What the policy reports; it is about no resource. */
async function reported(resources: readonly EvaluatedResource[]): Promise<readonly string[]> {
  const violations = await stackViolationsOf(nothingJudged, resources);
  for (const [, urn] of violations) expect(urn).toBeUndefined();
  return violations.map(([message]) => message);
}

test("where no pack was judged, the violation names the policies and what to configure", async () => {
  const [message = "", ...others] = await reported([stack, provider, bucket]);
  expect(others).toEqual([]);
  expect(message).toMatch(
    /^No organization conformance pack was judged: [^\n]+\n {4}Next: [^\n]+\n {4}The policies are [^\n]+$/,
  );
  for (const { name } of policies) expect(message).toContain(name);
  expect(message).toContain("--policy-pack-config");
});

test.each<[what: string, resources: EvaluatedResource[]]>([
  ["with a status resource", [stack, bucket, gate]],
  ["with a status resource of the plugin", [stack, { ...gate, type: pluginType }]],
  ["with a status resource that is not known yet", [stack, { props: { name: unknown } }]],
  ["of nothing but providers", [stack, provider]],
  ["that is empty", []],
])("a stack %s does not violate it", async (_what, resources) => {
  expect(await reported(resources)).toEqual([]);
});

test("required packs that are configured and judged end the violation; without packs they do not", async () => {
  const judge = (config: object) => stackViolationsOf(requiredPacks, [bucket], config);
  await judge({});
  expect(await reported([stack, bucket])).toHaveLength(1);

  const { endpoint } = await emulate({ packs: [{ name: "security-baseline", members: 1 }] });
  pulumi.runtime.setAllConfig({
    "aws:region": "us-east-1",
    "aws:accessKey": "AKIAEMULATED",
    "aws:secretKey": "emulated",
    "aws:endpoints": JSON.stringify([{ configservice: endpoint }]),
  });
  expect(await judge({ packs: [{ name: "security-baseline" }] })).toEqual([]);
  pulumi.runtime.setAllConfig({});
  expect(await reported([stack, bucket])).toEqual([]);
});

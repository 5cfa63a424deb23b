import Ajv from "ajv";
import addFormats from "ajv-formats";
import { policyPackConfigSchema } from "../../tools/policyPackConfigSchema";
import { findPulumiCli } from "../../tools/pulumi-cli/pulumiCli";
import { everyCase } from "../everyCase";
import { gatedStack, packName, Service } from "./gatedStack";

const accepts = addFormats(new Ajv({ strictTypes: false })).compile(policyPackConfigSchema());
const memberFailed = "organization-conformance-pack-member-failed";
const requiredPacks = "organization-conformance-pack-required-packs";
const tolerated = "organization-conformance-pack-tolerated";
const accounts = (...ids: string[]) => ids.map((accountId) => ({ accountId, reason: "Ann." }));

/**
 * A file, and what becomes of it: the Pulumi CLI or a policy `takes` it, `refuses` it with these words, or `ignores` what is
 * wrong in it.
 */
const files: (readonly [config: Readonly<Record<string, unknown>>, outcome: "takes" | "ignores" | RegExp])[] = [
  [{}, "takes"],
  [{ all: "advisory" }, "takes"],
  [{ all: { enforcementLevel: "disabled" } }, "takes"],
  [{ environments: [] }, "takes"],
  [{ [memberFailed]: "mandatory", [tolerated]: "disabled", [requiredPacks]: "remediate" }, "takes"],
  [{ [memberFailed]: {} }, "takes"],
  [{ [memberFailed]: { enforcementLevel: "advisory", tolerate: { accounts: accounts("100000000001") } } }, "takes"],
  [{ [requiredPacks]: { packs: [{ name: packName, regions: ["us-east-1"] }] } }, "takes"],

  [{ $schema: "./policy-pack-config.schema.json" }, /\$schema.*is not a valid enforcement level/],
  [{ all: "strict" }, /"strict" is not a valid enforcement level/],
  [{ all: { maxAccountsShown: 3 } }, /invalid enforcement level ""/],
  [{ all: null }, /must be a string or object/],
  [{ environments: "prod" }, /must be an array of strings/],
  [{ environments: [1] }, /must be a string/],
  [{ [memberFailed]: "warn" }, /"warn" is not a valid enforcement level/],
  [{ [memberFailed]: ["mandatory"] }, /must be a string or object/],
  [{ [memberFailed]: { enforcementLevel: true } }, /is not a valid enforcement level/],
  [{ [memberFailed]: { maxAccountsShown: "20" } }, /maxAccountsShown: "20" is not a whole number/],
  [{ [memberFailed]: { packs: [] } }, /packs: There is no such argument/],
  [
    { [memberFailed]: { tolerate: { accounts: accounts("100000000001", "100000000001") } } },
    /accounts\[1\]: An object with accountId, reason is listed twice/,
  ],
  [{ [requiredPacks]: { packs: [] } }, /packs: The list has 0 entries/],
  [{ [requiredPacks]: { packs: [{ name: packName, statuses: ["CREATE_FAILED"] }] } }, /statuses: There is no such/],
  [{ "organization-conformance-pack-member-faild": { maxAccountsShown: 3 } }, /invalid enforcement level ""/],

  [{ "organization-conformance-pack-member-faild": "mandatory" }, "ignores"],
  [{ all: { enforcementLevel: "advisory", maxAccountsShown: 3 } }, "ignores"],
  [{ all: "mandatory", "organization-conformance-pack-nothing-judged": "advisory" }, "takes"],
  [{ [tolerated]: { maxAccountsShown: 3 } }, "ignores"],
];

/** What only newer Pulumi CLIs know. */
const urn = "urn:pulumi:local::org-conformance::org-conformance:test:Service::api";
const exception = (match: object, reason = "GOV-7") => ({ exceptions: { "GOV-7": { reason, match: [match] } } });
const newerFiles: typeof files = [
  [{ version: 2 }, "takes"],
  [{ version: 2, $schema: "./policy-pack-config.schema.json", policies: { [memberFailed]: "advisory" } }, "takes"],
  [{ version: 2, ...exception({ policies: [memberFailed], targets: [urn] }) }, "takes"],
  [{ version: 1 }, /"version" must be 2/],
  [{ version: 2, policies: { [memberFailed]: "warn" } }, /"warn" is not a valid enforcement level/],
  [{ version: 2, ...exception({ policies: [], targets: [urn] }) }, /must list at least one policy/],
  [{ version: 2, ...exception({ policies: [memberFailed], targets: ["api"] }) }, /is not a valid URN/],
  [{ version: 2, ...exception({ policies: [memberFailed], targets: [urn] }, " ") }, /"reason" is required/],
  [{ version: 2, [memberFailed]: "mandatory" }, "ignores"],
];

/** The configurations of a table, each with what the schema and a preview make of it. */
async function expectAgreement(table: typeof files): Promise<void> {
  const stack = await gatedStack(
    () => {
      new Service("api", {});
      return Promise.resolve({});
    },
    { packs: [{ name: packName, members: 2 }] },
  );
  for (const [config, outcome] of table) {
    let errors = "";
    const run = await stack.preview({ policyConfig: config, onError: (text) => (errors += text) });
    const output = `${run.output}\n${errors}`;
    expect({ config, accepted: accepts(config) }).toEqual({ config, accepted: outcome === "takes" });
    expect({ config, output, succeeded: run.succeeded }).toEqual({
      config,
      output,
      succeeded: typeof outcome === "string",
    });
    if (typeof outcome !== "string") expect(output).toMatch(outcome);
  }
}

test("what the schema of --policy-pack-config accepts, the Pulumi CLI and the policies take; what it refuses, they refuse or ignore", async () => {
  // A preview each.
  await expectAgreement(everyCase ? files : files.filter((_, index) => index % 2 === 0));
});

test("what only newer Pulumi CLIs know, they take by the same schema, and older ones refuse as a whole", async () => {
  const { version } = await findPulumiCli();
  const isNewer = version !== null && version.compare("3.274.0") >= 0;
  await expectAgreement(isNewer ? newerFiles : [[{ version: 1 }, /must be a string or object/]]);
});

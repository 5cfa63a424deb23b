import { join } from "node:path";
import { pluginSettings, repository } from "../../tools/localStack";
import { harm } from "../core/text/hostileText";
import { gateAndService, testOnOneFront } from "./fronts";
import { dependentType, gatedStack, packName, resourceOfType, Service, untilLater } from "./gatedStack";

const required = "organization-conformance-pack-required-packs";
const memberFailed = "organization-conformance-pack-member-failed";

const service = () => {
  new Service("api", {});
  return Promise.resolve({});
};

const failing = { packs: [{ name: packName, members: 20, failing: 2 }] };
/** The accounts that fail in it. */
const failed = ["200005000015", "200015000045"];

test("required packs gate a program that declares none of them, with the stack's own aws settings", async () => {
  const stack = await gatedStack(service, { packs: [...failing.packs, { name: "logging", members: 3 }] });
  expect(await stack.preview()).toMatchObject({ succeeded: true });
  expect(stack.emulator.requests).toEqual([]);

  const policyConfig = { [required]: { packs: [{ name: packName }, { name: "logging" }, { name: "loging" }] } };
  const { output, succeeded } = await stack.preview({ policyConfig });
  expect(succeeded).toBe(false);
  expect(output).toContain(`Organization conformance pack "${packName}" in us-east-1: 2 of 20 accounts failed.`);
  expect(output).toMatch(new RegExp(`2 accounts, since .*: ${failed.join(", ")}`));
  expect(output).toContain('No organization conformance pack named "loging"');
  expect(output).toContain('Did you mean "logging"?');
  expect(output).not.toContain('pack "logging" in');

  const accounts = failed.map((accountId) => ({ accountId, reason: "Known, GOV-7" }));
  const tolerant = { [required]: { packs: [{ name: packName, tolerate: { accounts } }] } };
  const tolerated = await stack.preview({ policyConfig: tolerant });
  expect(tolerated.succeeded).toBe(true);
  expect(tolerated.output).toContain("[advisory]  organization-conformance-pack-tolerated");
  expect(tolerated.output).toContain(`Account ${failed[0]} is CREATE_FAILED in us-east-1. Excepted: Known, GOV-7`);
});

testOnOneFront(
  "a mistyped policy name gets a violation that says that nothing was judged, which can be made mandatory",
  async (front) => {
    const stack = await front.start(service, failing);
    // Without a level, the CLI itself says that there is none.
    const mistyped = {
      "organization-conformance-pack-required-pack": { enforcementLevel: "mandatory", packs: [{ name: packName }] },
    };
    const says = /No organization conformance pack was judged: .*/g;
    for (const run of [stack.preview, stack.up]) {
      const { output, succeeded } = await run({ policyConfig: mistyped });
      expect(succeeded).toBe(true);
      expect(output.match(says)).toEqual([expect.stringContaining(required)]);
      expect(output.match(/\[(?:advisory|mandatory)\] .*/g)).toEqual([
        expect.stringMatching(/^\[advisory\] +organization-conformance-pack-nothing-judged/),
      ]);
    }
    const enforced = { ...mistyped, "organization-conformance-pack-nothing-judged": "mandatory" };
    const refused = await stack.preview({ policyConfig: enforced });
    expect({ succeeded: refused.succeeded, says: refused.output.match(says) }).toEqual({
      succeeded: false,
      says: [expect.stringContaining(required)],
    });
    expect(stack.emulator.requests).toEqual([]);

    const judged = await stack.preview({ policyConfig: { [required]: { packs: [{ name: packName }] } } });
    expect(judged.output).not.toMatch(says);
    expect((await stack.preview({ program: gateAndService(front) })).output).not.toMatch(says);
    expect((await stack.preview({ program: () => Promise.resolve({}) })).output).not.toMatch(says);
  },
);

test("an update without a preview is stopped by a required pack before anything is changed", async () => {
  const stack = await gatedStack(service, failing);
  const policyConfig = { [required]: { packs: [{ name: packName }] } };
  const refused = await stack.up({ policyConfig });
  expect(refused.succeeded).toBe(false);
  expect(refused.output).toContain("2 of 20 accounts failed.");
  expect(resourceOfType(await stack.resources(), dependentType)).toBeUndefined();
  // Once a run, though several resources were registered.
  expect(refused.output.split("2 of 20 accounts failed.")).toHaveLength(2);

  stack.emulator.setMembers(packName, { members: 20 });
  const asked = stack.emulator.requests.length;
  expect(await stack.up({ policyConfig })).toMatchObject({ succeeded: true });
  expect(stack.emulator.requests).toHaveLength(asked + 2);
});

/** Mistakes in a policy's configuration, and what the run says: which setting, what was given, what is allowed. */
const mistakes: readonly [policy: string, config: object, says: string][] = [
  [memberFailed, { maxAccountsShown: "20" }, '.maxAccountsShown: "20" is not a whole number from 1 to 10000.'],
  [
    memberFailed,
    { tolerate: { "\u001b[31mx\n::error::forged": 1 } },
    ".tolerate.x : :error::forged: There is no such argument. ",
  ],
  [
    required,
    { packs: [{ name: packName, "\u001b[31mx\n##vso[x]": 1 }] },
    ".packs[0].x # #vso[x]: There is no such argument. ",
  ],
];

test("required packs are looked up with org-conformance:* where a stack sets any, and aws:* does not help out", async () => {
  // The program is of Pulumi's YAML, and has no gate. The stack's aws:* reach the emulator too, in another region.
  const stack = await gatedStack(
    { outputs: { nothing: "to gate" } },
    {
      packs: [
        { name: packName, members: 20 },
        { name: packName, members: 20, failing: 2, region: "eu-west-1" },
      ],
    },
  );
  let seen = 0;
  const askedIn = () => [...new Set(stack.emulator.requests.slice(seen).map(({ region }) => region))];
  const policyConfig = { [required]: { packs: [{ name: packName }] } };
  expect(await stack.preview({ policyConfig })).toMatchObject({ succeeded: true });
  expect(askedIn()).toEqual(["us-east-1"]);
  seen = stack.emulator.requests.length;

  const settings = { ...pluginSettings(stack.emulator.endpoint), region: "eu-west-1" };
  for (const [name, value] of Object.entries(settings))
    await stack.stack.setConfig(`org-conformance:${name}`, { value });
  for (const run of [stack.preview, stack.up]) {
    const { output, succeeded } = await run({ policyConfig });
    expect(succeeded).toBe(false);
    expect(output).toContain(`Organization conformance pack "${packName}" in eu-west-1: 2 of 20 accounts failed.`);
  }
  expect(askedIn()).toEqual(["eu-west-1"]);
  seen = stack.emulator.requests.length;

  // Without a region of its own, none is taken from aws:*.
  await stack.stack.removeConfig("org-conformance:region");
  const nowhere = await stack.preview({ policyConfig });
  expect(nowhere.succeeded).toBe(false);
  expect(nowhere.output).toContain("set org-conformance:region or AWS_REGION.");
  expect(askedIn()).toEqual([]);
});

test("a mistake in a policy's configuration is an error that names the setting, what was given and what is allowed", async () => {
  const stack = await gatedStack(service, { packs: [{ name: packName, members: 2 }] });
  for (const [policy, config, says] of mistakes) {
    // An update without a preview says it too, before anything is changed.
    for (const run of policy === required ? [stack.preview, stack.up] : [stack.preview]) {
      const { output, succeeded } = await run({ policyConfig: { [policy]: config } });
      expect(succeeded).toBe(false);
      expect(output).toContain(`${policy}${says}`);
      for (const line of output.split("\n")) {
        expect(line.trim()).not.toMatch(harm);
        expect(line).not.toMatch(/^\s+at .*:\d+:\d+/);
      }
    }
  }
  expect(resourceOfType(await stack.resources(), dependentType)).toBeUndefined();
}, 300_000);

testOnOneFront("excepted accounts open the gate, the exceptions are reported, and the verdict stays", async (front) => {
  const exception = (accountId = "", expires = "2999-12-31") => ({ accountId, reason: "Known, GOV-7", expires });
  const tolerating = (accounts: readonly object[]) => gateAndService(front, { tolerate: { accounts } });
  const stack = await front.start(tolerating(failed.map((id) => exception(id))), failing);
  const passed = await stack.up();
  expect(passed).toMatchObject({ succeeded: true });
  expect(passed.output).toContain(
    `Account ${failed[0]} is CREATE_FAILED in us-east-1. Excepted until 2999-12-31: Known, GOV-7`,
  );
  expect(await stack.stack.outputs()).toMatchObject({
    verdict: { value: "FAILED" },
    decision: { value: { verdict: "PASSED", tolerated: { length: 2 } } },
  });

  const expired = [exception(failed[0]), exception(failed[1], "2026-01-31"), exception("123456789012")];
  const refused = await stack.preview({ program: tolerating(expired) });
  expect(refused.succeeded).toBe(false);
  expect(refused.output).toContain(`The exception for ${failed[1]} expired on 2026-01-31: Known, GOV-7`);
  expect(refused.output).toMatch(new RegExp(`1 account, since .*: ${failed[1]}`));
  expect(refused.output).toContain("The exception for 123456789012 matches nothing: there is no such account.");

  // The policy's own tolerate replaces the resource's.
  const strict = await stack.preview({ policyConfig: { [memberFailed]: { tolerate: {} } } });
  expect(strict.succeeded).toBe(false);
  expect(strict.output).toMatch(new RegExp(`2 accounts, since .*: ${failed.join(", ")}`));
});

testOnOneFront(
  "with a resource policy turned off, a status that has not changed is still of this run",
  async (front) => {
    const stack = await front.start(gateAndService(front), { packs: [{ name: packName, members: 3 }] });
    const policyConfig = { [memberFailed]: "disabled", "organization-conformance-pack-incomplete": "disabled" };
    expect(await stack.up({ policyConfig })).toMatchObject({ succeeded: true });
    await untilLater();
    const unchanged = await stack.up({ policyConfig });
    expect(unchanged.output).not.toContain("not by this run");
    expect(unchanged).toMatchObject({ succeeded: true });
    expect(unchanged.output).toMatch(/\d unchanged/);
  },
);

testOnOneFront("the policies work inside a pack of your own", async (front) => {
  const stack = await front.start(gateAndService(front), failing);
  const policyPack = join(repository, "examples", "policy-pack");
  const { output, succeeded } = await stack.preview({ policyPack });
  expect(succeeded).toBe(false);
  expect(output).toContain("my-organization@v");
  expect(output).toContain(`[mandatory]  ${memberFailed}`);
  expect(output).toContain("2 of 20 accounts failed.");
  expect(output).toContain("The stack has no tag owner.");
});

import { OrganizationConformancePackStatus } from "pulumi-org-conformance";
import { emulatedAccountId } from "../../emulator";
import { harm, hostileTexts } from "../core/text/hostileText";
import { gatedStack, packName } from "./gatedStack";

const accounts = [0, 1, 2].map((index) => emulatedAccountId(index));

/** The rows of accounts that all failed, with the same words. */
const failing = (errorMessage: string) =>
  accounts.map((accountId) => ({ accountId, status: "CREATE_FAILED", errorCode: errorMessage, errorMessage }));

test("what AWS says forges no line of what the CLI prints: not in a difference, not in outputs, not in a violation", async () => {
  const program = () => {
    const gate = new OrganizationConformancePackStatus("gate", { name: packName, expectedAccounts: "organization" });
    return Promise.resolve({ failed: gate.failed, missing: gate.missing, regions: gate.regionStatuses });
  };
  const [first, second] = [hostileTexts.join("|"), hostileTexts.toReversed().join("|")];
  const stack = await gatedStack(program, {
    organization: { accounts: [...accounts, emulatedAccountId(3)].map((id) => ({ id, name: `${id}${first}` })) },
    packs: [{ name: packName, members: failing(first) }],
  });
  const runs = [await stack.up({ withPolicyPack: false, diff: true })];
  stack.emulator.setMembers(packName, failing(second));
  runs.push(await stack.preview({ withPolicyPack: false, diff: true }), await stack.preview({ diff: true }));
  runs.push(await stack.up({ withPolicyPack: false }));

  expect(runs.map(({ succeeded }) => succeeded)).toEqual([true, true, false, true]);
  // An URN has "::" of its own.
  const lines = runs.flatMap(({ output }) => output.replace(/\[urn=\S+\]/g, "").split(/\r?\n/));
  expect(lines.filter((line) => line.includes("evil") || harm.test(line))).toEqual([]);
  // It is all there, and so there was something to sanitize.
  expect(runs.every(({ output }) => output.includes("paragraph separator"))).toBe(true);
});

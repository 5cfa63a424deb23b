import { render } from "../../report/renderings";
import { situations } from "../builders/situations";
import { row } from "../builders/members";
import { statusOf, withoutAnswer } from "../builders/packStatus";
import { fileOf } from "../builders/statusFile";
import { harm, hostileTexts } from "../core/text/hostileText";
import type { StatusFile } from "../../core/statusFile/statusFile";

const options = { now: new Date("2026-03-15T13:00:00.000Z"), show: "problems" } as const;
const terminal = (columns: number, hasColors = false) => ({ ...options, terminal: { columns, hasColors } });

function situation(name: string): StatusFile {
  const file = situations[name];
  if (!file) throw new Error("The situation is gone.");
  return file;
}

test("piped, each line says a fact, without a width, a symbol or a colour", () => {
  expect(render("text", [situation("failed")], options))
    .toBe(`FAILED baseline: 3 of 250 accounts failed, in 2 of 6 regions. Looked up 2026-03-15T12:00:00.000Z from 222233334444.
250 accounts: 247 ok, 3 failed.
us-east-1: AWS says CREATE_FAILED. 250 accounts: 248 ok, 2 failed.
eu-west-1: AWS says CREATE_FAILED. 250 accounts: 247 ok, 3 failed.
us-west-2, eu-central-1, ap-south-1, sa-east-1: AWS says CREATE_SUCCESSFUL. 250 accounts: 250 ok.
NoAvailableConfigurationRecorderException (CREATE_FAILED), 2 accounts in eu-west-1, us-east-1, since 2026-03-10: 000000000041 (payments-prod), 000000000125 (data-lake-dev)
  AWS says: There are no configuration recorders available to put the conformance pack.
  Next: turn the AWS Config recorder on in these accounts and regions. AWS retries for only 7 hours; after that, deploy the pack again.
InsufficientPermissionsException (CREATE_FAILED), 1 account in eu-west-1, since 2026-03-14: 000000000208 (sandbox-7)
  AWS says: The service-linked role AWSServiceRoleForConfigConforms could not be created: an explicit deny.
  Next: check that AWSServiceRoleForConfigConforms exists in these accounts and that no service control policy denies it, then deploy the pack again.
`);
});

test("piped, a name or a code that looks like a part of the list is quoted", () => {
  const accountName = "a), 000000000009 (prod";
  const errorCode = "E (CREATE_FAILED), 2 accounts";
  const failed = row({ accountId: "000000000001", status: "CREATE_FAILED", accountName, errorCode });
  expect(render("text", [fileOf(statusOf([failed]))], options)).toContain(
    `\n"${errorCode}" (CREATE_FAILED), 1 account in us-east-1: 000000000001 ("${accountName}")\n`,
  );
});

test("on 80 columns, no line is wider, and no id is broken", () => {
  for (const file of Object.values(situations)) {
    const text = render("text", [file], terminal(80));
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  }
  const text = render("text", [situation("failed")], terminal(80));
  expect(text).toMatch(/^✗ FAILED {2}baseline: 3 of 250 accounts failed, in 2 of 6 regions\.$/m);
  expect(text).toMatch(/^ {2}us-east-1 {2}CREATE_FAILED {11}250 {2}248 {7}2 {12}- {8}-$/m);
  expect(text).toMatch(/^ {6}000000000041 {2}payments-prod$/m);
});

test("on 140 columns, few accounts and regions are a grid that refers to the causes", () => {
  const text = render("text", [situation("failed")], terminal(140));
  expect(text).toMatch(/^ {2}000000000208 {2}sandbox-7 +ok +ok +✗ failed +ok +ok +ok +2$/m);
  expect(text).toMatch(/^ {2}2 {2}InsufficientPermissionsException \(CREATE_FAILED\), since 2026-03-14$/m);
  expect(render("text", [situation("excepted")], terminal(140))).toMatch(/000000000208 {2}sandbox-7 +ok +ok +excepted/);
});

test("owners stand beside their accounts, at any width", () => {
  const file = situation("owned");
  const warning = "Warning: The owner of 1 account could not be read: AWS Organizations throttled the calls.";
  const piped = render("text", [file], options);
  expect(piped).toContain("000000000041 (payments-prod, owner team-payments), 000000000125 (data-lake-dev)\n");
  expect(piped).toContain(`\n${warning}\n`);
  const narrow = render("text", [file], terminal(80));
  expect(narrow).toMatch(/^ {6}000000000041 {2}payments-prod {2}owner team-payments$/m);
  expect(narrow).toMatch(/^ {6}000000000125 {2}data-lake-dev$/m);
  const wide = render("text", [file], terminal(140));
  expect(wide).toMatch(/^ +ACCOUNT +NAME +OWNER +us-east-1 /m);
  expect(wide).toMatch(/^ {2}000000000041 {2}payments-prod {2}team-payments +✗ failed /m);
  expect(wide).toMatch(/^ {2}000000000208 {2}sandbox-7 {6}Ann Example +ok /m);
  expect(wide).toContain(warning);
});

test("a clean run is two lines", () => {
  expect(render("text", [situation("passed")], terminal(80))).toBe(
    "✓ PASSED  baseline: All 2 accounts are well in us-east-1.\n  Looked up 2026-03-15 12:00 UTC from 222233334444.\n",
  );
});

test("colours only where the terminal has them", () => {
  // eslint-disable-next-line no-control-regex -- The escapes of colours.
  expect(render("text", [situation("failed")], terminal(80, true))).toMatch(/\u001b\[31m/);
  expect(render("text", [situation("failed")], terminal(80))).not.toContain("\u001b");
});

test("of several packs, the worst is first; none at all is no result", () => {
  const text = render("text", [situation("passed"), situation("failed"), situation("notLookedUp")], options);
  expect(text).toMatch(
    /^2 of 3 packs did not pass\.\n\nNOT_LOOKED_UP baseline: [^]*\nFAILED baseline: [^]*\nPASSED baseline: /,
  );
  expect(render("text", [], options)).toMatch(/^No result/);
});

test("an exception is shown with its end, and that it ends soon", () => {
  expect(render("text", [situation("excepted")], options)).toContain(
    "Excepted: 000000000208 (sandbox-7) in eu-west-1, until 2026-03-20, ends in 5 days: GOV-142\n",
  );
});

test.each(hostileTexts.map((text) => [JSON.stringify(text), text]))("no line can do harm: %s", (_shown, text) => {
  const members = [row({ accountName: text, status: "CREATE_FAILED", errorCode: text, errorMessage: text })];
  const file = fileOf({ ...statusOf(members), name: text });
  for (const given of [options, terminal(80), terminal(140)]) {
    for (const line of render("text", [file], given).split("\n")) expect(line).not.toMatch(harm);
  }
});

test.each([
  ["outageTolerated", "The account is well in us-east-1. Nothing is known of eu-west-1."],
  ["noSuchPackAllowed", "The account is well in us-east-1. There is no such pack in eu-west-1."],
])("an open gate counts no region as well that was not read: %s", (name, says) => {
  for (const given of [options, terminal(200)]) expect(render("text", [situation(name)], given)).toContain(says);
});

test("a pack that the update waits for is not said to be excepted, also without a row in trouble", () => {
  const status = statusOf([], { regions: withoutAnswer("noSuchPack") });
  const text = render("text", [fileOf(status, { isAwaited: true, run: { preview: true } })], options);
  expect(text).toContain("The pack itself is INCOMPLETE: the update waits for it.");
});

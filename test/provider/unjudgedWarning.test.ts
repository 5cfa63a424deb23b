import { reason } from "../../core/status/reasons";
import { unjudgedWarning } from "../../provider/unjudgedWarning";
import { harm } from "../core/text/hostileText";

const failed = {
  verdict: "FAILED",
  reasons: [reason("membersFailed", { accounts: 1, of: 3, regions: 1, ofRegions: 1 })],
} as const;

test("a status that has not passed and that nothing refuses is a warning with its reason and the next step", () => {
  expect(unjudgedWarning(failed, {})).toMatch(
    /^The pack is FAILED: 1 of 3 accounts failed\. This resource does not refuse it by itself, because failOn is not set; .*\nNext: .*failOn/,
  );
});

test.each([
  ["has passed", { verdict: "PASSED", reasons: [] } as const, {}],
  ["has no decision, as mocks may leave it out", undefined, {}],
  ["has no verdict", {}, {}],
  ["the gate refuses", failed, { failOn: "notPassed" } as const],
  ["the program accepts", failed, { failOn: "never" } as const],
  ["the gate waits for, and refuses then", failed, { waitForSettled: true }],
])("there is no warning of a status that %s", (_what, decision, args) => {
  expect(unjudgedWarning(decision, args)).toBeUndefined();
});

test.each([
  ["noSuchPack", " because eu-west-1 has no such pack. "],
  ["regionUnanswered", " because eu-west-1 did not answer. "],
] as const)("the reason %s does not name the pack, whose name may be a secret", (code, says) => {
  const reasons = [
    { verdict: "INCOMPLETE", code, region: "eu-west-1", message: "planted-name in eu-west-1." },
  ] as const;
  const warning = unjudgedWarning({ verdict: "INCOMPLETE", reasons }, {});
  expect(warning).toContain(`The pack is INCOMPLETE${says}`);
  expect(warning).not.toContain("planted-name");
});

test("AWS's text can't drive a terminal, and a decision without reasons is still a warning", () => {
  const reasons = [{ ...failed.reasons[0], message: "\u001b[31mred\n::error::x" }];
  for (const line of (unjudgedWarning({ verdict: "FAILED", reasons }, {}) ?? "").split("\n")) {
    expect(line).not.toMatch(harm);
  }
  expect(unjudgedWarning({ verdict: "FAILED" }, {})).toMatch(/^The pack is FAILED\. This resource/);
});

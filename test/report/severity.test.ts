import { renderHtml } from "../../report/html/renderHtml";
import { renderMarkdown } from "../../report/markdown/renderMarkdown";
import { packsSentence } from "../../report/severity";
import { row } from "../builders/members";
import { statusOf } from "../builders/packStatus";
import { situations } from "../builders/situations";
import { fileOf } from "../builders/statusFile";

const passed = (name: string) => ({ ...fileOf(statusOf([row()])), name });
/** The file about the regions that listed no packs, which an exception lets pass. */
const unlisted = { ...passed("*"), regionStatuses: [] };
const closed = { ...unlisted, decision: { ...unlisted.decision, verdict: "INCOMPLETE" as const } };

const options = { now: new Date(), show: "problems" } as const;
const titleOf = (files: Parameters<typeof renderHtml>[0]) =>
  /<title>(.*)<\/title>/.exec(renderHtml(files, options))?.[1];

test("what stands for all packs is not counted as one, unless it closes the gate", () => {
  expect(packsSentence([unlisted, passed("a"), passed("b")])).toBe("All 2 packs passed.");
  expect(packsSentence([unlisted, passed("a")])).toBeUndefined();
  expect(packsSentence([closed, passed("a"), passed("b")])).toBe("1 of 3 packs did not pass.");
});

test("the page's title counts the packs that its first sentence counts", () => {
  expect(titleOf([unlisted, passed("a"), passed("b")])).toBe("PASSED: 2 packs");
  expect(titleOf([unlisted, passed("a")])).toBe("PASSED: a");
  expect(titleOf([closed, passed("a"), passed("b")])).toBe("INCOMPLETE: 1 of 3 packs");
  expect(titleOf([unlisted])).toBe("PASSED: *");
});

test("the heading of a comment counts the same packs", () => {
  const { notLookedUp } = situations;
  if (!notLookedUp) throw new Error("The situation is gone.");
  expect(renderMarkdown([unlisted, notLookedUp], options)).toContain("blocked, the pack could not be looked up");
  expect(renderMarkdown([passed("a"), notLookedUp], options)).toContain("blocked, 1 of 2 packs could not be looked up");
});

import { packsSentence } from "../../report/severity";
import { row } from "../builders/members";
import { statusOf } from "../builders/packStatus";
import { fileOf } from "../builders/statusFile";

const passed = (name: string) => ({ ...fileOf(statusOf([row()])), name });
/** The file about the regions that listed no packs, which an exception lets pass. */
const unlisted = { ...passed("*"), regionStatuses: [] };

test("what stands for all packs is not counted as one, unless it closes the gate", () => {
  expect(packsSentence([unlisted, passed("a"), passed("b")])).toBe("All 2 packs passed.");
  expect(packsSentence([unlisted, passed("a")])).toBeUndefined();
  const closed = { ...unlisted, decision: { ...unlisted.decision, verdict: "INCOMPLETE" as const } };
  expect(packsSentence([closed, passed("a"), passed("b")])).toBe("1 of 3 packs did not pass.");
});

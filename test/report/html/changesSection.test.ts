import type { StatusFile } from "../../../core/statusFile/statusFile";
import { render } from "../../../report/renderings";
import { refusedLookup } from "../../builders/organization";
import { reportStates } from "../../builders/reportStates";
import { attribute, find, parseHtml, textOf } from "../htmlTree";

const now = new Date("2026-11-26T19:03:00.000Z");

function changesIn(files: readonly StatusFile[], previous: readonly StatusFile[], redact = false): readonly string[] {
  const page = render("html", files, { now, show: "problems", previous, redact });
  return find(parseHtml(page), "section.changes").map(textOf);
}

test("the page says for each pack what has changed, and tells the age of no lookup but its own", () => {
  const page = render("html", reportStates.severalPacks(), {
    now,
    show: "problems",
    previous: reportStates.earlierPacks(),
  });
  const html = parseHtml(page);
  const [baseline = "", practices = "", ...others] = find(html, "section.changes").map(textOf);
  expect(others).toEqual([]);
  expect(baseline).toContain("What has changed since 2026-11-25 17:01 UTC");
  expect(baseline).toMatch(
    /Failed since then: 2 accounts 200041000123[^]*Still failing: 1 account 200123000369[^]*Healed: 2/,
  );
  expect(practices).toContain("The pack itself: INCOMPLETE → IN PROGRESS");
  expect(textOf(html)).toContain("New packs: pci-dss, cis-foundations");
  expect(textOf(html)).toContain("Packs no longer looked up: old-pack");
  const ages = find(html, "time").filter((time) => attribute(time, "data-age") !== undefined);
  expect(new Set(ages.map((time) => attribute(time, "datetime")?.slice(0, 10)))).toEqual(new Set(["2026-11-26"]));
});

test("a pack that has not changed says so, and one that was not looked up before says nothing", () => {
  expect(changesIn(reportStates.threeFailed(), reportStates.threeFailed())).toEqual([
    expect.stringMatching(/Still failing: 3 accounts/),
  ]);
  expect(changesIn(reportStates.passed(), reportStates.passed())).toEqual([
    expect.stringMatching(/ No account failed, healed or went missing, and no region changed\.$/),
  ]);
  expect(changesIn(reportStates.passed(), [refusedLookup("other")])).toEqual([]);
});

test("redacted, an account has the same short id now and before", () => {
  const [baseline = ""] = changesIn(reportStates.threeFailed(), reportStates.earlierPacks(), true);
  expect(baseline).toContain("Still failing: 1 account …0369");
  expect(baseline).not.toMatch(/\d{12}/);
});

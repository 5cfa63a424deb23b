import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { readStatusFiles } from "../../core/statusFile/readStatusFiles";
import type { FoundStatus } from "../../core/statusFile/statusFile";
import { renderHtml } from "../../report/html/renderHtml";
import { accountId, accountName, lookedUpAt, organizationFile, troubles } from "../builders/organization";
import { reportStates } from "../builders/reportStates";
import { describeInBrowser, openReport, type Opening } from "./browser";

const states = Object.entries(reportStates);
const axe = readFileSync(require.resolve("axe-core"), "utf8");
const day = 86_400_000;

/** The accounts in the table, by id. */
async function listed(page: Page): Promise<string[]> {
  const heads = await page.locator(".grid tbody th").allTextContents();
  return heads.map((text) => text.slice(0, 12));
}

async function search(page: Page, text: string): Promise<string[]> {
  await page.getByRole("searchbox", { name: "Account" }).fill(text);
  return listed(page);
}

/** True if neither the page nor a text in it is wider than the screen. */
async function isWithin(page: Page, width: number): Promise<boolean> {
  const found = await page.evaluate("document.documentElement.scrollWidth");
  return Number(found) <= width;
}

/** Runs axe in both colours. */
async function expectNoViolations(page: Page): Promise<void> {
  await page.evaluate(axe);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const violations = await page.evaluate(
      "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))",
    );
    expect({ colorScheme, violations }).toEqual({ colorScheme, violations: [] });
  }
}

/** More accounts have failed since then than are unfolded. */
function manyChanges() {
  const file = (failing: number) =>
    organizationFile({
      name: "many-changes",
      accounts: 40,
      regions: ["eu-west-1"],
      rowOf: (number) => (number < failing ? troubles.noRecorder : undefined),
    });
  return { before: file(0), now: file(20) };
}

describeInBrowser("the report page in Chromium (set CHROMIUM_PATH if it is not found)", () => {
  describe.each(states)("%s", (_name, files) => {
    test("makes no request, breaks no rule of its own policy, writes nothing to the console, and fits a telephone", async () => {
      const { messages, page, requests } = await openReport(files());
      expect(await page.locator("h1").count()).toBe(1);
      expect(requests).toEqual(["/"]);
      expect(messages).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await isWithin(page, 390)).toBe(true);
    });
  });

  describe("axe finds nothing to correct in light and dark colours:", () => {
    // In 17 regions there is nothing that axe could not find in six, and it looks at every element.
    test.each(states.filter(([name]) => name !== "manyFailed"))("%s", async (_name, files) => {
      const { page } = await openReport(files());
      await expectNoViolations(page);
    });

    test("a comparison, folded and unfolded", async () => {
      for (const now of [reportStates.severalPacks(), [manyChanges().now]]) {
        const previous = [...reportStates.earlierPacks(), manyChanges().before];
        const { page } = await openReport(now, { options: { previous } });
        await expectNoViolations(page);
        for (const list of await page.locator(".changes details:not([open]) summary").all()) await list.click();
        expect(await page.locator(".changes details:not([open])").count()).toBe(0);
        await expectNoViolations(page);
      }
    });
  });

  describe("a comparison with an earlier report", () => {
    const open = (opening: Opening = {}) =>
      openReport(reportStates.severalPacks(), { ...opening, options: { previous: reportStates.earlierPacks() } });

    test("shows which accounts failed anew, which still fail, and which healed", async () => {
      const { messages, page, requests } = await open();
      const [changes] = await page.locator(".changes").all();
      expect(await changes?.getByRole("heading").textContent()).toBe("What has changed since 2026-11-25 17:01 UTC");
      const lists = await changes?.locator("details").all();
      const shown = await Promise.all(
        (lists ?? []).map(async (list) => [
          await list.locator("summary").textContent(),
          ...(await list.locator("code:visible").allTextContents()),
        ]),
      );
      expect(shown).toEqual([
        ["Failed since then: 2 accounts", accountId(1), accountId(5)],
        ["Still failing: 1 account", accountId(3)],
        ["Healed: 2 accounts", accountId(7), accountId(12)],
      ]);
      expect(await changes?.innerText()).toContain(accountName(5));
      expect({ messages, requests }).toEqual({ messages: [], requests: ["/"] });
    });

    test("names the packs that are new and those that are gone", async () => {
      const { page } = await open();
      const text = await page.locator("main > .changes-list").innerText();
      expect(text.split("\n")).toEqual(["New packs: pci-dss, cis-foundations", "Packs no longer looked up: old-pack"]);
    });

    test("is reached, folded and unfolded with the keyboard alone", async () => {
      const { before, now } = manyChanges();
      const { page } = await openReport([now], { options: { previous: [before] } });
      const list = page.locator(".changes details").filter({ hasText: "Failed since then: 20 accounts" });
      const ids = list.locator("code:visible");
      expect(await ids.count()).toBe(0);
      const title = await list.locator("summary").textContent();
      const isReached = async () => (await page.evaluate("document.activeElement?.textContent")) === title;
      for (let pressed = 0; pressed < 50 && !(await isReached()); pressed += 1) await page.keyboard.press("Tab");
      expect(await isReached()).toBe(true);
      await page.keyboard.press("Enter");
      expect(await ids.allTextContents()).toEqual(Array.from({ length: 20 }, (_, number) => accountId(number)));
      await page.keyboard.press("Enter");
      expect(await ids.count()).toBe(0);
    });

    test("is read without the script, and is not wider than a telephone", async () => {
      const { page } = await open({ javaScriptEnabled: false });
      const text = await page.locator(".changes").first().innerText();
      for (const number of [1, 3, 5, 7, 12]) expect(text).toContain(accountId(number));
      const { page: narrow } = await open({ viewport: { width: 390, height: 844 } });
      expect(await isWithin(narrow, 390)).toBe(true);
    });
  });

  describe("the search", () => {
    test.each([
      ["an id", accountId(3), [3]],
      ["a part of a name, in any case", "LOGISTICS-PROD-53", [53]],
      ["the id of a healthy account", accountId(200), [200]],
      ["the name of a healthy account", accountName(199), [199]],
      ["several ids, as they are pasted", ` ${accountId(200)}, ${accountId(1)}\t${accountId(7)}`, [1, 7, 200]],
      ["what no account has", "nobody", []],
    ])("finds the accounts with %s", async (_what, text, expected) => {
      const { page } = await openReport(reportStates.threeFailed());
      expect(await search(page, text)).toEqual(expected.map(accountId));
      const count = String(expected.length);
      const told = expected.length === 0 ? "No account found" : `Showing ${count} of ${count}`;
      expect(await page.getByRole("status").textContent()).toBe(told);
    });

    test("finds the accounts of an owner, whose name stays text", async () => {
      const [file] = reportStates.threeFailed();
      if (!file) throw new Error("The state is gone.");
      const owner = "<b>Team</b> Pay & Co";
      const { messages, page } = await openReport([
        { ...file, accountOwners: { owners: [{ owner, accountIds: [accountId(1), accountId(5)] }] } },
      ]);
      expect(await search(page, "team</b> pay &")).toEqual([1, 5].map(accountId));
      expect(await page.locator(".grid tbody th small").allTextContents()).toEqual(
        [1, 5].flatMap((number) => [accountName(number), `owner ${owner}`]),
      );
      expect(messages).toEqual([]);
    });

    test("shows the accounts that need a look again once it is empty", async () => {
      const { page } = await openReport(reportStates.threeFailed());
      await search(page, "nobody");
      expect(await search(page, "")).toEqual([1, 3, 5].map(accountId));
    });
  });

  describe("the filters", () => {
    test.each([
      ["a status", { Status: "stuck" }, [1, 3]],
      ["a region", { Region: "eu-west-1", Status: "stuck" }, [1, 3]],
      ["a region where it is well", { Region: "us-east-1", Status: "stuck" }, []],
      ["a cause", { Cause: "1. Stuck" }, [1, 3]],
    ])("leave the accounts with %s", async (_what, filters, expected) => {
      const { page } = await openReport(reportStates.rollout());
      for (const [label, value] of Object.entries(filters)) {
        await page.getByRole("combobox", { name: label, exact: true }).selectOption(value);
      }
      expect(await listed(page)).toEqual(expected.map(accountId));
    });

    test("reach healthy accounts, too", async () => {
      const { page } = await openReport(reportStates.threeFailed());
      await page.getByRole("combobox", { name: "Status", exact: true }).selectOption("ok");
      expect(await page.getByRole("status").textContent()).toBe("Showing 200 of 250");
    });
  });

  test("pages through 1,201 accounts, 200 at a time", async () => {
    const { page } = await openReport(reportStates.manyFailed());
    const more = page.getByRole("button", { name: /^Show \d+ more$/ });
    expect(await listed(page)).toHaveLength(200);
    for (const shown of [400, 600, 800, 1_000]) {
      await more.click();
      expect(await listed(page)).toHaveLength(shown);
    }
    await more.click();
    expect(await more.textContent()).toBe("Show 1 more");
    await more.click();
    expect(await more.count()).toBe(0);
    const ids = await listed(page);
    expect(new Set(ids).size).toBe(1_201);
    expect(await page.getByRole("status").textContent()).toBe("Showing 1,201 of 1,201");
  });

  describe("a cause", () => {
    test("copies its ids, one a line", async () => {
      const { page } = await openReport(reportStates.threeFailed(), {
        permissions: ["clipboard-read", "clipboard-write"],
      });
      const button = page.locator("[data-copy]").first();
      await button.click();
      await page.getByRole("button", { name: "Copied" }).waitFor();
      expect(await page.evaluate("navigator.clipboard.readText()")).toBe(`${accountId(1)}\n${accountId(3)}`);
    });

    test("copies them where the browser gives no clipboard, too", async () => {
      const { page } = await openReport(reportStates.threeFailed());
      await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
      await page.evaluate("addEventListener('copy', () => { window.copied = document.activeElement.value; })");
      await page.locator("[data-copy]").first().click();
      await page.getByRole("button", { name: "Copied" }).waitFor();
      expect(await page.evaluate("window.copied")).toBe(`${accountId(1)}\n${accountId(3)}`);
      expect(await page.locator("textarea").count()).toBe(0);
    });

    test("shows its accounts in the table", async () => {
      const { page } = await openReport(reportStates.threeFailed());
      await page.getByRole("button", { name: "Show in table" }).nth(1).click();
      expect(await listed(page)).toEqual([accountId(5)]);
    });

    test("is told by its number in the table, which leads to it", async () => {
      const { page } = await openReport(reportStates.threeFailed());
      await page.locator(".grid").getByRole("link", { name: "2" }).click();
      expect(await page.locator(":target h4").textContent()).toContain("InsufficientPermissionsException");
    });
  });

  describe("hostile names", () => {
    const names = [
      "<img src=x onerror=window.hit=1>",
      "</script><script>window.hit=1</script>",
      `"&' onfocus=window.hit=1 autofocus x="`,
      "\u202Egnp.exe",
      "W".repeat(50),
      "{{7*7}} ${window.hit=1}",
    ];

    /** Every account has failed and has one of the names, which AWS's code and message repeat. */
    function hostile(name: string): FoundStatus {
      const file = organizationFile({
        accounts: names.length,
        rowOf: (number) => ({
          ...troubles.noRecorder,
          errorMessage: names[number] ?? "",
          errorCode: names[number] ?? "",
        }),
      });
      const text = names.reduce(
        (json, hostileName, number) => json.replaceAll(`"${accountName(number)}"`, JSON.stringify(hostileName)),
        JSON.stringify(file),
      );
      return { ...(JSON.parse(text) as FoundStatus), name };
    }

    test("stay text", async () => {
      const { messages, page } = await openReport([hostile(names[1] ?? "")], {
        options: { contact: names[0] },
      });
      expect(await page.locator(".grid small").allTextContents()).toEqual(
        names.map((name) => name.replace("\u202E", "")),
      );
      expect(await page.evaluate("[window.hit, document.images.length, document.scripts.length]")).toEqual([
        undefined,
        0,
        2,
      ]);
      expect(await page.locator("h2").textContent()).toBe(names[1]);
      expect(messages).toEqual([]);
    });

    test("make the page no wider", async () => {
      const { page } = await openReport([hostile("W".repeat(128))], { viewport: { width: 390, height: 844 } });
      expect(await isWithin(page, 390)).toBe(true);
    });
  });

  describe("without its script", () => {
    test("the page has everything that it says, and no control that does nothing", async () => {
      const { page } = await openReport(reportStates.threeFailed(), { javaScriptEnabled: false });
      const text = await page.locator("body").innerText();
      for (const said of [
        "FAILED",
        "3 of 250 accounts failed",
        "turn the AWS Config recorder on",
        accountId(5),
        accountName(3),
      ]) {
        expect(text.toLowerCase()).toContain(said.toLowerCase());
      }
      expect(await page.locator("button:visible, input:visible, select:visible").count()).toBe(0);
    });

    test("the page names the first 1,000 accounts that need a look, and counts the others", async () => {
      const { page } = await openReport(reportStates.manyFailed(), { javaScriptEnabled: false });
      const ids = await page.locator(".grid tbody th, .plain tbody th").allTextContents();
      expect(new Set(ids.map((id) => id.slice(0, 12))).size).toBe(1_000);
      expect(await page.locator("body").innerText()).toContain("201 accounts more");
    });

    test("and without its style, as Jenkins shows it, the page can be read", async () => {
      const { page } = await openReport(reportStates.threeFailed(), {
        headers: { "content-security-policy": "sandbox; default-src 'none'; style-src 'self'" },
      });
      const text = await page.locator("body").innerText();
      expect(text).toContain("3 of 250 accounts failed, in 2 of 6 regions.");
      expect(text).toContain("Turn the AWS Config recorder on");
    });
  });

  test("prints every account that it found, what is folded, and no control", async () => {
    const { page } = await openReport(reportStates.manyFailed());
    await page.locator(".more-rows button").click();
    await page.emulateMedia({ media: "print" });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await listed(page)).toHaveLength(1_201);
    expect(await page.locator("details:not([open])").count()).toBe(0);
    expect(await page.locator("button:visible, input:visible, select:visible").count()).toBe(0);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await listed(page)).toHaveLength(400);
    expect(await page.locator("details:not([open])").count()).toBeGreaterThan(0);
  });

  describe("the saved files", () => {
    /** What a button saves. */
    async function saved(page: Page, button: Locator): Promise<{ readonly name: string; readonly text: string }> {
      const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
      return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
    }

    test("are the status file, from which a report can be made again", async () => {
      const files = reportStates.threeFailed();
      const { page } = await openReport(files);
      const { name, text } = await saved(page, page.getByRole("button", { name: "Save status as JSON" }));
      expect(name).toBe("security-baseline.json");
      expect(readStatusFiles(text)).toEqual(readStatusFiles(JSON.stringify(files[0])));
    });

    test("are the rows as CSV, which no spreadsheet takes for formulas", async () => {
      const file = organizationFile({
        accounts: 2,
        regions: ["eu-west-1"],
        rowOf: (number) => (number === 0 ? { ...troubles.noRecorder, errorMessage: '=HYPERLINK("x")' } : undefined),
      });
      const { page } = await openReport([file]);
      const { name, text } = await saved(page, page.getByRole("button", { name: "Save rows as CSV" }));
      expect(name).toBe("security-baseline.csv");
      const [head = "", first = "", second = ""] = text.split("\r\n");
      expect(head).toMatch(/^pack,region,account_id,account_name,outcome,status,/);
      expect(first).toContain(`security-baseline,eu-west-1,${accountId(0)},${accountName(0)},failed,CREATE_FAILED,`);
      expect(first).toContain(`"'=HYPERLINK(""x"")"`);
      expect(second).toContain(`${accountId(1)},${accountName(1)},successful,CREATE_SUCCESSFUL,,,2026-`);
    });
  });

  test.each([
    [2 * 3_600_000, "(2 hours ago)", ""],
    [3 * day, "(3 days ago)", "This page is 3 days old. Look the status up again before you rely on it."],
    [-day, "UTC", ""],
  ])("tells its age of %d milliseconds", async (age, ago, notice) => {
    const { page } = await openReport(reportStates.passed(), { now: new Date(lookedUpAt.getTime() + age) });
    expect(await page.locator("time[data-age]").textContent()).toContain(ago);
    expect(await page.locator(".old").textContent()).toBe(notice);
    expect(await page.locator(".old").isVisible()).toBe(notice !== "");
  });

  test("of 10,000 accounts in 17 regions has at most a megabyte and 6,000 elements", async () => {
    const files = reportStates.manyFailed();
    expect(Buffer.byteLength(renderHtml(files, { now: lookedUpAt, show: "problems" }))).toBeLessThan(1_000_000);
    const { page } = await openReport(files);
    expect(await page.locator("*").count()).toBeLessThan(6_000);
  });
});

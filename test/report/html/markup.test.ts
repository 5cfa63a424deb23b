import { type Content, html, inline, json } from "../../../report/html/markup";

describe("html", () => {
  test.each<[string, Content, string]>([
    ["an element", "<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"],
    ["the end of an attribute", `" onload="x`, "&quot; onload=&quot;x"],
    ["the end of an attribute in single quotes", "' x", "&#39; x"],
    ["an entity", "&lt;", "&amp;lt;"],
    ["a number", 0, "0"],
    ["nothing", undefined, ""],
    ["a condition that does not hold", false, ""],
    ["a list", ["<", "a"], "&lt;a"],
    ["a template", html`<b>${"<"}</b>`, "<b>&lt;</b>"],
  ])("puts %s in as text, unless it is a template", (_, content, expected) => {
    expect(html`${content}`.toString()).toBe(expected);
  });

  test("leaves out the indentation of the template, but not that of what is put in", () => {
    const paragraph = html`<p>
      ${"two\n  lines"}
      <b>and three</b>
    </p>`;
    expect(paragraph.toString()).toBe("<p>\ntwo\n  lines\n<b>and three</b>\n</p>");
  });
});

test("JSON can't end its block, and stays JSON", () => {
  const value = { name: "</script><!--" };
  const text = json(value).toString();
  expect(text).not.toContain("<");
  expect(JSON.parse(text)).toEqual(value);
});

test("a file that would end its own element is refused", () => {
  expect(() => inline("script", "'</SCRIPT>'")).toThrow("end its own element");
});

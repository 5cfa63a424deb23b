import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { anchorsOf, page, pages, proseOf, repository } from "./pages";

const all = pages();

test.each(all)("every link of $path leads to a file and a heading that exist", (of) => {
  const broken = linksOf(proseOf(of)).filter((target) => !leadsSomewhere(of.path, target));
  expect(broken).toEqual([]);
});

test("every page of docs/ is reachable from the README", () => {
  const linked = new Set(linksOf(page("README.md").text).map((target) => target.replace(/#.*/, "")));
  const paths = all.map(({ path }) => path).filter((path) => path !== "README.md");
  expect(paths.filter((path) => !linked.has(path))).toEqual([]);
});

test("every path that CONTRIBUTING.md names exists", () => {
  const spans = [...page("CONTRIBUTING.md").text.matchAll(/`(\w[\w.-]*\/[\w./-]*)`/g)].map(([, path = ""]) => path);
  const paths = spans.filter((path) => existsSync(join(repository, path.split("/", 1).join())));
  expect(paths).toContain("core/status/judge.ts");
  expect(paths.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
});

test("the README stays short, and its terminal output fits 80 columns", () => {
  const { text } = page("README.md");
  expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(250);
  const terminal = [...text.matchAll(/^```text\n([^]*?)^```$/gm)].map(([, shown = ""]) => shown).join("");
  expect(terminal).not.toBe("");
  expect(terminal.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

/** The targets of a page's links, but those to other sites. */
function linksOf(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

function leadsSomewhere(from: string, target: string): boolean {
  const [file = "", anchor] = target.split("#");
  const path = file === "" ? from : normalize(join(dirname(from), file));
  if (!existsSync(join(repository, path))) return false;
  return anchor === undefined || (path.endsWith(".md") && anchorsOf(page(path)).includes(anchor));
}

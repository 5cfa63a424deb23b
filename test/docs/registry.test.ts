import { load } from "js-yaml";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { schemaFile } from "../../tools/providerSchema";
import { blocksOf, page, repository } from "./pages";
import { typeProblems } from "./typeProblems";

const schema = JSON.parse(readFileSync(schemaFile, "utf8")) as {
  readonly config: { readonly variables: Readonly<Record<string, { description: string; secret?: true }>> };
};
const overview = page("docs/registry/_index.md");
const installation = page("docs/registry/installation-configuration.md");
const languages = ["typescript", "python", "go", "csharp", "java", "yaml"];

test.each([overview, installation])("$path has the front matter that the registry wants", ({ text }) => {
  const [, frontMatter = ""] = /^---\n([^]*?)\n---\n/.exec(text) ?? [];
  const { layout, meta_desc: description, title } = load(frontMatter) as Readonly<Record<string, string>>;
  expect(layout).toBe("package");
  expect(title).toContain("Organization Conformance");
  expect(description?.length).toBeGreaterThan(40);
});

test("the example is there in each language, in its part of the chooser", () => {
  expect(overview.text).toContain(`{{< chooser language "${languages.join(",")}" >}}`);
  const parts = [
    ...overview.text.matchAll(/^{{% choosable language (\w+) %}}\n\n```(\w+)\n[^]*?^```\n\n{{% \/choosable %}}$/gm),
  ];
  expect(parts.map(([, chosen, written]) => [chosen, written])).toEqual(languages.map((name) => [name, name]));
});

test("the example in TypeScript has no type error", () => {
  const [program = ""] = blocksOf(overview).flatMap(({ code, language }) => (language === "typescript" ? code : []));
  expect(program).toContain("conformance");
  expect(typeProblems([program])).toEqual([[]]);
});

test("the page lists each setting of the provider, with the schema's description", () => {
  const [, table = ""] = /<!-- settings:start -->([^]*)<!-- settings:end -->/.exec(installation.text) ?? [];
  const rows = table
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  expect(rows.map(([, name, secret, description]) => [name, secret, description])).toEqual(
    Object.entries(schema.config.variables).map(([name, { description, secret }]) => [
      `\`org-conformance:${name}\``,
      secret ? "yes" : "",
      description,
    ]),
  );
});

test.each(["python", "go", "yaml"])("the %s example names the plugin by its folder in the checkout", (example) => {
  const folder = join(repository, "examples", example);
  const { plugins } = load(readFileSync(join(folder, "Pulumi.yaml"), "utf8")) as {
    readonly plugins: { readonly providers: readonly { readonly name: string; readonly path: string }[] };
  };
  expect(plugins.providers.map(({ name, path }) => [name, join(folder, path)])).toEqual([
    ["org-conformance", join(repository, "node_modules", "pulumi-org-conformance", "plugin")],
  ]);
});

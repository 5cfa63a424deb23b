import { load } from "js-yaml";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import groups from "../mutation/groups.json";

interface Nightly {
  readonly jobs: {
    readonly mutation: { readonly strategy: { readonly matrix: { readonly group: readonly string[] } } };
  };
}

test("every group of mutated files has its turn each night", () => {
  const workflow = readFileSync(join(__dirname, "../../.github/workflows/nightly.yml"), "utf8");
  const nightly = load(workflow) as Nightly;
  expect(nightly.jobs.mutation.strategy.matrix.group).toEqual(Object.keys(groups));
});

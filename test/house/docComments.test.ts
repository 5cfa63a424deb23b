import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { reasonRules } from "../../core/status/reasons";

const root = join(__dirname, "../..");
const question = /(?:\/\*\*|^ *\*|@param \w+ -|@returns) (?:Whether|What|How)\b.*/gm;

test.each(["core", "provider", "sdk/nodejs", "policy", "report", "emulator", "cli", "tools"])(
  "the doc comments of %s/ open with the thing, not with a question about it",
  (folder) => {
    const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).filter(
      (name) => name.endsWith(".ts") && !name.endsWith(".d.ts"),
    );
    expect(files).not.toEqual([]);
    const found = files.flatMap((name) =>
      [...readFileSync(join(root, folder, name), "utf8").matchAll(question)].map(([line]) => `${name}: ${line}`),
    );
    expect(found).toEqual([]);
  },
);

test("the doc comment of a reason's code lists each code under its verdict, in the order of the rules", () => {
  const source = readFileSync(join(root, "core/status/reasons.ts"), "utf8");
  const [comment = ""] = /Its code, for programs:[^]*?\*\//.exec(source) ?? [];
  const listed = [...comment.replace(/\n +\* +(?!-)/g, " ").matchAll(/- `([A-Z_]+)`[^:]*: (.*)\./g)].map(
    ([, verdict, codes = ""]) => [verdict, codes.match(/\w+(?=`)/g)],
  );
  const verdicts = [...new Set(Object.values(reasonRules).map(({ verdict }) => verdict))];
  expect(Object.fromEntries(listed)).toEqual(
    Object.fromEntries(
      verdicts.map((verdict) => [
        verdict,
        Object.entries(reasonRules).flatMap(([code, rule]) => (rule.verdict === verdict ? [code] : [])),
      ]),
    ),
  );
});

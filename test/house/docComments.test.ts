import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

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

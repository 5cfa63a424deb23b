import { join } from "node:path";
import { exports } from "../../package.json";
import { awsSdk, root, runAlone } from "../policy/loadedModules";

/** The entry points that make requests as soon as they are used. The others load the AWS SDK with the first lookup. */
const lookUpAtOnce = ["./core", "./provider"];

const entryPoints = Object.entries(exports).flatMap(([name, entry]) =>
  typeof entry === "string" ? [] : [{ name, file: join(root, entry.default) }],
);

test.each(entryPoints)(
  "$name loads two files of the package, and the AWS SDK only where it needs it",
  async (entry) => {
    const { modules } = await runAlone(`require(${JSON.stringify(entry.file)});`);
    expect(modules.filter((file) => file.endsWith(".js") && !file.includes("/node_modules/"))).toEqual([
      entry.file,
      join(root, "dist/modules.js"),
    ]);
    expect(modules.some((file) => awsSdk.test(file))).toBe(lookUpAtOnce.includes(entry.name));
  },
);

test("an error that `./core` throws is an instance of the program's classes", async () => {
  const { result } = await runAlone(`
    const core = require(root + "/dist/core");
    const program = require(root + "/dist/sdk/nodejs");
    return new core.InvalidArgumentsError([{ property: "name", reason: "It is empty." }]) instanceof program.OrgConformanceError;`);
  expect(result).toBe(true);
});

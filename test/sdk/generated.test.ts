import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { generatedFolders, generateSdks, sdkFolder } from "../../tools/sdkgen/generateSdks";
import { testWith } from "../builders/testWith";

testWith("go", "version", "the SDKs are what `npm run sdk` makes of the schema", async () => {
  const fresh = await mkdtemp(join(tmpdir(), "org-conformance-sdks-"));
  try {
    await generateSdks(fresh);
    for (const folder of generatedFolders) {
      const expected = filesIn(join(fresh, folder));
      expect(expected.size).toBeGreaterThan(5);
      expect(filesIn(join(sdkFolder, folder))).toEqual(expected);
    }
  } finally {
    await rm(fresh, { recursive: true });
  }
});

/** The text of each file, by path. Python leaves its own files beside what it loads. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/__pycache__|\.egg-info/.test(entry.parentPath))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path), readFileSync(path, "utf8")]),
  );
}

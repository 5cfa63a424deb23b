import { execFile, execFileSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { emulate } from "../builders/emulator";
import { bundle, environment } from "./commandLine";

/** Runs a command line on a terminal of this width, and returns all that the terminal was sent. */
function onTerminal(columns: number, args: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      "script",
      ["-qec", `stty cols ${String(columns)}; "${process.execPath}" "${bundle}" ${args}`, "/dev/null"],
      { env: { ...environment, TERM: "xterm-256color", SHELL: "/bin/sh", ...env } },
      (_, stdout) => {
        resolve(stdout.replaceAll("\r\n", "\n"));
      },
    );
  });
}

const hasScript = isInstalled();
const emulated = {
  packs: ["us-east-1", "eu-west-1"].map((region) => ({ name: "baseline", members: 250, failing: 3, region })),
};
const flags = "-r us-east-1,eu-west-1 --expected organization --endpoint-url";

function isInstalled(): boolean {
  try {
    // macOS has another one.
    return execFileSync("script", ["--version"], { encoding: "utf8" }).includes("util-linux");
  } catch {
    return false;
  }
}

(hasScript || process.env.CI ? describe : describe.skip)("on a terminal (with util-linux's script)", () => {
  test.each([40, 80, 140])("of %s columns, lines wrap, and no account id breaks", async (columns) => {
    const { endpoint } = await emulate(emulated);
    const shown = stripVTControlCharacters(await onTerminal(columns, `status baseline ${flags} ${endpoint}`));
    expect(shown).toMatch(/^✗ FAILED +baseline/);
    for (const id of ["200041000123", "200125000375", "200208000624"]) expect(shown).toContain(id);
    const tooWide = shown.split("\n").filter((line) => line.length > columns);
    expect(columns < 80 ? tooWide.filter((line) => line.includes(" ".repeat(20))) : tooWide).toEqual([]);
  });

  test("colours can be turned off", async () => {
    const { endpoint } = await emulate(emulated);
    const line = `status baseline ${flags} ${endpoint}`;
    expect(await onTerminal(80, line)).toContain("\u001b[31m");
    for (const text of [await onTerminal(80, line, { NO_COLOR: "1" }), await onTerminal(80, `${line} --color never`)]) {
      expect(text).not.toContain("\u001b[");
      expect(text).toContain("✗ FAILED");
    }
  });

  test("a wait shows a bar in one line, and then the report", async () => {
    const { endpoint } = await emulate({ packs: [{ name: "baseline", members: 20, rolloutMs: 2_500 }] });
    const text = await onTerminal(80, `wait baseline --poll 0.3 --endpoint-url ${endpoint}`);
    expect(stripVTControlCharacters(text)).toMatch(/baseline {2}\d+ of 20 accounts done {2}█*░+ {2}0 failed {2}\d+s/);
    expect(stripVTControlCharacters(text).trimEnd().split("\n").at(-1)).toContain("UTC");
    // One line: nothing goes up, and the cursor comes back.
    expect(text).not.toContain("\u001b[1A");
    expect(text).toContain("\u001b[?25h");
  });
});

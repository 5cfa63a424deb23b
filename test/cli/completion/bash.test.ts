import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { atTheEnd } from "../../builders/cleanUp";
import { bundle, environment, run } from "../commandLine";

// Windows has no bash of its own; everywhere else that the tests run, there is one.
const describeWithBash = process.platform === "win32" ? describe.skip : describe;

const name = "pulumi-org-conformance";

/** The words that bash completes a line to, by the function that the script registers. */
async function completed(line: string): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "org-conformance-completion-"));
  atTheEnd(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, name), `#!/bin/sh\nexec "${process.execPath}" "${bundle}" "$@"\n`, { mode: 0o755 });
  const script = `
    eval "$(${name} completion bash)"
    eval "$(${name} completion bash)"
    [[ "$(complete -p ${name})" =~ -F\\ ([^\\ ]+) ]] || exit 1
    COMP_LINE="$1" COMP_POINT=\${#1}
    read -ra COMP_WORDS <<< "$1"
    [[ "$1" != *' ' ]] || COMP_WORDS+=("")
    COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
    "\${BASH_REMATCH[1]}" ${name} "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD-1]}" || exit 2
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stderr, stdout } = await promisify(execFile)("bash", ["--norc", "-c", script, "bash", line], {
    cwd: folder,
    env: { ...environment, PATH: `${folder}:${environment.PATH ?? ""}`, HOME: folder },
  });
  expect(stderr).toBe("");
  return stdout.split("\n").filter(Boolean);
}

describeWithBash("the script for bash, however often it is read", () => {
  test.each<[line: string, words: readonly string[]]>([
    [`${name} stat`, ["status"]],
    [`${name} config `, ["check", "help"]],
    [`${name} status --exp`, ["--expected"]],
    [`${name} status baseline --con`, ["--config", "--contact"]],
    [`${name} completion b`, ["bash"]],
  ])("completes %s", async (line, words) => {
    expect((await completed(line)).toSorted()).toEqual(words);
  });

  test("leaves files to bash, and runs nothing that stands in the line", async () => {
    expect(await completed(`${name} report `)).toEqual([]);
    const folder = await mkdtemp(join(tmpdir(), "org-conformance-hit-"));
    atTheEnd(() => rm(folder, { recursive: true }));
    for (const word of [
      `$(touch\${IFS}${folder}/hit)`,
      `\`touch\${IFS}${folder}/hit\``,
      `;touch\${IFS}${folder}/hit;`,
    ]) {
      expect(await completed(`${name} status ${word} --contac`)).toEqual(["--contact"]);
    }
    await expect(rm(join(folder, "hit"))).rejects.toThrow("ENOENT");
  });
});

test("completion prints a script for zsh, too, and names the shells that it knows", async () => {
  const zsh = await run(["completion", "zsh"]);
  expect(zsh).toMatchObject({
    code: 0,
    stderr: "",
    stdout: expect.stringMatching(/^#compdef pulumi-org-con/) as string,
  });
  const other = await run(["completion", "tcsh"]);
  expect(other).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/bash, zsh/) as string });
  expect(await run(["completion"])).toMatchObject({ code: 2 });
});

import { execFileSync } from "node:child_process";

/** A process of this machine. */
export interface Process {
  readonly pid: number;
  readonly args: string;
}

/** All processes that a process started, and those that these started. */
export function processesBelow(parent: number): readonly Process[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .flatMap((line) => {
      const [, pid, ppid, args = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined ? [] : [{ pid: Number(pid), ppid: Number(ppid), args }];
    });
  const below = (pid: number): typeof table =>
    table.filter(({ ppid }) => ppid === pid).flatMap((entry) => [entry, ...below(entry.pid)]);
  return below(parent);
}

/** Whether there was such a process. */
export function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    // 0 and below are not one process.
    return pid > 0 && process.kill(pid, signal);
  } catch {
    return false;
  }
}

const family = new Set<number>();

/** Remembers what `pid` started: once it is killed, nothing says that these belong to it. The test's end kills them. */
export function rememberFamily(pid: number): readonly Process[] {
  const processes = processesBelow(pid);
  for (const each of [pid, ...processes.map((child) => child.pid)]) family.add(each);
  return processes;
}

afterEach(() => {
  // What a killed run left behind, and what a test started that failed before it ended. Most are gone already.
  for (const pid of family)
    for (const each of [...processesBelow(pid).map((child) => child.pid), pid]) send(each, "SIGKILL");
  family.clear();
});

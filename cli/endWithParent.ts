/**
 * Calls `end` once the process that started this one is gone. Otherwise a server that a script or npm started in the
 * background would outlive it.
 */
export function endWithParent(end: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end();
  }, 500).unref();
}

/**
 * Ends this process once the engine that started it was killed: nobody would learn what a wait finds, and it would go on
 * asking AWS until its time is over.
 *
 * @returns What ends the watch.
 */
export function exitWithTheEngine(): () => void {
  const engine = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== engine) process.exit(1);
  }, 1_000).unref();
  return () => {
    clearInterval(watch);
  };
}

/**
 * Ends this process when the engine that started it has been killed: the result of a wait would reach nobody, and the
 * wait would go on asking AWS until its timeout.
 *
 * @returns A function that stops watching.
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

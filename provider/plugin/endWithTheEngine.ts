import { exitWithTheEngine } from "../exitWithTheEngine";

/** Ends this process at once when the engine that started it is gone: what it finds would reach nobody. */
export function endWithTheEngine(): void {
  // The engine holds the other end, and writes nothing.
  process.stdin.resume();
  for (const event of ["end", "close", "error"] as const) {
    process.stdin.once(event, () => {
      process.exit(0);
    });
  }
  exitWithTheEngine();
}

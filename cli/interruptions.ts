/** The exit code after Ctrl-C, as shells give it. */
export const interrupted = 130;

/** A signal that Ctrl-C, or the end of a CI job, aborts. The second Ctrl-C ends the process at once. */
export function interruptions(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const abort = (): void => {
    if (controller.signal.aborted) process.exit(interrupted);
    controller.abort();
  };
  const names = ["SIGINT", "SIGTERM"] as const;
  for (const name of names) process.on(name, abort);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of names) process.off(name, abort);
    },
  };
}

/**
 * Shows a line in the engine's display: progress only at once, a warning under "Diagnostics" at the end of the run too.
 * The engine shows in both places what a provider prints.
 */
export function showLine(severity: "info" | "warning", line: string): void {
  try {
    const { engine, log } = (connection ??= connect());
    engine(() => void (severity === "info" ? log.info(line, undefined, undefined, true) : log.warn(line)));
  } catch {
    // No engine started this process, or its SDK keeps its state elsewhere: twice is better than never.
    process.stdout.write(`${line}\n`);
  }
}

let connection: ReturnType<typeof connect> | undefined;

/** The engine passes its address to a dynamic provider's process, where Pulumi's SDK does not read it. */
function connect() {
  const [, , address = ""] = process.argv;
  if (!/^(127\.0\.0\.1|localhost|\[::1\]):\d+$/.test(address)) throw new Error("There is no engine.");
  const { log } = require("@pulumi/pulumi") as typeof import("@pulumi/pulumi");
  const { LocalStore } = require("@pulumi/pulumi/runtime/state") as typeof import("@pulumi/pulumi/runtime/state") &
    SdkState;
  // A store of its own: other dynamic providers may run in this process too.
  const store = new LocalStore();
  store.settings.options.engineAddr = address;
  return {
    log,
    engine: (send: () => void) => {
      globalThis.asyncLocalStorage.run(store, send);
    },
  };
}

/** The place where Pulumi's Node.js SDK keeps an engine's address; it has no public name. */
interface SdkState {
  readonly LocalStore: new () => { readonly settings: { readonly options: { engineAddr?: string } } };
}

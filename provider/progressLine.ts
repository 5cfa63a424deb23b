/**
 * Shows a line in the engine's display while a run goes on. What a provider prints is shown twice: when it is printed,
 * and again under "Diagnostics" when the run is over. Of what is logged as ephemeral, the latter is left out.
 */
export function showProgressLine(line: string): void {
  try {
    const { engine, log } = (connection ??= connect());
    engine(() => void log.info(line, undefined, undefined, true));
  } catch {
    // Not started by an engine, or by an SDK that keeps its state elsewhere: twice is better than not at all.
    process.stdout.write(`${line}\n`);
  }
}

let connection: ReturnType<typeof connect> | undefined;

/** The engine gives a dynamic provider's process its address, and the SDK there takes no notice of it. */
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

/** How Pulumi's Node.js SDK keeps an engine's address, without a public name. */
interface SdkState {
  readonly LocalStore: new () => { readonly settings: { readonly options: { engineAddr?: string } } };
}

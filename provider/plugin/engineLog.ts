import { type Client, credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** The engine's log: what a plugin prints itself, the engine does not show. */
export class EngineLog {
  #engine: EngineClient | undefined;
  #address: string | undefined;

  /** @param address - Of the engine; it starts a plugin with it, or attaches later. */
  constructor(address?: string) {
    this.connectTo(address);
  }

  connectTo(address: string | undefined): void {
    if (address === undefined || address === "" || address === this.#address) return;
    this.close();
    this.#address = address;
  }

  close(): void {
    (this.#engine as Client | undefined)?.close();
    this.#engine = undefined;
  }

  /** Shows a line in the row of a resource. Only a warning is shown again at the end of the run. */
  show(urn: string, severity: "info" | "warning", text: string): void {
    const request = new LogRequest();
    request.setUrn(urn);
    request.setSeverity(LogSeverity[severity === "info" ? "INFO" : "WARNING"]);
    request.setMessage(text);
    request.setEphemeral(severity === "info");
    this.#send(request);
  }

  /** Shows a warning at the end of the run, under the stack. */
  warn(text: string): void {
    this.#send(new LogRequest().setSeverity(LogSeverity.WARNING).setMessage(text));
  }

  #send(request: LogRequest): void {
    if (this.#address === undefined) return;
    this.#engine ??= new EngineClient(this.#address, credentials.createInsecure());
    this.#engine.log(request, () => {
      // A line that did not arrive is no reason to end a wait.
    });
  }
}

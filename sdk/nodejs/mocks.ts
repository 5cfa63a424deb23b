import * as pulumi from "@pulumi/pulumi";

/**
 * True if the program runs under `pulumi.runtime.setMocks`: a unit test must not reach AWS. Another copy of Pulumi's SDK
 * may have set the mocks, and its `MockMonitor` is another class; the engine's own monitor has no `mocks`.
 */
export function isMocked(): boolean {
  return pulumi.runtime.hasMonitor() && "mocks" in (pulumi.runtime.getMonitor() ?? {});
}

import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";

/** A program that gives up when it gets a message. Its argument is the endpoint of AWS. */
async function main(endpoint: string): Promise<void> {
  const controller = new AbortController();
  process.once("message", () => {
    process.disconnect();
    controller.abort(new Error("Enough."));
  });
  const settings = {
    region: "us-east-1",
    assumeRoles: [],
    endpoints: { configservice: endpoint, organizations: endpoint, sts: endpoint },
    credentials: { accessKeyId: "AKIAEMULATED", secretAccessKey: "emulated" },
  };
  const args = { name: "baseline", maxAttempts: 100, expectedAccounts: "organization" } as const;
  try {
    await gatherPackStatus(args, { settings, signal: controller.signal });
  } catch (error) {
    process.stdout.write(`${(error as Error).message}\n`);
  }
  // It fires only in a process that something else keeps alive.
  setTimeout(() => process.stdout.write("Still running.\n"), 3_000).unref();
}

void main(process.argv[2] ?? "");

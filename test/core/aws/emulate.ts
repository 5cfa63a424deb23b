import { type Emulator, type EmulatorOptions, startEmulator } from "../../../emulator";
import { Failure, OrgConformanceError } from "../../../core/errors";
import type { AwsSettings } from "../../../core/aws/settings";

const running: Emulator[] = [];

afterEach(async () => {
  // A test may have stopped one itself.
  await Promise.allSettled(running.splice(0).map((emulator) => emulator.stop()));
});

/** An emulator that the end of the test stops. */
export async function emulate(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  running.push(emulator);
  return emulator;
}

/** Settings that reach nothing but `endpoint`. */
export function settingsFor(endpoint: string, others: Partial<AwsSettings> = {}): AwsSettings {
  return {
    region: "us-east-1",
    assumeRoles: [],
    endpoints: { configservice: endpoint, organizations: endpoint, sts: endpoint },
    credentials: { accessKeyId: "AKIAEMULATED", secretAccessKey: "emulated" },
    ...others,
  };
}

/** The error of this package that `promise` is rejected with. */
export async function lookupErrorOf(promise: Promise<unknown>): Promise<OrgConformanceError> {
  const error: unknown = await rejectionOf(promise);
  expect(error).toBeInstanceOf(OrgConformanceError);
  return error as OrgConformanceError;
}

/** The error of the failure that `promise`, a part of a lookup, is rejected with. */
export async function failureErrorOf(promise: Promise<unknown>): Promise<OrgConformanceError> {
  const failure: unknown = await rejectionOf(promise);
  expect(failure).toBeInstanceOf(Failure);
  return (failure as Failure).toError();
}

/** What `promise` is rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    () => new Error("It was not rejected."),
    (error: unknown) => error as Error,
  );
  if (outcome.message === "It was not rejected.") throw outcome;
  return outcome;
}

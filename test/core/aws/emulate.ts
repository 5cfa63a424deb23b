import { OrgConformanceError } from "../../../core/errors/errors";
import type { AwsSettings } from "../../../core/aws/settings";

export { emulate } from "../../builders/emulator";

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

/** What `promise` is rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    () => new Error("It was not rejected."),
    (error: unknown) => error as Error,
  );
  if (outcome.message === "It was not rejected.") throw outcome;
  return outcome;
}

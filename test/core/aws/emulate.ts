import { randomUUID } from "node:crypto";
import { Failure, OrgConformanceError } from "../../../core/errors";
import type { AwsSettings } from "../../../core/aws/settings";

export { emulate } from "../../builders/emulator";

/**
 * Settings that reach nothing but `endpoint`, with an identity of their own: what a process remembers of one must not
 * reach the next emulator at the same port.
 */
export function settingsFor(endpoint: string, others: Partial<AwsSettings> = {}): AwsSettings {
  return {
    region: "us-east-1",
    assumeRoles: [],
    endpoints: { configservice: endpoint, organizations: endpoint, sts: endpoint },
    credentials: { accessKeyId: "AKIAEMULATED", secretAccessKey: `emulated-${randomUUID()}` },
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

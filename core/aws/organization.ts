import { performance } from "node:perf_hooks";
import { Failure } from "../errors";
import type { Organization } from "../status/organization";
import type { ClientLimits } from "./awsConnection";
import type { AwsCall } from "./callAws";
import { identityKey } from "./credentials";
import { readAccounts } from "./organizationAccounts";
import type { AwsSettings } from "./settings";
import { unlessAborted } from "./unlessAborted";

/** A reading that lookups share. */
interface Reading {
  readonly outcome: Promise<Organization>;
  readonly controller: AbortController;
  /** The lookups that wait for it. */
  waiting: number;
  /** By the clock that no one sets; `undefined` while it is being read, or when it has failed. */
  readAt?: number;
}

const readings = new Map<string, Reading>();
/** A process may live for days and run many updates: accounts come and go meanwhile. */
const maxAgeMs = 300_000;

/**
 * All accounts of the caller's organization. They are read once an identity in this process, and again after five minutes.
 * A reading that failed, or that no one waits for any more, is not kept.
 *
 * @param isAnew - Reads them now, or waits for who does.
 * @throws A `Failure`; the signal's reason when it aborts.
 */
export async function readOrganization(
  settings: AwsSettings,
  { maxAttempts, requestTimeoutSeconds }: ClientLimits,
  { packName, region, signal }: Omit<AwsCall, "action" | "service">,
  isAnew = false,
): Promise<Organization> {
  const limits = { maxAttempts, requestTimeoutSeconds };
  const key = identityKey(settings, limits);
  let reading = readings.get(key);
  if (!reading || (reading.readAt !== undefined && (isAnew || performance.now() - reading.readAt > maxAgeMs))) {
    reading = startReading((signal) => readAccounts(settings, limits, { packName, region, signal }));
    readings.set(key, reading);
  }
  reading.waiting += 1;
  try {
    return await unlessAborted(reading.outcome, signal);
  } catch (error) {
    // Another lookup may have begun the reading.
    throw error instanceof Failure ? error.in({ packName, region }) : error;
  } finally {
    reading.waiting -= 1;
    if (reading.waiting === 0 && reading.readAt === undefined) {
      reading.controller.abort();
      if (readings.get(key) === reading) readings.delete(key);
    }
  }
}

function startReading(read: (signal: AbortSignal) => Promise<Organization>): Reading {
  const controller = new AbortController();
  const outcome = read(controller.signal).then((organization) => {
    reading.readAt = performance.now();
    return organization;
  });
  const reading: Reading = { outcome, controller, waiting: 0 };
  return reading;
}

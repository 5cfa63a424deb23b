import { performance } from "node:perf_hooks";
import { Failure } from "../errors";
import type { Organization, OrganizationTree } from "../status/organization";
import type { ClientLimits } from "./awsConnection";
import type { AwsCall } from "./callAws";
import { identityKey } from "./credentials";
import { readAccounts } from "./organizationAccounts";
import { readTree, type TreeQuestion } from "./organizationTree";
import type { AwsSettings } from "./settings";
import { unlessAborted } from "./unlessAborted";

/** A reading that lookups share. */
interface Reading {
  readonly outcome: Promise<unknown>;
  readonly controller: AbortController;
  /** The lookups that wait for it. */
  waiting: number;
  /** By the clock that no one sets; `undefined` while it is being read, or when it has failed. */
  readAt?: number;
}

const readings = new Map<string, Reading>();
/** A process may live for days and run many updates: accounts come and go meanwhile. */
const maxAgeMs = 300_000;

/** Where a reading is for, and how long it may be waited for. */
type ReadingCall = Omit<AwsCall, "action" | "service">;

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
  call: ReadingCall,
  isAnew = false,
): Promise<Organization> {
  const limits = { maxAttempts, requestTimeoutSeconds };
  return shared(identityKey(settings, limits), call, isAnew, (call) => readAccounts(settings, limits, call));
}

/** The same for a part of the organization's tree. */
export async function readOrganizationTree(
  settings: AwsSettings,
  { maxAttempts, requestTimeoutSeconds }: ClientLimits,
  call: ReadingCall,
  question: TreeQuestion,
  isAnew = false,
): Promise<OrganizationTree> {
  const limits = { maxAttempts, requestTimeoutSeconds };
  const key = `${identityKey(settings, limits)} ${JSON.stringify(question)}`;
  return shared(key, call, isAnew, (call) => readTree(settings, limits, call, question));
}

async function shared<T>(
  key: string,
  { packName, region, signal }: ReadingCall,
  isAnew: boolean,
  read: (call: ReadingCall) => Promise<T>,
): Promise<T> {
  let reading = readings.get(key);
  if (!reading || (reading.readAt !== undefined && (isAnew || performance.now() - reading.readAt > maxAgeMs))) {
    reading = startReading((signal) => read({ packName, region, signal }));
    readings.set(key, reading);
  }
  reading.waiting += 1;
  try {
    // What a key stands for is always read in the same way.
    return (await unlessAborted(reading.outcome, signal)) as T;
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

function startReading(read: (signal: AbortSignal) => Promise<unknown>): Reading {
  const controller = new AbortController();
  const outcome = read(controller.signal).then((read) => {
    reading.readAt = performance.now();
    return read;
  });
  const reading: Reading = { outcome, controller, waiting: 0 };
  return reading;
}

import { borrowConfigClient } from "../aws/configClient";
import { memberStatusPages } from "../aws/memberStatusPages";
import type { AwsSettings } from "../aws/settings";
import type { MemberStatus } from "../status/memberStatus";
import type { GatherOptions } from "./gatherOptions";
import { refuseProblems, settingsFor } from "./lookupArgs";
import { lookupError } from "./lookupError";
import { lookupRegions } from "./lookupRegions";
import { LookupSignals } from "./lookupSignals";
import { pageRequests, wantedRows } from "./memberRows";
import { type MemberStatusesArgs, refuseArgsOfVerdict } from "./memberStatusesArgs";

/**
 * The rows as their pages arrive, region after region, for programs that stream. A row comes again only
 * when it changed while the pages were read. An account has several rows where their pack names differ. Nothing is
 * judged.
 *
 * While a page is read, the next one of its region is requested, and no more. When the reader stops, that request is
 * aborted.
 *
 * `timeoutSeconds` has no default here: how long a stream takes is up to its reader.
 *
 * @throws A subclass of `OrgConformanceError`; the signal's reason when it aborts.
 */
export async function* streamMemberStatuses(
  args: MemberStatusesArgs,
  options: GatherOptions,
): AsyncGenerator<MemberStatus, void, undefined> {
  refuseProblems(args);
  refuseArgsOfVerdict(args);
  const settings = settingsFor(args, options.settings);
  const signals = new LookupSignals(options.signal, args.timeoutSeconds);
  for (const region of await lookupRegions(args, settings)) {
    try {
      yield* rowsOf(args, region, settings, signals.signal);
    } catch (error) {
      // A stream reads the rows alone.
      const read = { aggregate: false };
      throw await lookupError([signals.failureOf(error, args.name, region)], read, settings, signals);
    }
  }
}

async function* rowsOf(
  args: MemberStatusesArgs,
  region: string,
  settings: AwsSettings,
  signal: AbortSignal,
): AsyncGenerator<MemberStatus, void, undefined> {
  const isWanted = wantedRows(args);
  const seen = new Map<string, string>();
  const { client, release } = borrowConfigClient(settings, region, args);
  try {
    for (const request of pageRequests(args, region, signal)) {
      for await (const event of memberStatusPages(client, request)) {
        for (const row of event.kind === "page" ? event.rows.filter(isWanted) : []) {
          const text = JSON.stringify(row);
          const key = `${row.accountId} ${row.conformancePackName}`;
          if (seen.get(key) === text) continue;
          seen.set(key, text);
          yield row;
        }
      }
    }
  } finally {
    release();
  }
}

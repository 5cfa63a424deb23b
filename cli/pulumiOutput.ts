import { isPlainObject } from "../core/checks/check";
import { OrgConformanceError } from "../core/errors";
import { exitCodes } from "../core/statusFile/exitCodes";
import { failedLookupFileOf, statusFileOf } from "../core/statusFile/makeStatusFile";
import type { PulumiRun, StatusFile } from "../core/statusFile/statusFile";
import { plural } from "../core/text/plural";
import { sanitize } from "../core/text/sanitize";
import { type Properties, lookupArgsOf } from "../provider/gateInputs";
import { isStatusType } from "../provider/pulumiTokens";
import { unknownText } from "../provider/unknown";
import { placeOf, typeOf } from "../provider/urn";
import { readStatus } from "../policy/readStatus";

/** Statuses that were saved, and what is not among them. */
export interface SavedStatuses {
  readonly files: readonly StatusFile[];
  /** Remarks on what is not there, a sentence each. */
  readonly remarks: readonly string[];
  /** The statuses that are there and can't be read, a sentence each. */
  readonly problems: readonly string[];
}

const requiredPacksMissing =
  "The statuses of required packs are not in it: set PULUMI_ORG_CONFORMANCE_STATUS_DIR in the run, and give that folder.";

/** A resource in what the Pulumi CLI wrote. */
interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly properties: Properties;
  /** True if the run left the resource as it was, without a lookup: its status is of an earlier run. */
  readonly isLeftOut: boolean;
}

/** The statuses in the output of `pulumi preview --json`. */
export function statusesInPreview({ diagnostics, steps }: Properties): SavedStatuses {
  const resources = listOf(steps).flatMap((step) => (isPlainObject(step) ? resourceOf(step.newState, step) : []));
  return savedStatuses(resources, listOf(diagnostics), { preview: true }, [requiredPacksMissing]);
}

/** The statuses in the output of `pulumi stack export`. */
export function statusesInExport({ resources }: Properties): SavedStatuses {
  return savedStatuses(
    listOf(resources).flatMap((state) => resourceOf(state)),
    [],
    { preview: false },
    ["It is the state of the last update, not what AWS says now.", "The statuses of required packs are in no state."],
  );
}

/** The events in a text that `pulumi --event-log` wrote; `undefined` when it is something else. */
export function engineEventsIn(text: string): readonly Properties[] | undefined {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const events: Properties[] = [];
  for (const line of lines) {
    // A run that was killed leaves a line that is cut.
    const event = jsonOf(line) ?? (events.length > 0 && line === lines.at(-1) ? {} : undefined);
    if (!isPlainObject(event)) return undefined;
    if (events.length === 0 && (typeof event.sequence !== "number" || typeof event.timestamp !== "number")) {
      return undefined;
    }
    events.push(event);
  }
  return events.length > 0 ? events : undefined;
}

/** The statuses in the events of an event log. */
export function statusesInEvents(events: readonly Properties[]): SavedStatuses {
  const resources = events.flatMap((event) =>
    [event.resourcePreEvent, event.resOutputsEvent].flatMap((step) =>
      isPlainObject(step) && isPlainObject(step.metadata)
        ? resourceOf(step.metadata.new, { op: step.metadata.op, oldState: step.metadata.old })
        : [],
    ),
  );
  // A log of an update that was killed may end before it has an output.
  const isPreview = !events.some((event) =>
    [event.resourcePreEvent, event.resOutputsEvent].some((step) => isPlainObject(step) && step.planning !== true),
  );
  const violations = events.filter((event) => isPlainObject(event.policyEvent)).length;
  const diagnostics = events.map(({ diagnosticEvent }) => diagnosticEvent);
  return savedStatuses(resources, diagnostics, { preview: isPreview }, [
    requiredPacksMissing,
    ...(violations > 0
      ? [`${plural(violations, "violation")} of policies ${violations === 1 ? "is" : "are"} in it as text only.`]
      : []),
  ]);
}

/** @param remarks - Those that are true whatever the resources are. */
function savedStatuses(
  resources: readonly Resource[],
  diagnostics: readonly unknown[],
  run: PulumiRun,
  remarks: readonly string[],
): SavedStatuses {
  // The last one counts: an update shows a resource before and after.
  const latest = new Map(resources.map((resource) => [resource.urn, resource]));
  const found = [...latest.values()].map((resource) => [resource.urn, statusOf(resource, run)] as const);
  const files = new Map(found.flatMap(([urn, status]) => (isFile(status) ? [[urn, status] as const] : [])));
  return {
    files: [...withGateErrors(files, gateErrorsIn(diagnostics), run).values()],
    remarks: [
      ...found.flatMap(([urn, status]) =>
        status === "putFirst"
          ? [`${printable(urn)}: a trigger has changed, so the update puts the pack and judges it.`]
          : [],
      ),
      ...remarks,
    ],
    problems: found.flatMap(([urn, status]) =>
      // The policies' message, whose second line is indented for their output.
      status instanceof Unreadable ? [`${printable(urn)}: ${status.message.replace(/\n\s+/g, "\n")}`] : [],
    ),
  };
}

/** A gate whose status can't be read. */
class Unreadable {
  constructor(readonly message: string) {}
}

type GateStatus = StatusFile | "putFirst" | Unreadable;

function isFile(status: GateStatus | undefined): status is StatusFile {
  return typeof status === "object" && !(status instanceof Unreadable);
}

/** The status files by URN, with one for each gate that ended in an error. */
function withGateErrors(
  files: ReadonlyMap<string, StatusFile>,
  errors: ReadonlyMap<string, string>,
  run: PulumiRun,
): ReadonlyMap<string, StatusFile> {
  const all = new Map(files);
  for (const [urn, message] of errors) {
    const known = files.get(urn);
    // A gate that a wait refused saved the status that it was refused for.
    if (known && known.exitCode !== exitCodes.passed) continue;
    const why = `ended in an error: ${sanitize(message.split("\n")[0] ?? "")}`;
    all.set(urn, unjudged(urn, known?.name, why, "Read the error in the run's output.", run));
  }
  return all;
}

/** A gate about which the run says nothing that could pass. */
class GateNotJudgedError extends OrgConformanceError {}

/** The file of a gate that was not judged: each report shows it as a lookup that failed. */
function unjudged(
  urn: string,
  packName: string | undefined,
  why: string,
  nextStep: string,
  run: PulumiRun,
): StatusFile {
  const gate = sanitize(urn.split("::").at(-1) ?? "", 128);
  const name = sanitize(packName ?? gate, 128);
  return failedLookupFileOf(new GateNotJudgedError(`Gate "${gate}" ${why}`, nextStep, { packName: name }), {
    by: "gate",
    args: { name },
    lookedUpAt: new Date(),
    run: { ...placeOf(urn), ...run },
  });
}

/** The last error that the engine reported for each gate. */
function gateErrorsIn(diagnostics: readonly unknown[]): ReadonlyMap<string, string> {
  return new Map(
    diagnostics.flatMap((diagnostic) => {
      if (!isPlainObject(diagnostic)) return [];
      const { message, severity, urn } = diagnostic;
      if (severity !== "error" || typeof urn !== "string" || typeof message !== "string") return [];
      return isStatusType(typeOf(urn)) ? [[urn, message.replace(/^error: /, "")] as const] : [];
    }),
  );
}

/** A URN that can be pasted behind `--target`: its "::" are no command of a CI system. */
function printable(urn: string): string {
  return /^urn:pulumi:[\w.$/:-]{1,300}$/.test(urn) ? urn : sanitize(urn, 300);
}

/** The status file of a gate, or why it has none; `undefined` for another resource. */
function statusOf({ isLeftOut, properties, type, urn }: Resource, run: PulumiRun): GateStatus | undefined {
  if (!isStatusType(type)) return undefined;
  if (isLeftOut) {
    const why = "was not looked up by this run.";
    const nextStep = "Include this resource in the run: it has targets (--target), or excludes some resources.";
    return unjudged(urn, nameIn(properties), why, nextStep, run);
  }
  const reading = readStatus(
    { type, props: properties },
    // What the run printed, it looked up.
    { isPreviewOf: () => run.preview === true, known: new Map() },
  );
  switch (reading.kind) {
    // Its lookup failed: the run's errors say why.
    case "other":
      return undefined;
    case "status": {
      const { isAwaited, lookedUpAt, status, tolerate } = reading;
      const args = { ...lookupArgsOf(properties), name: status.name };
      return statusFileOf(status, {
        by: "gate",
        args,
        tolerate,
        isAwaited,
        lookedUpAt,
        run: { ...placeOf(urn), ...run },
      });
    }
    case "putFirst":
      return "putFirst";
    default: {
      // The class has a verdict that is not known where only a trigger keeps it from looking.
      if (properties.verdict === unknownText) return "putFirst";
      if (reading.kind === "unreadable" && !JSON.stringify(properties).includes(unknownText)) {
        return new Unreadable(reading.message);
      }
      const why = "has an argument that is not known yet, so nothing was looked up.";
      return unjudged(urn, nameIn(properties), why, "Judge it in the update.", run);
    }
  }
}

function nameIn({ name }: Properties): string | undefined {
  return typeof name === "string" && name !== unknownText ? name : undefined;
}

/** @param step - The run's step that the state is of; absent in what is not about a run. */
function resourceOf(state: unknown, step?: { readonly op?: unknown; readonly oldState?: unknown }): Resource[] {
  if (!isPlainObject(state)) return [];
  const { inputs, outputs, type, urn } = state;
  if (typeof type !== "string" || typeof urn !== "string") return [];
  // A preview has looked up in the inputs, an update saves the outputs. The older of the two is of an earlier run.
  const properties = [outputs, inputs].filter(isPlainObject);
  const newest = properties.toSorted((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1))[0];
  // A resource that stays the same has new inputs if they were checked, else those of its old state.
  const old = isPlainObject(step?.oldState) ? step.oldState.inputs : undefined;
  const isLeftOut = step?.op === "same" && timeOf(inputs) === timeOf(old);
  return newest ? [{ urn, type, properties: newest, isLeftOut }] : [];
}

function timeOf(properties: unknown): string {
  const { lookedUpAt } = isPlainObject(properties) ? properties : {};
  return typeof lookedUpAt === "string" ? lookedUpAt : "";
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The value of a JSON text; `undefined` when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as unknown;
  } catch {
    return undefined;
  }
}

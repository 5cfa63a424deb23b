import { BadResponseError, type ErrorContext, Failure } from "../errors";

/**
 * The entry about one pack in a list that AWS answers for the names that were asked.
 *
 * @param said - The mistakes, for the error: "it has no status of the pack".
 * @throws A `Failure` when there is none, or a second one: the SDK's types promise what the wire may break.
 */
export function onlyEntry(
  entries: unknown,
  said: { readonly none: string; readonly twice: string },
  context: ErrorContext,
): Readonly<Record<string, unknown>> {
  const [entry, another] = (Array.isArray(entries) ? (entries as (Record<string, unknown> | null)[]) : []).filter(
    (each) => each?.OrganizationConformancePackName === context.packName,
  );
  if (!entry) throw new Failure(BadResponseError, { ...context, what: said.none });
  if (another) throw new Failure(BadResponseError, { ...context, what: said.twice });
  return entry;
}

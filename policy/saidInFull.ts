/** What the policies of this process have said in full, by URN. */
const said = new Map<string, Set<string>>();

/**
 * A violation that each policy of a pack reports, so that the gate stays closed whichever of them are turned off or
 * advisory: in full the first time, and by its first sentence from then on.
 */
export function inFullOnce(urn: string, message: string): string {
  const known = said.get(urn) ?? new Set();
  if (known.has(message)) return `${message.split(/(?<=\.)\s/, 1).join()} Another policy says more.`;
  said.set(urn, known.add(message));
  return message;
}

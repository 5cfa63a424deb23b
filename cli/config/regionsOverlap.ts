/** True if two lists of regions have one in common; none is every region. */
export function regionsOverlap(some: readonly string[] | undefined, others: readonly string[] | undefined): boolean {
  return !some || !others || some.some((region) => others.includes(region));
}

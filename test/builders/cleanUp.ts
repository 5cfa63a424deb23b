const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** Runs `cleanUp` at the end of the running test. The last one given runs first. */
export function atTheEnd(cleanUp: () => unknown): void {
  cleanUps.push(cleanUp);
}

const start = Date.parse("2026-05-05T05:05:05.000Z");

beforeEach(() => {
  // Only the clock stands still: sockets and streams need the rest.
  jest.useFakeTimers({
    now: start,
    doNotFake: [
      "hrtime",
      "nextTick",
      "performance",
      "queueMicrotask",
      "setImmediate",
      "clearImmediate",
      "setInterval",
      "clearInterval",
      "setTimeout",
      "clearTimeout",
    ],
  });
});

afterEach(() => jest.useRealTimers());

/** The moment so many milliseconds after the start. */
export const at = (ms: number): Date => new Date(start + ms);
/** Sets the clock. */
export const goTo = (ms: number): void => {
  jest.setSystemTime(at(ms));
};

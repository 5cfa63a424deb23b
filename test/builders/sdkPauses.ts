/**
 * Imported for its effect: the process of the tests can end although the AWS SDK still pauses between two attempts. An
 * abort rejects the call at once, but the SDK has no way to end the timer of its pause, which may take 20 seconds.
 */
const timers: NodeJS.Timeout[] = [];
const setTimer = globalThis.setTimeout;
let isRunning = false;

beforeAll(() => {
  jest.spyOn(globalThis, "setTimeout").mockImplementation((...args: Parameters<typeof setTimeout>) => {
    const timer = setTimer(...args);
    // After a pause that outlived its test, the SDK may begin another.
    if (isRunning) timers.push(timer);
    else timer.unref();
    return timer;
  });
});

beforeEach(() => {
  isRunning = true;
});

afterEach(() => {
  isRunning = false;
  for (const timer of timers.splice(0)) timer.unref();
});

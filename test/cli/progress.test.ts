import { barLine } from "../../cli/progressBar";
import { ProgressLines } from "../../cli/progressLines";
import type { Progress } from "../../core/lookup/waitProgress";

const progress = (others: Partial<Progress> = {}): Progress => ({
  packName: "baseline",
  noun: "account",
  total: 250,
  done: 180,
  failed: 0,
  inProgress: 70,
  stuck: 0,
  missing: 0,
  ...others,
});

describe("as lines", () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date("2026-03-15T17:03:53Z") });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test("a change is said at once, then at most every 30 seconds, and without one every five minutes", () => {
    const lines: string[] = [];
    const display = new ProgressLines((line) => lines.push(line));
    display.show(0, progress());
    display.show(0, progress({ done: 181, inProgress: 69 }));
    expect(lines).toEqual(["17:03:53 baseline: 180 of 250 accounts done, 0 failed, 70 in progress"]);
    jest.advanceTimersByTime(31_000);
    expect(lines.slice(1)).toEqual(["17:04:23 baseline: 181 of 250 accounts done, 0 failed, 69 in progress"]);
    jest.advanceTimersByTime(298_000);
    expect(lines).toHaveLength(2);
    jest.advanceTimersByTime(3_000);
    expect(lines).toHaveLength(3);
    display.stop();
    jest.advanceTimersByTime(600_000);
    expect(lines).toHaveLength(3);
  });

  test("each pack has lines of its own, and trouble is said at once", () => {
    const lines: string[] = [];
    const display = new ProgressLines((line) => lines.push(line));
    display.show(0, progress());
    display.show(1, progress({ packName: "other", stuck: 2, missing: 1 }));
    display.say("Trying again: AWS throttled.");
    display.stop();
    expect(lines.slice(1)).toEqual([
      "17:03:53 other: 180 of 250 accounts done, 0 failed, 70 in progress (2 stuck), 1 missing",
      "17:03:53 Trying again: AWS throttled.",
    ]);
  });
});

describe("as a bar", () => {
  test.each([
    [120, "baseline  180 of 250 accounts done  █████████████████░░░░░░░  0 failed  4m12s"],
    [80, "baseline  180 of 250 accounts done  █████████████████░░░░░░░  0 failed  4m12s"],
    [66, "baseline  180 of 250 accounts done  █████████░░░░  0 failed  4m12s"],
    [60, "baseline  180 of 250 accounts done  0 failed  4m12s"],
  ])("it gives way in %s columns", (columns, line) => {
    expect(barLine(progress(), 252_000, columns)).toBe(line);
  });

  test("it ends with what is stuck or missing, and an empty pack has none", () => {
    expect(barLine(progress({ stuck: 2, missing: 1 }), 3_723_000, 120)).toMatch(
      / {2}1h2m3s {2}\(stuck: 2, missing: 1\)$/,
    );
    expect(barLine(progress({ done: 0, total: 0 }), 0, 80)).toContain("░░░░");
  });
});

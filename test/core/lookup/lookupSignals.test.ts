import { LookupSignals } from "../../../core/lookup/lookupSignals";
import { rejectionOf } from "../aws/emulate";

test("what fails beside a lookup is no answer, and no error", async () => {
  expect(await new LookupSignals(undefined, 60).inTime(Promise.reject<number>(new Error("No.")))).toBeUndefined();
  expect(await new LookupSignals(undefined, 60).inTime(Promise.resolve(1))).toBe(1);
});

test("what takes longer than the lookup may is no answer", async () => {
  expect(await new LookupSignals(undefined, 0.001).inTime(new Promise(() => undefined))).toBeUndefined();
});

test("what the caller aborts meanwhile is the caller's reason", async () => {
  const reason = new Error("Enough.");
  const signals = new LookupSignals(AbortSignal.abort(reason), 60);
  expect(await rejectionOf(signals.inTime(new Promise(() => undefined)))).toBe(reason);
});

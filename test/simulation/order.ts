import fc from "fast-check";
import { setImmediate as nextTurn } from "node:timers/promises";

/** Chooses once nothing else can go on: then all that could be next is there to choose from. */
async function act(step: () => Promise<unknown>): Promise<void> {
  await nextTurn();
  await step();
}

/** The order in which requests are sent and their answers read: any, and the same when the schedule is replayed. */
export const order: fc.Arbitrary<fc.Scheduler> = fc.scheduler({ act });

/** First come, first served. */
export function firstComeFirstServed(): fc.Scheduler {
  // fast-check numbers its tasks from 1, in the order in which they come.
  return fc.schedulerFor(
    Array.from({ length: 10_000 }, (_, index) => index + 1),
    { act },
  );
}

/**
 * Sends a request when it is its turn, and hands its answer on when it is the answer's turn. One request is under way
 * at a time: AWS answers it before the next step is chosen.
 */
export function inTurn<T>(scheduler: fc.Scheduler, name: string, call: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let handOn = (): void => undefined;
    const send = async (): Promise<void> => {
      await call().then(
        (answer) => {
          handOn = () => {
            resolve(answer);
          };
        },
        (error: unknown) => {
          handOn = () => {
            // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as it came
            reject(error);
          };
        },
      );
    };
    const read = async (): Promise<void> => {
      handOn();
      await Promise.resolve();
    };
    scheduler.scheduleSequence([
      { builder: send, label: `send ${name}` },
      { builder: read, label: `read ${name}` },
    ]);
  });
}

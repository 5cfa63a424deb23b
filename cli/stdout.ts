import { CommandError } from "./commandError";
import { fileProblem } from "./fileProblem";
import { otherFailure } from "./otherFailure";

/**
 * Writes to stdout, and waits until it is written. Whoever has closed the other end wants no more: that is no error.
 *
 * @throws `CommandError`
 */
export async function writeToStdout(text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const done = (error?: Error | null): void => {
      if (!error || (error as NodeJS.ErrnoException).code === "EPIPE") resolve();
      else reject(new CommandError(`The output can't be written. ${fileProblem(error)}`, otherFailure));
    };
    // The stream emits the same error, which would end the process with a stack.
    process.stdout.once("error", done);
    process.stdout.write(text, done);
  });
}

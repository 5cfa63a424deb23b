import { createProgram } from "./program";
import { failureOf } from "./failure";

async function main(): Promise<void> {
  let exitCode = 0;
  try {
    await createProgram((code) => {
      exitCode = code;
    }).parseAsync();
  } catch (error) {
    const failure = failureOf(error);
    if (failure.message !== "") process.stderr.write(`${failure.message}\n`);
    exitCode = failure.exitCode;
  }
  // A question that nobody waits for any more may still be open.
  process.exit(exitCode);
}

void main();

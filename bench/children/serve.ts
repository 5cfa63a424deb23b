/** What a child process answers: the result, or why there is none. */
export type Answer<Result> = { readonly result: Result } | { readonly error: string };

/** Answers each message of the parent process, and ends with it. */
export function serve(answer: (question: never) => Promise<unknown>): void {
  const send = (message: Answer<unknown>): void => {
    process.send?.(message);
  };
  process.on("message", (question) => {
    answer(question as never).then(
      (result) => {
        send({ result });
      },
      (error: unknown) => {
        send({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      },
    );
  });
  process.once("disconnect", () => {
    process.exit();
  });
}

/** The exit code of a failure that is neither the caller's, nor AWS's, nor a verdict: output that can't be written, or a bug. */
export const otherFailure = 1;

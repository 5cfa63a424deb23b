/** The sentence where there is no status file at all: absence is never a pass. */
export const noResult = "The gate did not run, or did not get as far as looking up a pack.";

/** The next step for that. */
export const noResultNextStep = "See the log of the job.";

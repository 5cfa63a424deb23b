/**
 * The bytes of a job summary. GitHub drops one of more than a mebibyte as a whole; other steps write there, too, and what
 * the file already has counts.
 */
export const summaryBytes = 900_000;

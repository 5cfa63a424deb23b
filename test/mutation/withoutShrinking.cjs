const fc = require("fast-check");

/** A failure kills a mutant; no one reads its smallest example. */
fc.configureGlobal({ endOnFailure: true });

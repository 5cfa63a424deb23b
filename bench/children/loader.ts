import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
import { serve } from "./serve";

const load = createRequire(__filename);

// Loads modules one after the other, and says how many milliseconds each took, with what it loads in turn.
serve((modules: readonly string[]): Promise<number[]> =>
  Promise.resolve(
    modules.map((module) => {
      const started = performance.now();
      load(module);
      return performance.now() - started;
    }),
  ),
);

const { default: Sequencer } = require("@jest/test-sequencer");
const { statSync } = require("node:fs");

/** These mostly wait, or try a thousand examples. */
const slow = ["gateState", "waitForSettled", "gatherPackStatus.faults", "gatherPackStatus.stops", "faults"];

/** Asks the slow tests last, and the longest files of the others first: few mutants live until then. */
module.exports = class FastFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => slow.findIndex((name) => path.endsWith(`/${name}.test.ts`));
    const size = ({ path }) => statSync(path).size;
    return tests.toSorted((a, b) => rank(a) - rank(b) || size(b) - size(a));
  }
};

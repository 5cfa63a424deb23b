import { askOnce, Child } from "../childProcess";
import type { GatherAnswer, GatherQuestion } from "../children/gatherer";
import { withEmulator } from "../emulatorProcess";
import { packName } from "../gathering";
import { type BenchCase, expectThat } from "../measurement";
import { alternate, medianRatio, spread } from "../pairs";

/**
 * Whether reading the tree of an organization takes longer than listing its accounts, which needs 500 pages one after the
 * other: 10,000 accounts in 200 units. The pack itself has one row. A process reads each once: later it would know it.
 */
export const organizationalUnits: BenchCase = async ({ runs }) => {
  const units = Array.from({ length: 200 }, (_, index) => ({ id: `ou-root-${String(10_000_000 + index)}` }));
  const accounts = Array.from({ length: 10_000 }, (_, index) => ({
    id: String(300_000_000_000 + index),
    parentId: units[index % units.length]?.id ?? "",
  }));
  const [first] = accounts;
  const latencyMs = 20;
  const turns = runs(3);
  const times = await withEmulator(
    {
      latencyMs,
      organization: { accounts, organizationalUnits: units },
      packs: [{ name: packName, members: [{ accountId: first?.id ?? "", status: "CREATE_SUCCESSFUL" }] }],
    },
    ({ endpoint }) => {
      const read = (expectedAccounts: "organization" | { organizationalUnits: string[] }) => async () => {
        const child = new Child<GatherQuestion, GatherAnswer>("gatherer");
        const { missing, milliseconds } = await askOnce(child, {
          endpoint,
          kind: "package",
          packs: [{ name: packName, expectedAccounts }],
        });
        expectThat(missing?.[0] === accounts.length - 1, "every account but one is missing");
        return milliseconds;
      };
      return alternate(turns, {
        tree: read({ organizationalUnits: ["r-root"] }),
        list: read("organization"),
      });
    },
  );
  return {
    measurements: [
      {
        what: "Reading the tree of 10,000 accounts in 200 organizational units, to listing the accounts",
        unit: "ratio",
        value: medianRatio(times.tree, times.list),
        limit: { most: 1 },
        runs: turns,
        detail: `${spread(times.tree)} to ${spread(times.list)}`,
      },
    ],
  };
};

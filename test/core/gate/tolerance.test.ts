import { lookupNeedsOf, type Tolerance } from "../../../core/gate/tolerance";
import { silent } from "../../builders/exceptions";

const nothing = { noSuchPackIsReason: false, outageIsReason: false, unitIds: [] };

test.each<[what: string, tolerate: Tolerance | undefined, options: object]>([
  ["nothing", undefined, {}],
  ["a limit", { maxFailedAccounts: 1 }, {}],
  ["noSuchPack allow", { noSuchPack: "allow" }, { noSuchPackIsReason: true }],
  ["noSuchPack warn", { noSuchPack: "warn" }, { noSuchPackIsReason: true }],
  ["noSuchPack refuse", { noSuchPack: "refuse" }, {}],
  ["break glass", silent(4), { outageIsReason: true }],
  ["break glass that has expired", silent(-1), {}],
  [
    "organizational units",
    {
      organizationalUnits: [
        { id: "ou-a", reason: "Legacy." },
        { id: "ou-b", reason: "Legacy." },
      ],
    },
    { unitIds: ["ou-a", "ou-b"] },
  ],
])("with %s, a lookup makes a reason of what may pass, and reads the units", (_what, tolerate, options) => {
  expect(lookupNeedsOf(tolerate)).toEqual({ ...nothing, ...options });
});

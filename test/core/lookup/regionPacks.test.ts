import { packsInRegions } from "../../../core/lookup/regionPacks";
import { between } from "../../robustness/wire";
import "../aws/awsEnvironment";
import { emulate, settingsFor } from "../aws/emulate";

const names = "DescribeOrganizationConformancePacks";
const statuses = "DescribeOrganizationConformancePackStatuses";
const packs = [
  { name: "security-baseline", members: 1 },
  { name: "cost-baseline", members: 1, aggregate: "UPDATE_FAILED" },
];

/** What is known of the packs in us-east-1, where AWS gives `answer` to `operation`. */
async function packsWith(operation: string, answer: object) {
  const wire = await between(await emulate({ packs }), ({ operation: asked }) =>
    asked === operation ? JSON.stringify(answer) : undefined,
  );
  const settings = settingsFor(wire.endpoint, { retryMode: "standard", maxRetries: 0 });
  return packsInRegions(settings, ["us-east-1"]);
}

test("packs are listed by name, with what AWS says of each, in each region", async () => {
  const { endpoint } = await emulate({ packs });
  const found = await packsInRegions(settingsFor(endpoint), ["us-east-1", "eu-west-1"]);
  expect(found).toEqual([
    {
      region: "us-east-1",
      packs: [
        {
          name: "cost-baseline",
          region: "us-east-1",
          status: "UPDATE_FAILED",
          lastUpdateTime: expect.any(String) as string,
        },
        {
          name: "security-baseline",
          region: "us-east-1",
          status: "CREATE_SUCCESSFUL",
          lastUpdateTime: expect.any(String) as string,
        },
      ],
    },
    { region: "eu-west-1", packs: [] },
  ]);
});

test.each<[operation: string, answer: object]>([
  [names, { OrganizationConformancePacks: [null] }],
  [names, { OrganizationConformancePacks: [{ OrganizationConformancePackName: 7 }] }],
  [names, { OrganizationConformancePacks: [{ OrganizationConformancePackName: "1-baseline" }] }],
  [names, { OrganizationConformancePacks: [{ OrganizationConformancePackName: "baseline\n" }] }],
  [statuses, { OrganizationConformancePackStatuses: [null] }],
  [statuses, { OrganizationConformancePackStatuses: [{ Status: "CREATE_SUCCESSFUL" }] }],
])("a pack without a name is an error of its region: %s answers %j", async (operation, answer) => {
  const [found] = await packsWith(operation, answer);
  const { error } = found as { error: Error };
  expect(error).toMatchObject({ name: "BadResponseError", service: "AWS Config", region: "us-east-1" });
  expect(error.message).toContain("a pack has no name");
});

test("where listing is denied, the error of the region names the actions to allow", async () => {
  const emulator = await emulate({ packs });
  emulator.injectFault({ kind: "accessDenied", region: "eu-west-1" });
  const [there, denied] = await packsInRegions(settingsFor(emulator.endpoint), ["us-east-1", "eu-west-1"]);
  expect(there).toHaveProperty("packs");
  const { error } = denied as { error: Error };
  expect(error.name).toBe("AccessDeniedError");
  for (const operation of [names, statuses]) expect(error.message).toContain(`config:${operation}`);
});

test.each([
  ["nothing", {}, {}],
  ["another type", { Status: 7, ErrorCode: null, ErrorMessage: [] }, {}],
  ["an error", { ErrorCode: "Internal", ErrorMessage: "No." }, { errorCode: "Internal", errorMessage: "No." }],
])("of a status that says %s, that is known", async (_what, said, known) => {
  const [found] = await packsWith(statuses, {
    OrganizationConformancePackStatuses: [{ OrganizationConformancePackName: "cost-baseline", ...said }],
  });
  expect(found).toStrictEqual({
    region: "us-east-1",
    packs: [
      { name: "cost-baseline", region: "us-east-1", ...known },
      { name: "security-baseline", region: "us-east-1" },
    ],
  });
});

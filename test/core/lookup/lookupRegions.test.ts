import { withLookupRegions } from "../../../core/lookup/lookupRegions";
import type { AwsSettings } from "../../../core/aws/settings";
import "../aws/awsEnvironment";
import { rejectionOf } from "../aws/emulate";

const settings: AwsSettings = { assumeRoles: [], endpoints: {} };

test("the regions of the settings are filled in, and given ones stay", async () => {
  const args = { name: "baseline" };
  expect(await withLookupRegions(args, { ...settings, region: "eu-west-1" })).toEqual({
    ...args,
    regions: ["eu-west-1"],
  });
  const given = { ...args, regions: ["us-east-1"] };
  expect(await withLookupRegions(given, { ...settings, region: "eu-west-1" })).toEqual(given);
});

test.each([undefined, "Ireland"])("the region %p leaves it to the lookup to say so", async (region) => {
  const args = { name: "baseline" };
  expect(await withLookupRegions(args, { ...settings, ...(region && { region }) })).toEqual(args);
});

test("a bug is not taken for a mistake", async () => {
  const broken = {
    ...settings,
    get region(): string {
      throw new TypeError("a bug");
    },
  };
  expect(await rejectionOf(withLookupRegions({ name: "baseline" }, broken))).toBeInstanceOf(TypeError);
});

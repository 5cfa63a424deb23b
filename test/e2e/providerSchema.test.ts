import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { executableOf, findPulumiCli } from "../../tools/pulumi-cli/pulumiCli";
import { schemaFile } from "../../tools/providerSchema";

test("the Pulumi CLI accepts the provider's schema", async () => {
  const pulumi = executableOf(await findPulumiCli());
  const { stderr } = await promisify(execFile)(pulumi, ["schema", "check", schemaFile]);
  expect(stderr).toBe("");
});

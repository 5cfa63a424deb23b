import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { emulate } from "./emulate";

const variable = "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED";

/** A lookup on a Node.js that the AWS SDK advises against, in a process of its own: it warns once a process. */
async function lookUp(settings: object, environment: NodeJS.ProcessEnv) {
  const script = `
    Object.defineProperty(process, "version", { value: "v20.0.0" });
    const { gatherPackStatus } = require(${JSON.stringify(join(__dirname, "../../../core/lookup/gatherPackStatus.ts"))});
    gatherPackStatus({ name: "baseline" }, { settings: ${JSON.stringify(settings)} }).then(({ verdict }) =>
      process.stdout.write(JSON.stringify({ verdict, variable: process.env.${variable} })));`;
  const { stderr, stdout } = await promisify(execFile)(
    process.execPath,
    ["--require", require.resolve("tsx/cjs"), "-e", script],
    { env: { ...process.env, [variable]: undefined, ...environment } },
  );
  return { stderr, ...(JSON.parse(stdout) as object) };
}

test.each([
  ["with keys", []],
  ["with an assumed role, whose client the SDK creates later", [{ roleArn: "arn:aws:iam::222222222222:role/reader" }]],
])("a lookup %s prints no advice to upgrade Node.js, and changes no one's environment", async (_, assumeRoles) => {
  const { endpoint } = await emulate({ packs: [{ name: "baseline", members: 1 }] });
  const settings = {
    assumeRoles,
    endpoints: { configservice: endpoint, organizations: endpoint, sts: endpoint },
    region: "us-east-1",
    credentials: { accessKeyId: "AKIAOFTHETEST", secretAccessKey: "secret" },
  };
  expect(await lookUp(settings, {})).toEqual({ stderr: "", verdict: "PASSED" });
  // Whoever asks for the advice gets it.
  expect(await lookUp(settings, { [variable]: "false" })).toMatchObject({
    stderr: expect.stringContaining("NodeVersionSupportWarning") as string,
    variable: "false",
  });
});

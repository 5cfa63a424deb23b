import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { settingsChecks } from "../../policy/settingsChecks";
import { configSchemaOf } from "../../policy/configSchema";
import { policyPack, repository } from "../../tools/localStack";
import { executableOf, findPulumiCli } from "../../tools/pulumi-cli/pulumiCli";
import { gatedStack, packName, Service } from "./gatedStack";

const exec = promisify(execFile);
const memberFailed = "organization-conformance-pack-member-failed";
const requiredPacks = "organization-conformance-pack-required-packs";

const service = () => {
  new Service("api", {});
  return Promise.resolve({});
};

/** As much of Pulumi Cloud as `pulumi policy publish` needs. Keeps what it receives about the pack. */
async function startPulumiCloud() {
  const published: {
    policies: { name: string; configSchema?: { properties: Readonly<Record<string, unknown>> } }[];
  }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const path = request.url ?? "";
      const answer = (body: object): void => {
        response.setHeader("content-type", "application/json").end(JSON.stringify(body));
      };
      if (path.endsWith("/api/user")) answer({ githubLogin: "ann", organizations: [{ githubLogin: "acme" }] });
      else if (request.method === "POST" && path === "/api/orgs/acme/policypacks") {
        published.push(JSON.parse(Buffer.concat(chunks).toString()) as (typeof published)[number]);
        answer({ version: 1, uploadURI: `http://127.0.0.1:${String(port)}/upload` });
      } else answer({});
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    published,
    url: `http://127.0.0.1:${String(port)}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

test("a published pack describes its settings with their types, for Pulumi Cloud's form", async () => {
  const cloud = await startPulumiCloud();
  const folder = await mkdtemp(join(tmpdir(), "org-conformance-publish-"));
  try {
    const stack = await gatedStack(service, {});
    for (const name of ["package.json", "PulumiPolicy.yaml", "dist"]) {
      await cp(join(policyPack, name), join(folder, name), { recursive: true });
    }
    await symlink(join(repository, "node_modules"), join(folder, "node_modules"));
    await exec(executableOf(await findPulumiCli()), ["policy", "publish", "acme", "--non-interactive"], {
      cwd: folder,
      env: {
        ...process.env,
        PULUMI_HOME: join(stack.folder, "home"),
        PULUMI_BACKEND_URL: cloud.url,
        PULUMI_ACCESS_TOKEN: "pul-emulated",
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    });
    expect(cloud.published).toHaveLength(1);
    const published = (cloud.published[0]?.policies ?? []).map(({ name, configSchema }) => {
      // The policy SDK adds Pulumi's own setting.
      const { enforcementLevel, ...settings } = configSchema?.properties ?? {};
      expect(enforcementLevel).toMatchObject({ type: "string" });
      return [name, settings] as const;
    });
    const typed = Object.entries(settingsChecks).map(([name, check]) => [
      name,
      JSON.parse(JSON.stringify(configSchemaOf(check, false).properties)) as object,
    ]);
    expect(Object.fromEntries(published)).toEqual(Object.fromEntries(typed) as object);
  } finally {
    await cloud.stop();
    await rm(folder, { recursive: true });
  }
});

test("the Pulumi CLI accepts the typed settings as a schema, and checks configurations by it", async () => {
  const stack = await gatedStack(service, { packs: [{ name: packName, members: 2 }] });
  const folder = await mkdtemp(join(tmpdir(), "org-conformance-typed-"));
  try {
    await cp(join(policyPack, "PulumiPolicy.yaml"), join(folder, "PulumiPolicy.yaml"));
    await symlink(join(repository, "node_modules"), join(folder, "node_modules"));
    await writeFile(join(folder, "package.json"), JSON.stringify({ name: "typed", version: "1.0.0", main: "main.js" }));
    // As when it is published: without a stack.
    const hideTheRun = 'for (const name of ["PULUMI_NODEJS_DRY_RUN", "PULUMI_DRY_RUN"]) delete process.env[name];';
    const main = await readFile(join(policyPack, "dist", "main.js"), "utf8");
    await writeFile(join(folder, "main.js"), main.replace(/^("use strict";\n)?/, `$1${hideTheRun}\n`));
    await cp(join(policyPack, "dist", "aws.js"), join(folder, "aws.js"));
    const preview = async (policyConfig: Readonly<Record<string, unknown>>) =>
      stack.preview({ policyPack: folder, policyConfig });

    const right = {
      [memberFailed]: {
        tolerate: { accounts: [{ accountId: "100000000001", reason: "Ann.", expires: "2030-01-31" }] },
      },
      [requiredPacks]: {
        packs: [{ name: packName, expectedAccounts: ["100000000001"], tolerate: { noSuchPack: "warn" } }],
      },
    };
    expect((await preview(right)).output).toContain("1 expected account is missing");
    for (const [policy, settings, says] of [
      [memberFailed, { maxAccountsShown: "20" }, "maxAccountsShown: Invalid type. Expected: integer, given: string"],
      [
        memberFailed,
        { tolerate: { accounts: [{ accountId: "1", reason: "x" }] } },
        "accountId: Does not match pattern",
      ],
      [requiredPacks, { packs: [{ name: "a", detail: "unsuccessful", aggregate: false }] }, "packs.0"],
    ] as const) {
      const { output, succeeded } = await preview({ [policy]: settings });
      expect({ output, succeeded }).toEqual({ output, succeeded: false });
      expect(output).toContain(says);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

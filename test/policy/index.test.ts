import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as policyPack from "../../policy/index";
import { awsSdk, root, runAlone } from "./loadedModules";

test("each policy of the pack is exported under a name of its own", () => {
  const { policies: all, ...single } = policyPack;
  expect(new Set(Object.values(single))).toEqual(new Set(all));
});

test("PulumiPolicy.yaml runs JavaScript, and its package names the pack's entry", () => {
  expect(readFileSync(join(root, "policy/PulumiPolicy.yaml"), "utf8")).toMatch(/typescript: false/);
  const { main } = JSON.parse(readFileSync(join(root, "policy/package.json"), "utf8")) as { main: string };
  expect(main).toBe("dist/main.js");
});

test("the bundle loads only what policy/package.json pins, and the AWS SDK not before a lookup", async () => {
  const modules = await modulesOf("policy/dist/main.js");
  const packages = modules.flatMap(
    (file) => /\/node_modules\/(?!.*\/node_modules\/)((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [],
  );
  expect(packages).toEqual(expect.arrayContaining(["@pulumi/policy", "@pulumi/pulumi"]));
  expect(modules.filter((file) => file.endsWith(".js") && !file.includes("/node_modules/"))).toEqual([
    join(root, "policy/dist/main.js"),
  ]);
  expect(packages.filter((name) => name.startsWith("@aws-sdk/"))).toEqual([]);
});

/** Every module that loading `file` loads, in a process of its own. */
async function modulesOf(file: string): Promise<string[]> {
  return (await runAlone(`require(root + ${JSON.stringify(`/${file}`)});`)).modules;
}

const unwanted: Record<string, RegExp> = {
  "an AWS SDK": awsSdk,
  "@pulumi/aws": /\/node_modules\/@pulumi\/aws\//,
  "the SDK classes or the emulator": new RegExp(`^${root}/(sdk|emulator)/`),
  "what gathers": new RegExp(
    `^${root}/(core/(index|aws/(?!settingsNamespace|awsProviderSettings)|lookup)|provider/(index|dynamicProvider))`,
  ),
};

test.each(["policy/index.ts", "policy/main.ts"])("%s loads no more than it needs", async (file) => {
  const modules = await modulesOf(file);
  expect(modules).toContain(join(root, file));
  expect(modules).toContain(join(root, "policy/settled.ts"));
  for (const [what, path] of Object.entries(unwanted)) {
    expect({ what, loaded: modules.filter((module) => path.test(module)) }).toEqual({ what, loaded: [] });
  }
});

test("policy/index.ts loads no policy SDK: a pack of one's own brings its own", async () => {
  expect((await modulesOf("policy/index.ts")).filter((path) => path.includes("/node_modules/@pulumi/"))).toEqual([]);
});

test("each of the policies can be put into a pack of one's own, and all of them into another", async () => {
  const { policies: all, ...single } = policyPack;
  const choices = [...Object.keys(single).map((key) => [`single.${key}`]), ["...policies"]];
  expect(choices).toHaveLength(all.length + 1);
  // The policy SDK allows one pack a process.
  const made = await Promise.all(
    choices.map((choice) =>
      runAlone(`
        const { PolicyPack } = require("@pulumi/policy");
        const { policies, ...single } = require(root + "/policy/index.ts");
        const chosen = [${choice.join()}];
        new PolicyPack("own", { enforcementLevel: "advisory", policies: chosen });
        return chosen.length;`),
    ),
  );
  expect(made.map(({ result }) => result)).toEqual(
    choices.map(([choice]) => (choice === "...policies" ? all.length : 1)),
  );
});

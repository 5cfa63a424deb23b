import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { policyPack, repository } from "../tools/localStack";
import { findPulumiCli } from "../tools/pulumi-cli/pulumiCli";
import { withEmulator } from "./emulatorProcess";
import { alternate, medianRatio, spread } from "./pairs";
import { withStack } from "./previewing";
async function pack(folder: string, index: string) {
  await mkdir(folder);
  await symlink(join(repository, "node_modules"), join(folder, "node_modules"));
  const files = {
    "PulumiPolicy.yaml": "runtime:\n  name: nodejs\n  options:\n    typescript: false\n",
    "package.json": JSON.stringify({ name: "x", version: "0.1.0", private: true, main: "index.js" }),
    "index.js": index,
  };
  for (const [n, c] of Object.entries(files)) await writeFile(join(folder, n), c);
  return folder;
}
void (async () => {
  const pulumi = await findPulumiCli();
  await withEmulator({ packs: [{ name: "p", members: 10 }] }, ({ endpoint }) =>
    withStack(pulumi, endpoint, () => Promise.resolve(), async ({ folder, preview }) => {
      const P = 'const {PolicyPack}=require("@pulumi/policy");';
      const packs: Record<string, string> = {
        empty: await pack(join(folder, "e"), P + 'new PolicyPack("empty",{policies:[]});'),
        schema: await pack(join(folder, "t"), P + 'new PolicyPack("triv",{policies:[1,2,3,4,5].map(n=>({name:"r"+n,description:"d",enforcementLevel:"mandatory",configSchema:{properties:{a:{description:"x",default:20}}},validateResource:()=>{}}))});'),
        ownNoSchema: await pack(join(folder, "o"), `const {policies}=require(${JSON.stringify(join(repository, "dist/policy/index.js"))});` + P + 'new PolicyPack("x",{policies:policies.map(({configSchema,...p})=>p)});'),
        ownNoop: await pack(join(folder, "n"), `const {policies}=require(${JSON.stringify(join(repository, "dist/policy/index.js"))});` + P + 'new PolicyPack("x",{policies:policies.map(({configSchema,...p})=>({...p,...(p.validateResource&&{validateResource:()=>{}}),...(p.validateStack&&{validateStack:()=>{}})}))});'),
        onlyLoad: await pack(join(folder, "l"), `const {policies}=require(${JSON.stringify(join(repository, "dist/policy/index.js"))});` + P + 'new PolicyPack("x",{policies:[]});'),
      };
      const times = await alternate(Number(process.argv[2] ?? 10), Object.fromEntries(Object.entries(packs).map(([k, v]) => [k, () => preview("empty", { name: "p" }, [v])])));
      for (const k of Object.keys(packs)) console.log(k.padEnd(10), medianRatio(times[k]!, times.empty!).toFixed(3), spread(times[k]!));
    }),
  );
})();

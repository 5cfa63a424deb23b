import { delimiter, join } from "node:path";
import { buildFromModule, cacheFolder, fillAtomically, type Progress } from "../goBinary";
import { isExecutable } from "../isExecutable";

const name = "pulumi-language-yaml";
const goModule = "github.com/pulumi/pulumi-yaml";
/** `go.mod` beside this file has the same. */
const version = "1.25.0";

/**
 * Finds the language host of YAML programs: on PATH, as in a full Pulumi installation, or in the user's cache, where it
 * is built once.
 *
 * @returns The path of its executable.
 * @throws `Error` if it is in neither place and can't be built.
 */
export async function findYamlHost(progress: Progress = () => undefined): Promise<string> {
  const root = join(cacheFolder(), `${name}-${version}`);
  const places = [...(process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== ""), root];
  const found = places.map((folder) => join(folder, name)).find(isExecutable);
  if (found !== undefined) return found;
  progress(`Building ${name} ${version} from its Go module into ${root}; this takes about 3 minutes, once`);
  await fillAtomically(root, (folder) =>
    buildFromModule({
      modFolder: __dirname,
      target: `${goModule}/cmd/${name}`,
      linkerFlags: `-s -w -X ${goModule}/pkg/version.Version=v${version}`,
      output: join(folder, name),
      progress,
    }),
  );
  return join(root, name);
}

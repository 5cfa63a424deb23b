import { join } from "node:path";
import * as ts from "typescript";
import { repository } from "./pages";

/** Stands for all of @pulumi/aws, whose types take longer to read than all tests of this folder. */
const aws = join(__dirname, "aws.ts");
const ofAws = 'export * as cfg from "@pulumi/aws/cfg/organizationConformancePack";';

/** What TypeScript has against each of `sources`, as in a program that has installed the package. */
export function typeProblems(sources: readonly string[]): string[][] {
  const paths = sources.map((_, index) => join(__dirname, `snippet${String(index)}.ts`));
  const textOf = new Map([[aws, ofAws], ...paths.map((path, index): [string, string] => [path, sources[index] ?? ""])]);
  const options = { ...configuration(), noEmit: true, types: ["node"], paths: { "@pulumi/aws": [aws] } };
  const disk = ts.createCompilerHost(options, true);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => textOf.has(path) || disk.fileExists(path),
    readFile: (path) => textOf.get(path) ?? disk.readFile(path),
    getSourceFile: (path, language, ...others) => {
      const text = textOf.get(path);
      return text === undefined
        ? disk.getSourceFile(path, language, ...others)
        : ts.createSourceFile(path, text, language, true);
    },
  };
  const program = ts.createProgram(paths, options, host);
  return paths.map((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(({ messageText }) =>
      ts.flattenDiagnosticMessageText(messageText, "\n"),
    );
  });
}

/** The repository's own, which is as strict as a user's can be. */
function configuration(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(repository, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  return ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, repository).options;
}

import { join } from "node:path";
import ts from "typescript";

const root = join(__dirname, "../../..");
const file = join(__dirname, "hovered.ts");

/** A program as a user types it. What is pointed at stands behind a §. */
const pointed = `
import { getOrganizationConformancePackStatusOutput, OrganizationConformancePackStatus } from "../../../sdk/nodejs";
const gate = new §OrganizationConformancePackStatus("gate", {
  name: "a",
  §tolerate: { §accounts: [{ §accountId: "111111111111", reason: "Agreed." }] },
  §waitForSettled: { pollSeconds: 5 },
});
gate.§counts.§failed;
gate.reasons.apply(([reason]) => [reason?.§code, reason?.§message]);
getOrganizationConformancePackStatusOutput({ name: "a", §assumeRole: { roleArn: "b" } });
`;
const program = pointed.replaceAll("§", "");

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)).config,
  ts.sys,
  root,
);
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [file],
  getScriptVersion: () => "1",
  getScriptSnapshot: (path) => {
    const text = path === file ? program : ts.sys.readFile(path);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => root,
  getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
  fileExists: (path) => path === file || ts.sys.fileExists(path),
  readFile: (path) => ts.sys.readFile(path),
  directoryExists: (path) => ts.sys.directoryExists(path),
});

/** What an editor shows over `word`. */
function hover(word: string): { type: string; documentation: string } {
  const before = pointed.slice(0, pointed.indexOf(`§${word}`)).replaceAll("§", "");
  const info = service.getQuickInfoAtPosition(file, before.length);
  return {
    type: ts.displayPartsToString(info?.displayParts),
    documentation: ts.displayPartsToString(info?.documentation),
  };
}

test.each<[word: string, type: RegExp, documentation: RegExp]>([
  ["OrganizationConformancePackStatus", /new OrganizationConformancePackStatus\(name: string/, /^Looks up .* in every/],
  ["tolerate", /tolerate\?: (pulumi\.)?Input<ToleranceArgs> \| undefined$/, /^The exceptions, for `failOn`/],
  ["accounts", /./, /^Exceptions for single accounts/],
  ["accountId", /: Input<string>$/, /12 digits/],
  ["waitForSettled", /Input<boolean \| WaitForSettledArgs> \| undefined$/, /until the pack has settled/],
  ["counts", /Output<MemberCounts>$/, /^The number of rows/],
  ["failed", /number/, /`UPDATE_FAILED`/],
  ["code", /Reason\.code: /, /`membersFailed`/],
  ["message", /Reason\.message: string/, /for people/],
  ["assumeRole", /Input<AssumeRoleArgs> \| undefined$/, /A role to assume/],
])("over %s, an editor shows its type by name, and what it is", (word, type, documentation) => {
  // Whether it is imported by name is not what this is about.
  const shown = hover(word);
  expect(shown.type.replace(/import\("[^"]*"\)\./g, "")).toMatch(type);
  expect(shown.documentation).toMatch(documentation);
});

/** The public names, and the properties of those that have any of their own. */
function publicSymbols(): [name: string, symbol: ts.Symbol][] {
  const checker = checkerOf();
  const index = service.getProgram()?.getSourceFile(join(root, "sdk/nodejs/index.ts"));
  const module = index && checker.getSymbolAtLocation(index);
  return (module ? checker.getExportsOfModule(module) : []).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const isObject = symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias);
    const properties = isObject ? checker.getDeclaredTypeOfSymbol(symbol).getProperties() : [];
    return [symbol, ...properties.filter(isOurs)].map((each): [string, ts.Symbol] => [
      each === symbol ? symbol.name : `${symbol.name}.${each.name}`,
      each,
    ]);
  });
}

function isOurs({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some((node) => /\/(core|provider|sdk)\/(\w+\/)?\w+\.ts$/.test(node.getSourceFile().fileName));
}

function checkerOf(): ts.TypeChecker {
  const checker = service.getProgram()?.getTypeChecker();
  if (!checker) throw new Error("The language service has no program.");
  return checker;
}

test("everything public is documented, down to each property", () => {
  const symbols = publicSymbols();
  expect(symbols.map(([name]) => name)).toContain("MemberCounts.total");
  const silent = symbols.filter(
    ([, symbol]) => ts.displayPartsToString(symbol.getDocumentationComment(checkerOf())) === "" && !isInternal(symbol),
  );
  expect(silent.map(([name]) => name)).toEqual([]);
});

function isInternal(symbol: ts.Symbol): boolean {
  return symbol.getJsDocTags().some(({ name }) => name === "internal");
}

test("over a reason's code, all codes are named", () => {
  const [, code] = publicSymbols().find(([name]) => name === "ReasonCode") ?? [];
  const type = code && checkerOf().getDeclaredTypeOfSymbol(code);
  const codes = type?.isUnion() ? type.types.map((each) => (each as ts.StringLiteralType).value) : [];
  expect(codes).toContain("membersFailed");
  const named = [...hover("code").documentation.matchAll(/`([a-z]\w+)`/g)].map(([, name]) => name);
  expect(named.sort()).toEqual(codes.sort());
});

import { join } from "node:path";
import * as ts from "typescript";
import { repository } from "./pages";

/**
 * What a program that imports the package may name, and what is in it: one for each entry point.
 *
 * @param declarations - The built declarations of the entry points.
 */
export function publicTypes(...declarations: readonly string[]): PublicTypes[] {
  const paths = declarations.map((path) => join(repository, path));
  const program = ts.createProgram(paths, {
    strict: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ["node"],
  });
  const checker = program.getTypeChecker();
  return paths.map((path) => {
    const file = program.getSourceFile(path);
    const module = file && checker.getSymbolAtLocation(file);
    if (!module) throw new Error(`${path} is not a module. Build first.`);
    return new PublicTypes(checker, checker.getExportsOfModule(module));
  });
}

class PublicTypes {
  readonly #checker: ts.TypeChecker;
  readonly #exports: ReadonlyMap<string, ts.Symbol>;

  constructor(checker: ts.TypeChecker, exported: readonly ts.Symbol[]) {
    this.#checker = checker;
    this.#exports = new Map(exported.map((symbol) => [symbol.name, symbol]));
  }

  /** The public properties of a type or a class; of a union, those of each of its members. */
  propertiesOf(name: string): string[] {
    const type = this.#typeOf(name);
    const properties = (type.isUnion() ? type.types : [type]).flatMap((each) =>
      this.#checker.getPropertiesOfType(each),
    );
    return [...new Set(properties.filter((property) => !isHidden(property)).map((property) => property.name))];
  }

  /** The texts that a union of texts consists of. */
  textsOf(name: string): string[] {
    const type = this.#typeOf(name);
    const members = type.isUnion() ? type.types : [type];
    return members.flatMap((member) => (member.isStringLiteral() ? [member.value] : []));
  }

  /** The classes that extend `name`, however far. */
  subclassesOf(name: string): string[] {
    const base = this.#typeOf(name);
    return [...this.#exports.keys()].filter(
      (each) => each !== name && this.#typeOf(each).isClass() && this.#extends(this.#typeOf(each), base),
    );
  }

  #extends(type: ts.Type, base: ts.Type): boolean {
    return (
      type.isClass() && this.#checker.getBaseTypes(type).some((each) => each === base || this.#extends(each, base))
    );
  }

  #typeOf(name: string): ts.Type {
    const exported = this.#exports.get(name);
    if (exported === undefined) throw new Error(`There is no export ${name}.`);
    const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
    return this.#checker.getDeclaredTypeOfSymbol(isAlias ? this.#checker.getAliasedSymbol(exported) : exported);
  }
}

function isHidden({ declarations = [], name }: ts.Symbol): boolean {
  return (
    name.startsWith("__") ||
    declarations.some(
      (declaration) =>
        (ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0,
    )
  );
}

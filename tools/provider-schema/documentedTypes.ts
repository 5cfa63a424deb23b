import { resolve } from "node:path";
import * as ts from "typescript";
import { inPluginWords } from "../../core/aws/settingsNamespace";
import type { ObjectTypeSpec, PropertySpec, TypeSpec } from "./schemaSpecs";
import { isWhole } from "./wholeNumbers";

const repository = resolve(__dirname, "../..");

const any: TypeSpec = { $ref: "pulumi.json#/Any" };

/** The object types of the schema: every interface that was asked for, and those that its properties name. */
export class DocumentedTypes {
  readonly #checker: ts.TypeChecker;
  readonly #program: ts.Program;
  readonly #packageName: string;
  readonly #types = new Map<string, ObjectTypeSpec>();

  /**
   * @param files - The modules whose interfaces may be asked for, relative to the repository.
   * @param packageName - The Pulumi package that the types belong to.
   */
  constructor(files: readonly string[], packageName: string) {
    this.#packageName = packageName;
    const { options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(resolve(repository, "tsconfig.json"), (path) => ts.sys.readFile(path)).config,
      { ...ts.sys, readDirectory: () => [] },
      repository,
    );
    this.#program = ts.createProgram(
      files.map((file) => resolve(repository, file)),
      options,
    );
    this.#checker = this.#program.getTypeChecker();
  }

  /** The object types that the properties so far refer to, by token, in alphabetical order. */
  get types(): Readonly<Record<string, ObjectTypeSpec>> {
    return Object.fromEntries([...this.#types].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The properties of an interface. Each has its doc comment as its description. */
  objectOf(file: string, name: string): ObjectTypeSpec {
    const source = this.#program.getSourceFile(resolve(repository, file));
    const module = source && this.#checker.getSymbolAtLocation(source);
    const symbol = module && this.#checker.getExportsOfModule(module).find((each) => each.name === name);
    if (!symbol) throw new Error(`${file} has no ${name}.`);
    return this.#object(symbol, this.#checker.getDeclaredTypeOfSymbol(symbol));
  }

  #object(symbol: ts.Symbol, type: ts.Type): ObjectTypeSpec {
    const properties: Record<string, PropertySpec> = {};
    const required: string[] = [];
    for (const property of this.#checker.getPropertiesOfType(type)) {
      const name = `${symbol.name}.${property.name}`;
      const propertyType = this.#checker.getNonNullableType(this.#checker.getTypeOfSymbol(property));
      const typed = this.#spec(propertyType, name);
      properties[property.name] = {
        ...(typed.type === "number" && isWhole(symbol.name, property.name) ? { type: "integer" } : typed),
        description: withWords(this.#description(property, name), this.#wordsOf(propertyType), typed.type === "array"),
      };
      if ((property.flags & ts.SymbolFlags.Optional) === 0) required.push(property.name);
    }
    return {
      type: "object",
      description: this.#description(symbol, symbol.name),
      properties,
      ...(required.length > 0 && { required }),
    };
  }

  #spec(type: ts.Type, at: string): TypeSpec {
    if (type.flags & ts.TypeFlags.Unknown) return any;
    if (type.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.Intersection)) return { type: "string" };
    if (type.flags & ts.TypeFlags.NumberLike) return { type: "number" };
    if (type.flags & ts.TypeFlags.BooleanLike) return { type: "boolean" };
    if (type.isUnion()) return this.#union(type, at);
    if (this.#checker.isArrayType(type)) {
      const [element] = this.#checker.getTypeArguments(type as ts.TypeReference);
      if (element) return { type: "array", items: this.#spec(element, at) };
    }
    const values = this.#checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (values) return { type: "object", additionalProperties: this.#spec(values, at) };
    const { symbol } = type;
    if (type.isClassOrInterface()) return { $ref: `#/types/${this.#refer(symbol, type)}` };
    throw new Error(`${at} has a type that the schema can't express: ${this.#checker.typeToString(type)}.`);
  }

  /**
   * Words are plain strings: a word that AWS adds later must break no strict language. What may be a list or something
   * else can be anything: Pulumi for Python sends no list where a union is declared.
   */
  #union({ types }: ts.UnionType, at: string): TypeSpec {
    const specs = new Map(
      types.map((type) => {
        const spec = this.#spec(type, at);
        return [JSON.stringify(spec), spec];
      }),
    );
    const [first, ...others] = specs.values();
    if (!first) throw new Error(`${at} has no type.`);
    if (others.length === 0) return first;
    return [first, ...others].some((spec) => spec.type === "array") ? any : { oneOf: [first, ...others] };
  }

  /** The words that a property, or the entries of a list, may be; none when others may follow. */
  #wordsOf(type: ts.Type): readonly string[] {
    const [element = type] = this.#checker.isArrayType(type)
      ? this.#checker.getTypeArguments(type as ts.TypeReference)
      : [];
    const members = element.isUnion() ? element.types : [];
    const words = members.flatMap((member) => (member.isStringLiteral() ? [member.value] : []));
    return words.length === members.length ? words : [];
  }

  #refer(symbol: ts.Symbol, type: ts.Type): string {
    const token = `${this.#packageName}:index:${symbol.name}`;
    if (!this.#types.has(token)) {
      // Before its properties: a type may refer to itself.
      this.#types.set(token, { type: "object", properties: {} });
      this.#types.set(token, this.#object(symbol, type));
    }
    return token;
  }

  #description(symbol: ts.Symbol, at: string): string {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(this.#checker)).trim();
    if (text === "") throw new Error(`${at} has no doc comment. It is the description in the schema.`);
    // A paragraph, or an entry of a list, is one line.
    return inPluginWords(text.replace(/\n(?!\n|- )(?<!\n\n) */g, " "));
  }
}

/** The description, followed by the words that are allowed if it does not mention each of them. */
function withWords(description: string, words: readonly string[], isList: boolean): string {
  const quoted = words.map((word) => `\`${word}\``);
  if (quoted.every((word) => description.includes(word))) return description;
  return `${description} ${isList ? "Each is one" : "One"} of ${quoted.join(", ")}.`;
}

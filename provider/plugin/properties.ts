import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../gateInputs";

/** The key that marks a value of the engine's own kind, and the kinds that have a plain value in them. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/**
 * Properties as plain JSON. A value that a program leaves undefined comes as null, and is left out. The marks of secrets
 * are taken off: the engine, which is told so, puts them on again.
 */
export function fromStruct(struct: Struct | undefined): Properties {
  return plain(struct?.toJavaScript() ?? {}) as Properties;
}

/** Properties for the engine. A Struct refuses `undefined`, which JSON leaves out. */
export function toStruct(properties: object): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, never>);
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const object = value as Readonly<Record<string, unknown>>;
  const signature = object[signatureKey];
  if (signature === secretSignature || signature === outputSignature) return plain(object.value);
  return Object.fromEntries(
    Object.entries(object)
      .filter(([, entry]) => entry !== null)
      .map(([key, entry]) => [key, plain(entry)]),
  );
}

import { serializationException, validationException } from "../awsFault";

/** A member of a request. `null` counts as absent, as AWS treats it. */
type Member = unknown;

export function required<T>(value: T | undefined, member: string): T {
  if (value === undefined) throw validationException(value, member, "Member must not be null");
  return value;
}

export function string(value: Member, member: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw serializationException(member, "a string");
  return value;
}

export function text(value: Member, member: string, min: number, max: number): string | undefined {
  const given = string(value, member);
  if (given === undefined) return undefined;
  if (given.length < min) {
    throw validationException(value, member, `Member must have length greater than or equal to ${String(min)}`);
  }
  if (given.length > max) throw tooLong(value, member, max);
  return given;
}

/** @param shown - The pattern as AWS's message shows it. */
export function pattern(value: Member, member: string, regex: RegExp, shown: string): string | undefined {
  const given = string(value, member);
  if (given !== undefined && !regex.test(given)) {
    throw validationException(value, member, `Member must satisfy regular expression pattern: ${shown}`);
  }
  return given;
}

export function enumeration(value: Member, member: string, allowed: readonly string[]): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string" || !allowed.includes(value)) {
    throw validationException(value, member, `Member must satisfy enum value set: [${allowed.join(", ")}]`);
  }
  return value;
}

export function list(value: Member, member: string, max: number): unknown[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw serializationException(member, "a list");
  if (value.length > max) throw tooLong(value, member, max);
  return value as unknown[];
}

export function structure(value: Member, member: string): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw serializationException(member, "a structure");
  return value as Record<string, unknown>;
}

function tooLong(value: Member, member: string, max: number): Error {
  return validationException(value, member, `Member must have length less than or equal to ${String(max)}`);
}

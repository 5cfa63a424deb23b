import { isPlainObject } from "../checks/check";
import { quoted } from "../checks/quoted";

/** Returns what is wrong with a value: a sentence that begins with its path; `undefined` when it has the shape. */
export type Shape = (value: unknown, path: string) => string | undefined;

/** A value for which `isSo` holds. */
const plain =
  (isSo: (value: unknown) => boolean, what: string): Shape =>
  (value, path) =>
    isSo(value) ? undefined : `${path} is ${quoted(value)}, not ${what}`;

export const anyText = plain((value) => typeof value === "string", "a text");
export const flag = plain((value) => typeof value === "boolean", "true or false");
export const count = plain((value) => Number.isSafeInteger(value) && Number(value) >= 0, "a number of things");
export const nothing = plain((value) => value === null, "null");

export const textLike = (pattern: RegExp, what: string): Shape =>
  plain((value) => typeof value === "string" && pattern.test(value), what);

export const oneOf = (...values: readonly unknown[]): Shape =>
  plain((value) => values.includes(value), `one of ${values.join(", ")}`);

export const either =
  (one: Shape, other: Shape): Shape =>
  (value, path) =>
    one(value, path) && other(value, path);

/** An absent value, or one of the shape. */
export const optional =
  (shape: Shape): Shape =>
  (value, path) =>
    value === undefined ? undefined : shape(value, path);

/** An object with these entries. Others are let through: a later version may add some. */
export const object =
  (entries: Readonly<Record<string, Shape>>): Shape =>
  (value, path) => {
    if (!isPlainObject(value)) return `${path} is ${quoted(value)}, not an object`;
    for (const [key, shape] of Object.entries(entries)) {
      const found = shape(value[key], path === "" ? key : `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };

export const listOf =
  (shape: Shape): Shape =>
  (value, path) => {
    if (!Array.isArray(value)) return `${path} is ${quoted(value)}, not a list`;
    for (const [index, entry] of value.entries()) {
      const found = shape(entry, `${path}[${String(index)}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  };

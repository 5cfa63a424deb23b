import { types } from "node:util";

/**
 * Jest runs a test in a realm of its own, where an error of Node's network code is not `instanceof Error`, and the SDK
 * throws such an error's code away. Here it is one, as it is outside of Jest.
 */
const ordinary = Function.prototype[Symbol.hasInstance];
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    return this === Error ? types.isNativeError(value) : ordinary.call(this as () => void, value);
  },
});

import type * as pulumi from "@pulumi/pulumi";

/** `T` with an Output or a promise allowed in place of each value, at any depth. */
export type Inputs<T> = T extends readonly (infer E)[]
  ? readonly pulumi.Input<Inputs<E>>[]
  : T extends object
    ? {
        // An optional value may be undefined too, as with every Pulumi resource.
        readonly [K in keyof T]:
          pulumi.Input<Inputs<T[K]>> | (Pick<T, K> extends Required<Pick<T, K>> ? never : undefined);
      }
    : T;

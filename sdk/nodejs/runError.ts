import { OrgConformanceError } from "../../core/errors";

/**
 * A thrown value, marked as a `pulumi.RunError` if it is an error of this package: the Pulumi CLI then prints its
 * message without a stack.
 */
export function asRunError(thrown: unknown): unknown {
  if (thrown instanceof OrgConformanceError) Object.defineProperty(thrown, "__pulumiRunError", { value: true });
  return thrown;
}

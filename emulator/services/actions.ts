import { organizationsOperations } from "./organizations";
import { stsOperations } from "./sts";

/** A service, as the prefix of its IAM actions names it. */
export type ServiceName = "config" | "organizations" | "sts";

/** The service of an operation. An operation that the emulator does not have counts as one of AWS Config. */
export function serviceOf(operation: string): ServiceName {
  if (Object.hasOwn(stsOperations, operation)) return "sts";
  return Object.hasOwn(organizationsOperations, operation) ? "organizations" : "config";
}

/** The IAM action of an operation, for example `organizations:ListAccounts`. */
export function actionOf(operation: string): string {
  return `${serviceOf(operation)}:${operation}`;
}

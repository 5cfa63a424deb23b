import { inspect } from "node:util";
import { sanitize } from "../text/sanitize";
import { isError } from "./isError";

/**
 * A foreign error, with nothing but its name and safe words. Node.js prints an error with its cause, and the AWS SDK's
 * errors lead to the request, whose headers have the session token and the signature.
 */
class PlainCause extends Error {
  constructor(foreign: Error) {
    super(safeWords(foreign));
    Object.defineProperty(this, "name", { value: safeName(foreign), configurable: true, writable: true });
    // The one of its own would lead here.
    this.stack = headOf(this);
  }
}

/** A cause that is safe to print. */
export function plainCause(thrown: unknown): unknown {
  return isError(thrown) && !(thrown instanceof PlainCause) ? new PlainCause(thrown) : thrown;
}

/** `Name: message` in one sanitized line, or the name alone. */
export function headOf(error: Error): string {
  const parts = error instanceof PlainCause ? [error.name, error.message] : [safeName(error), safeWords(error)];
  return parts.filter((part) => part !== "").join(": ");
}

// What answers instead of AWS can give a name and a message of any type.
function safeName({ name }: { readonly name: unknown }): string {
  return sanitize(String(name), 100);
}

/** The message in one sanitized line, without what may be a secret. */
function safeWords(error: Error): string {
  return sanitize(
    messageOf(error)
      // The command line of a profile's credential_process may have a password, and so may what it prints.
      .replace(/(Command failed)[^]*/, "$1")
      // JSON.parse quotes what it read, which may be an answer with keys in it.
      .replace(/(Unexpected token '[^]'),[^]*/u, "$1")
      .replace(/^"[^]*" is not valid JSON/, "not valid JSON"),
  );
}

/** The message, without what the AWS SDK appends for its own developers. */
export function messageOf({ message }: { readonly message: unknown }): string {
  const [words = ""] = (typeof message === "string" ? message : inspect(message)).split(sdkHint, 1);
  return words;
}

const sdkHint = "\n  Deserialization error: to see the raw response";

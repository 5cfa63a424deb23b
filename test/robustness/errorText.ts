import type { OrgConformanceError } from "../../core/errors";
import { harm } from "../core/text/hostileText";

/** Checks what every error of a lookup says: the pack, the region and the next step, and nothing of the inside. */
export function expectErrorText(thrown: unknown, name: string, region = "us-east-1"): OrgConformanceError {
  const error = thrown as OrgConformanceError;
  expect(error).toMatchObject({ name, packName: "baseline", region });
  const lines = error.message.split("\n");
  expect(lines[0]).toContain("baseline");
  expect(lines[0]).toContain(region);
  expect(error.nextStep).toMatch(/^[A-Z].*\.$/);
  expect(lines.at(-1)).toBe(`Next: ${error.nextStep}`);
  expectSanitized(error.message, 2_500);
  return error;
}

/** Checks that a text is short and sanitized, and has no stack and no credential. */
export function expectSanitized(message: string, maxLength: number): void {
  expect(message.length).toBeLessThan(maxLength);
  expect(message).not.toMatch(/^\s+at |AKIA|emulated-secret/m);
  for (const line of message.split("\n")) expect(line).not.toMatch(harm);
}

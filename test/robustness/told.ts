import type { OrgConformanceError } from "../../core/errors";
import { harm } from "../core/text/hostileText";

/** What every error of a lookup says, whatever happened: what, of which pack, where, and what next; nothing of the inside. */
export function expectTold(thrown: unknown, name: string, region = "us-east-1"): OrgConformanceError {
  const error = thrown as OrgConformanceError;
  expect(error).toMatchObject({ name, packName: "baseline", region });
  const lines = error.message.split("\n");
  expect(lines[0]).toContain("baseline");
  expect(lines[0]).toContain(region);
  expect(error.nextStep).toMatch(/^[A-Z].*\.$/);
  expect(lines.at(-1)).toBe(`Next: ${error.nextStep}`);
  expectHarmless(error.message, 2_500);
  return error;
}

/** What a person reads: short, no stack, no credential, and nothing that does harm where it is printed. */
export function expectHarmless(message: string, maxLength: number): void {
  expect(message.length).toBeLessThan(maxLength);
  expect(message).not.toMatch(/^\s+at |AKIA|emulated-secret/m);
  for (const line of message.split("\n")) expect(line).not.toMatch(harm);
}

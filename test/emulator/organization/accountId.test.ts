import { emulatedAccountId } from "../../../emulator";

test("account ids have 12 digits and differ, up to the largest index of the command", () => {
  const indexes = [0, 1, 249, 9_999, 799_996, 799_997, 799_998, 999_999];
  const ids = indexes.map(emulatedAccountId);
  for (const id of ids) expect(id).toMatch(/^\d{12}$/);
  expect(new Set(ids).size).toBe(indexes.length);
});

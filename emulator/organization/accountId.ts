/** The id of the account at `index`: 12 digits, different for each index. */
export function emulatedAccountId(index: number): string {
  return String((200_000_000_000 + index * 1_000_003) % 10 ** 12).padStart(12, "0");
}

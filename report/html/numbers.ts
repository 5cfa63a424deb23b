/** `10,000`. */
export function grouped(number: number): string {
  return number.toLocaleString("en-US");
}

/** `1 account`, `10,000 accounts`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

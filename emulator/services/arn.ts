/** The partition and the account (12 digits) in an ARN. */
export function ownerOf(arn: string): { partition: string; accountId: string } {
  const [, partition = "", , , accountId = ""] = arn.split(":");
  return { partition, accountId };
}

import { managementAccountId } from "./managementAccount";
import { partitionOf } from "./partition";

/** The ARN of a pack of the management account. */
export function packArn(name: string, region: string): string {
  return `arn:${partitionOf(region)}:config:${region}:${managementAccountId}:organization-conformance-pack/${name}-${suffix(name)}`;
}

/** The name that AWS gives to a pack inside each member account. */
export function memberPackName(name: string): string {
  return `OrgConformsPack-${name}-${suffix(name)}`;
}

/** AWS ends the names that it makes with eight characters of its own. */
function suffix(name: string): string {
  let hash = 7;
  for (const character of name) hash = (hash * 31 + character.charCodeAt(0)) % 36 ** 8;
  return hash.toString(36).padStart(8, "0");
}

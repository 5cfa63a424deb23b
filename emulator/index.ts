/**
 * For tests of programs and policies: a stand-in for AWS Config, Organizations and STS, and statuses for Pulumi's mocks.
 *
 * @packageDocumentation
 */
export { startEmulator } from "./startEmulator";
export type { Emulator } from "./emulator";
export type { EmulatorOptions } from "./emulatorOptions";
export type { EmulatedRequest } from "./server/emulatedRequest";
export type { RateLimit } from "./server/tokenBucket";
export { type Fault, type FaultKind, faultKinds } from "./faults/fault";
export { emulatedAccountId } from "./organization/accountId";
export type { EmulatedMember, EmulatedMembers } from "./organization/emulatedMembers";
export type {
  EmulatedAccount,
  EmulatedOrganization,
  EmulatedOrganizationalUnit,
} from "./organization/emulatedOrganization";
export type { EmulatedPack } from "./organization/emulatedPack";
export { mockPackStatus, type MockPackStatusArgs } from "./mocks/mockPackStatus";
export { mockPackStatusState } from "./mocks/mockPackStatusState";

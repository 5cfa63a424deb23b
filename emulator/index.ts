/**
 * For tests of programs and policies: a stand-in for AWS Config, Organizations and STS, and statuses for Pulumi's mocks.
 *
 * @packageDocumentation
 */
export { type Fault, type FaultKind, faultKinds } from "./faults/fault";
export { type EmulatedAccount, type EmulatedOrganization } from "./organization/emulatedOrganization";
export { emulatedAccountId, type EmulatedMember, type EmulatedMembers } from "./organization/emulatedMembers";
export { type EmulatedPack } from "./organization/packs";
export { type EmulatedRequest, type Emulator, type EmulatorOptions, startEmulator } from "./startEmulator";
export { mockPackStatus, type MockPackStatusArgs, mockPackStatusState } from "./mocks/mockPackStatus";
export type { RateLimit } from "./services/tokenBucket";

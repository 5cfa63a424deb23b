/**
 * For tests of programs and policies: a stand-in for AWS Config, Organizations and STS, and statuses for Pulumi's mocks.
 *
 * @packageDocumentation
 */
export { type Fault, type FaultKind, faultKinds } from "./fault";
export { type EmulatedAccount, type EmulatedOrganization } from "./emulatedOrganization";
export { emulatedAccountId, type EmulatedMember, type EmulatedMembers } from "./members";
export { type EmulatedPack } from "./packs";
export { type EmulatedRequest, type Emulator, type EmulatorOptions, startEmulator } from "./startEmulator";
export { mockPackStatus, type MockPackStatusArgs, mockPackStatusState } from "./mockPackStatus";
export type { RateLimit } from "./tokenBucket";

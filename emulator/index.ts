/**
 * For tests of programs and policies: a stand-in for AWS Config, and statuses for Pulumi's mocks.
 *
 * @packageDocumentation
 */
export { type Fault, type FaultKind, faultKinds } from "./fault";
export { emulatedAccountId, type EmulatedMember, type EmulatedMembers, type EmulatedPack } from "./packs";
export { type EmulatedRequest, type Emulator, type EmulatorOptions, startEmulator } from "./startEmulator";
export { mockPackStatus, type MockPackStatusArgs, mockPackStatusState } from "./mockPackStatus";

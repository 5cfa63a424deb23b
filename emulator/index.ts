/**
 * A stand-in for AWS Config, for tests of programs and policies.
 *
 * @packageDocumentation
 */
export { type Fault, type FaultKind, faultKinds } from "./fault";
export { emulatedAccountId, type EmulatedMember, type EmulatedMembers, type EmulatedPack } from "./packs";
export { type EmulatedRequest, type Emulator, type EmulatorOptions, startEmulator } from "./startEmulator";

import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator";
import { atTheEnd } from "./cleanUp";

/** An emulator that stops at the end of the test. */
export async function emulate(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  // A test may have stopped it itself.
  atTheEnd(() => emulator.stop().catch(() => undefined));
  return emulator;
}

/** The account that owns the emulator's packs. It is the caller unless a role was assumed. */
export const managementAccountId = "111111111111";

/** True with `CASES=all`, as CI sets it every night. `npm test` leaves out the cases that tell nothing beside others. */
export const everyCase = process.env.CASES === "all";

import process from "node:process";
import groups from "./groups.json" with { type: "json" };

// For `npm run test:mutation`: the names of the groups.
process.stdout.write(`${Object.keys(groups).join(" ")}\n`);

import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { packageSchema } from "./provider-schema/packageSchema";

/** Where the provider's schema is kept. */
export const schemaFile = resolve(__dirname, "../provider/schema.json");

/** The text of provider/schema.json. */
export function schemaText(): string {
  return `${JSON.stringify(packageSchema(), null, 2)}\n`;
}

if (require.main === module) writeFileSync(schemaFile, schemaText());

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

export type PackageManager = "npm" | "pnpm";

/** The package manager of a repository: by the lockfile in its folder or above, else by who started this command. */
export function packageManagerOf(folder: string, userAgent = process.env.npm_config_user_agent): PackageManager {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, "pnpm-lock.yaml"))) return "pnpm";
    if (existsSync(join(at, "package-lock.json"))) return "npm";
    if (at === dirname(at)) return userAgent?.startsWith("pnpm/") ? "pnpm" : "npm";
  }
}

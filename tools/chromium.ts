import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];

/** Where browsers are on macOS, and where the cache of Playwright has them. */
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/** A Chromium on this machine: `CHROMIUM_PATH`, one on `PATH`, an installed one, or one that Playwright has downloaded. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  // One that was named is used, or its absence shows.
  if (env.CHROMIUM_PATH) return env.CHROMIUM_PATH;
  const onPath = (env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...places, ...downloaded(env)].find((path) => existsSync(path));
}

/** The newest comes first. */
function downloaded(env: NodeJS.ProcessEnv): readonly string[] {
  const home = env.HOME ?? homedir();
  const caches = [join(home, ".cache", "ms-playwright"), join(home, "Library", "Caches", "ms-playwright")];
  const inside = ["chrome-linux/chrome", "chrome-linux64/chrome", "chrome-mac/Chromium.app/Contents/MacOS/Chromium"];
  return caches
    .filter((cache) => existsSync(cache))
    .flatMap((cache) =>
      readdirSync(cache)
        .filter((entry) => /^chromium-\d+$/.test(entry))
        .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
        .flatMap((entry) => inside.map((path) => join(cache, entry, path))),
    );
}

import type { WriteStream } from "node:tty";
import type { Terminal } from "../report/renderOptions";
import type { GlobalFlags } from "./globalFlags";

/** The abilities of this stream; `undefined` when it is no terminal and no colours are asked for. */
export function terminalOf(stream: WriteStream, color: GlobalFlags["color"], env = process.env): Terminal | undefined {
  const hasColors = colorsOn(stream, color, env);
  // A file or a pipe has no width, and a log is not to be wrapped.
  return stream.isTTY
    ? { columns: stream.columns || 80, hasColors }
    : hasColors
      ? { columns: Infinity, hasColors }
      : undefined;
}

function colorsOn(stream: WriteStream, color: GlobalFlags["color"], env: NodeJS.ProcessEnv): boolean {
  if (color !== "auto") return color === "always";
  // As Node.js does it: FORCE_COLOR wins.
  if (env.FORCE_COLOR !== undefined) return !["0", "false"].includes(env.FORCE_COLOR);
  if (env.NO_COLOR) return false;
  return stream.isTTY && stream.hasColors();
}

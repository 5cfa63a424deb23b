import { sanitize } from "../core/text/sanitize";

/** The sentences for errors of the file system. */
const sentences: Readonly<Record<string, string>> = {
  EACCES: "This user may not open it.",
  EDQUOT: "The disk quota is used up.",
  EISDIR: "It is a folder.",
  ENOENT: "There is no such file or folder.",
  ENOSPC: "No space is left on the device.",
  ENOTDIR: "A part of the path is not a folder.",
  EPERM: "This user may not open it.",
  EROFS: "The file system is read-only.",
};

/** The problem with a file, as a sentence. */
export function fileProblem(error: unknown): string {
  const { code, message } = error as Partial<NodeJS.ErrnoException>;
  return sentences[code ?? ""] ?? `${sanitize(message ?? String(error), 200)}.`;
}

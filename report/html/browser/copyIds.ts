/** Puts account ids on the clipboard, one a line, and says so on the button. */
export async function copyIds(button: HTMLButtonElement, ids: readonly string[]): Promise<void> {
  const label = button.textContent;
  const isCopied = await copied(ids.join("\n"));
  button.textContent = isCopied ? "Copied" : "Could not copy";
  setTimeout(() => {
    button.textContent = label;
  }, 2_000);
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not allowed, or a page that was not opened over HTTPS.
    return copiedBySelection(text);
  }
}

function copiedBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  // Deprecated, and the only way where there is no clipboard.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const isCopied = document.execCommand("copy");
  area.remove();
  return isCopied;
}

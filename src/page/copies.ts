const saidForMs = 2000;

/** Shows the buttons beside commands: without a script they could do nothing. */
export function offerCopies(page: Document): void {
  for (const button of page.querySelectorAll<HTMLButtonElement>("button.copy")) {
    const code = button.parentElement?.querySelector("code");
    if (!code) continue;
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", () => void copy(code, button, label));
  }
}

async function copy(code: Element, button: HTMLElement, label: string): Promise<void> {
  button.textContent = await copied(code);
  setTimeout(() => {
    button.textContent = label;
  }, saidForMs);
}

/** Where the clipboard is closed to a page, the text is selected, so that one key copies it. */
async function copied(code: Element): Promise<string> {
  try {
    await navigator.clipboard.writeText(code.textContent ?? "");
    return "Copied";
  } catch {
    getSelection()?.selectAllChildren(code);
    return "Selected";
  }
}

/** Ways of a conversation out of the browser: clipboard, file, printer. */

/** Puts a text into the clipboard; says whether it worked. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without https, or in a frame without the permission, there is only the old way.
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const before = deepFocus();
  const field = document.createElement("textarea");
  field.value = text;
  field.setAttribute("aria-hidden", "true");
  field.style.position = "fixed";
  field.style.opacity = "0";
  document.body.append(field);
  field.select();
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.parentNode?.removeChild(field);
    before?.focus();
  }
}

/** Returns the focused element, also inside a shadow root. */
export function deepFocus(): HTMLElement | undefined {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}

/** Offers a text as a file, without any server. */
export function saveText(text: string, fileName: string): void {
  const file = new Blob([text], { type: "text/plain;charset=utf-8" });
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 10_000);
}

const PRINTED = "data-kumpel-printed";

/** While the conversation is printed, the page around it is not there. */
const PRINT_RULES = `@media print {
  body *:not(:has([${PRINTED}])):not([${PRINTED}]) { display: none !important; }
  *:has([${PRINTED}]) {
    display: block !important; position: static !important; overflow: visible !important;
    height: auto !important; max-height: none !important; transform: none !important;
    margin: 0 !important; padding: 0 !important; border: 0 !important;
  }
}`;

/** Prints one element of the page alone. */
export function printElement(element: HTMLElement): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(PRINT_RULES);
  element.setAttribute(PRINTED, "");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  window.addEventListener(
    "afterprint",
    () => {
      element.removeAttribute(PRINTED);
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter(
        (each) => each !== sheet,
      );
    },
    { once: true },
  );
  window.print();
}

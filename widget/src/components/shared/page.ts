/** Address of this script; in a variable, as the bundler would take a literal away. */
const scriptAddress = import.meta.url;

/** Returns the address below which `/chat/…` lies: the one given, else the script's. */
export function serverOf(given: string): string {
  const script = new URL(scriptAddress);
  const place = script.pathname.replace(/\/chat\/[^/]*$/, "");
  const own = script.origin + (place === script.pathname ? "" : place);
  return (given || own).replace(/\/+$/, "");
}

/** Returns the language of the page around an element, also across shadow roots. */
export function languageOfPage(element: Element): string {
  let node: Element | null = element.parentElement ?? hostOf(element);
  while (node) {
    const near: Element | null = node.closest("[lang]");
    if (near) return near.getAttribute("lang") ?? "";
    node = hostOf(node);
  }
  return "";
}

function hostOf(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
